"""Parametric printable parts, one file per part, and how they become meshes and files."""
