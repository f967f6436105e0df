"""A resistance as makers write it in order numbers."""


def code(value: str) -> str:
    """Return a resistance as makers write it in order numbers (IEC 60062): 330R, 3K3, 10K.

    Anything that is no resistance is returned as it is.
    """
    letter = "K" if value.endswith("k") else "R"
    digits = value.removesuffix("k")
    if not _numeric(digits):
        return value
    whole, _, rest = digits.partition(".")
    return f"{whole}{letter}{rest}"


def _numeric(text: str) -> bool:
    return text.replace(".", "", 1).isdigit()
