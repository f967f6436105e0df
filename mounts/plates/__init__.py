"""Plates: what is printed together on one bed, as a project for a slicer, and what it takes."""
