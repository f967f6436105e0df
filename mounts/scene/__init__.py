"""Whole mounts to look at: parts, devices and screws at their places, and how they come apart."""
