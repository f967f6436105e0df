"""What stands where in one or several cabinets: on half units, side by side, front and rear."""
