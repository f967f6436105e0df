"""The parts list: what to print, what to buy in which packs, cables by their way, what it costs."""
