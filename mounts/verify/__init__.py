"""Checks of finished parts, ours or anyone's, one file per group of rules."""
