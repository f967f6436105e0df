"""Does it fit the printer's bed?"""

from mounts.bed import bed_fit, lying
from mounts.verify.findings import Finding, Outcome
from mounts.verify.limits import Limits
from mounts.verify.subject import Subject


def check(subject: Subject, limits: Limits) -> Outcome:
    """Check the size as printed, turned on the bed as far as helps."""
    fit = bed_fit(lying(subject.as_read or subject.clean, subject.up), limits.printer)
    low, high = subject.clean.bounds_mm()
    size = " x ".join(f"{v:.1f}" for v in fit.size_mm)
    read = {"size_mm": size, "turn_deg": fit.turn_deg}
    if fit.fits:
        return Outcome(read=read)
    middle = (low[0] + high[0]) / 2, (low[1] + high[1]) / 2, (low[2] + high[2]) / 2
    printer = limits.printer
    room = f"{printer.bed_x_mm:g} x {printer.bed_y_mm:g} x {printer.bed_z_mm:g} mm ({printer.id})"
    over = ", ".join(
        f"{mm:.1f} mm in {axis}" for axis, mm in zip("xyz", fit.over_mm, strict=True) if mm > 0
    )
    cure = f"{over} too large: split it, or name a larger printer with --printer"
    return Outcome((Finding("bed.size", middle, f"{size} mm", room, cure),), read=read)
