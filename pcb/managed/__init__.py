"""What a managed board has more than a simple one: switches, expanders, and their pins."""
