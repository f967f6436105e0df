"""The power board: model, schematic, netlist, and the one adapter to KiCad."""
