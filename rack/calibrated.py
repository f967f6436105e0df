"""Which calibration the parts of a rack are made for: the file its rack.toml names, or another."""

from pathlib import Path

from catalog.calibration import UNCALIBRATED, Calibration, check_made_for, read_calibration
from catalog.problems import InputError, Problem
from rack.spec import RackSpec


def calibration_of(spec: RackSpec, where: str, other: Calibration | None = None) -> Calibration:
    """Return the calibration of a rack's parts; the uncalibrated one if none is named.

    Args:
        spec: the rack as written.
        where: its file; a path in it starts there.
        other: to be taken in place of the one that the file names.

    Raises:
        InputError: a file that cannot be read or does not hold, or one of another printer or
            filament than the rack's.
    """
    found = other
    if found is None and spec.calibration is not None:
        path = Path(where).parent / spec.calibration
        try:
            found = read_calibration(path, spec.calibration)
        except InputError as error:
            raise InputError(*(_named(p, where) for p in error.problems)) from None
    if found is None:
        return UNCALIBRATED
    try:
        check_made_for(found, spec.printer, spec.material, where)
    except InputError as error:
        raise InputError(*(_named(p, where, told=False) for p in error.problems)) from None
    return found


def _named(problem: Problem, where: str, *, told: bool = True) -> Problem:
    """Return a problem of a calibration as one of the key that names it."""
    what = problem.what
    if told:  # as a line of its own file
        line = "" if problem.line is None else f":{problem.line}"
        key = f"{problem.key}: " if problem.key else ""
        what = f"{problem.where}{line}: {key}{what}"
    return Problem(where, what, "calibration", None, problem.allowed, problem.nearest)
