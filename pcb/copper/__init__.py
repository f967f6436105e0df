"""Direct current in the copper of a board: solved on what is really there, both layers."""
