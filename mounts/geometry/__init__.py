"""Drawing: flat loops, sheets extruded from them, hexagon grids. No rack, no device."""
