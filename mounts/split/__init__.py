"""Cuts a part that is larger than its printer's bed into pieces that are joined again."""
