"""Writers: STL, 3MF, STEP and PNG, each byte for byte the same for the same part."""
