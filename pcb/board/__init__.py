"""The board: footprints, the comb they stand in, copper and silk."""
