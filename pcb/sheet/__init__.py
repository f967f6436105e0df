"""The schematic: symbols, the sheet and the netlist."""
