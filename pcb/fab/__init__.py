"""What a shop needs to make a power board, as a folder and as one archive."""
