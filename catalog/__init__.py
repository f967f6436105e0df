"""Facts about the field: devices, racks, fans, supplies, printers, materials and fasteners.

Everything here is a table with a source. `catalog.load.load_catalog` is the one way in.
"""
