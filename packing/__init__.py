"""How much fits: envelopes, poses, rows and layers, with a bound. Knows no CAD."""
