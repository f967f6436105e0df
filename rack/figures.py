"""How figures are told as data."""


def rounded(value: float | None, digits: int = 1) -> float | None:
    """Return a figure with so many decimals; what is not known stays so."""
    return None if value is None else round(value, digits)
