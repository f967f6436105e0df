"""Air through a module: what flows, how warm it gets, and how warm that leaves the boards."""
