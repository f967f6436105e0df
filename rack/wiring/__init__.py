"""Which output feeds which node, which switch port leads where, and what hangs on which supply."""
