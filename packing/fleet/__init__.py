"""Thousands of nodes of few kinds, in modules, in cabinets: work grows with kinds, not nodes."""
