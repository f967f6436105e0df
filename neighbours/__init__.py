"""What other programs know of racks: read from their files, written for them."""
