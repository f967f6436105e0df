"""Pages about a power board: what lies where, and what is proved of it."""
