"""Do the entries of the tables make sense? What the shape of a record alone cannot say."""

import math
from collections.abc import Callable, Iterator
from itertools import pairwise
from typing import Any

from catalog import tables as t
from catalog.base import Fact
from catalog.check_devices import Finding, outline_holes

M3H_PER_CFM = 1.69901  # 60 min times 0.3048^3 m^3
FLOW_TOLERANCE = 0.02  # data sheets round both figures


def check_row(row: Fact) -> Iterator[Finding]:
    """Yield what makes no sense in a table's entry, looked at alone.

    Args:
        row: the entry.
    """
    yield from _backwards(row)
    check = _CHECKS.get(type(row))
    if check is not None:
        yield from check(row)


def _backwards(row: Fact) -> Iterator[Finding]:
    for name in _RANGES.get(type(row), ()):
        pair = getattr(row, name)
        if pair is not None and pair[0] > pair[1]:
            hint = f"write [{pair[1]:g}, {pair[0]:g}]"
            yield Finding("range", (name,), "the range runs backwards", "lowest first", hint)


def _ascending(row: Fact, names: tuple[str, ...], strict: bool = True) -> Iterator[Finding]:
    """Yield a finding where a field is not above the known one before it."""
    known = [(name, value) for name in names if (value := getattr(row, name)) is not None]
    for (low_name, low), (name, value) in pairwise(known):
        if value < low or (strict and value == low):
            what = f"{value:g} is not above {low_name} = {low:g}"
            yield Finding("order", (name,), what, f"{'above' if strict else 'from'} {low:g}")


def _standard(row: t.RackStandard) -> Iterator[Finding]:
    yield from _ascending(row, ("body_max_mm", "opening_mm", "hole_pitch_mm", "panel_width_mm"))
    band = row.hole_pitch_band_mm
    if band is not None and not band[0] <= row.hole_pitch_mm <= band[1]:
        allowed = f"{band[0]:g} to {band[1]:g} mm"
        yield Finding("band", ("hole_pitch_mm",), "is outside hole_pitch_band_mm", allowed)


def _rack(row: t.Rack) -> Iterator[Finding]:
    yield from _ascending(row, ("clear_depth_mm", "outer_d_mm"), strict=False)
    yield from _ascending(row, ("opening_mm", "outer_w_mm"))
    yield from _ascending(row, ("opening_height_mm", "outer_h_mm", "outer_h_with_feet_mm"))


def _racked(row: t.Racked) -> Iterator[Finding]:
    yield from _ascending(row, ("typical_w", "max_w"), strict=False)


def _fan(row: t.Fan) -> Iterator[Finding]:
    yield from _ascending(row, ("hole_pitch_mm", "size_mm"))
    if row.flow_cfm is not None and row.flow_m3h is not None:
        expected = row.flow_cfm * M3H_PER_CFM
        if abs(row.flow_m3h / expected - 1) > FLOW_TOLERANCE:
            what = f"{row.flow_m3h:g} m³/h and {row.flow_cfm:g} CFM are not the same flow"
            yield Finding("flow", ("flow_m3h",), what, f"{expected:.1f} m³/h, within 2 %")


def _screw(row: t.Screw) -> Iterator[Finding]:
    yield from _ascending(row, ("tap_soft_mm", "close_mm", "normal_mm", "loose_mm"))
    yield from _ascending(row, ("major_mm", "close_mm"))


def _insert(row: t.Insert) -> Iterator[Finding]:
    yield from _ascending(row, ("hole_d_mm", "outer_d_mm", "min_boss_d_mm"))


def _psu(row: t.Psu) -> Iterator[Finding]:
    yield from _ascending(row, ("watts_12v_w", "watts_w"), strict=False)


def _drive(row: t.Drive) -> Iterator[Finding]:
    yield from _ascending(row, ("depth_mm", "depth_max_mm"))
    yield from _ascending(row, ("idle_w", "max_w"), strict=False)
    for name in ("bottom_holes_mm", "bottom_holes_alt_mm", "side_holes_mm"):
        for index, value in enumerate(getattr(row, name)):
            if value >= row.depth_mm:
                what = f"a hole at {value:g} mm is beyond the drive's end"
                yield Finding("hole", (name, index), what, f"below {row.depth_mm:g} mm")


def _form_factor(row: t.FormFactor) -> Iterator[Finding]:
    yield from outline_holes(row.holes, (row.x_mm, row.y_mm))


def _hat(row: t.Hat) -> Iterator[Finding]:
    yield from _ascending(row, ("spacer_min_mm", "spacer_mm", "top_of_pcb_mm", "stack_height_mm"))
    if row.top_of_pcb_mm is not None and row.thickness_mm is not None:
        expected = row.spacer_mm + row.thickness_mm
        if abs(row.top_of_pcb_mm - expected) > 0.05:
            what = "is not spacer_mm and thickness_mm together"
            yield Finding("height", ("top_of_pcb_mm",), what, f"{expected:g} mm")


def _printer(row: t.Printer) -> Iterator[Finding]:
    for axis, bed in enumerate((row.bed_x_mm, row.bed_y_mm)):
        if row.bed_per_nozzle_mm is not None and row.bed_per_nozzle_mm[axis] > bed:
            yield Finding(
                "bed", ("bed_per_nozzle_mm", axis), "reaches over the bed", f"up to {bed:g} mm"
            )


def _ups(row: t.Ups) -> Iterator[Finding]:
    for index, point in enumerate(row.runtime):
        if (point.load_va is None) == (point.load_w is None):
            hint = "give load_va or load_w"
            yield Finding("load", ("runtime", index), "needs one load", "exactly one", hint)
    for name in ("load_va", "load_w"):
        points = [(p, i) for i, p in enumerate(row.runtime) if getattr(p, name) is not None]
        for (before, _), (point, index) in pairwise(points):
            if getattr(point, name) <= getattr(before, name):
                yield Finding(
                    "order",
                    ("runtime", index, name),
                    "the loads do not ascend",
                    "lowest load first",
                )
            elif point.minutes >= before.minutes:
                at = ("runtime", index, "minutes")
                allowed = f"below {before.minutes:g} min"
                yield Finding("order", at, "a higher load lasts no shorter", allowed)
    yield from _fit(row)


def _efficiency(row: t.Efficiency) -> Iterator[Finding]:
    for index, (share, efficiency) in enumerate(row.points):
        if not (0 < share <= 1 and 0 < efficiency < 1):
            yield Finding("share", ("points", index), "is not two shares", "0 to 1")
    shares = [share for share, _ in row.points]
    for index, (one, two) in enumerate(pairwise(shares)):
        if two <= one:
            at = ("points", index + 1)
            yield Finding("order", at, "the loads do not ascend", "lowest load first")


def _fit(row: t.Ups) -> Iterator[Finding]:
    if row.fit is None:
        return
    for index, point in enumerate(row.runtime):
        if point.load_va is None:
            continue
        minutes = math.exp(row.fit.ln_c) * (point.load_va + row.fit.p0_va) ** -row.fit.k
        error_pct = abs(minutes / point.minutes - 1) * 100
        if error_pct > row.fit.error_pct + 0.05:  # given to one decimal
            what = f"the fit gives {minutes:.1f} min, {error_pct:.1f} % off"
            allowed = f"within {row.fit.error_pct:g} % of {point.minutes:g} min"
            yield Finding("fit", ("runtime", index), what, allowed)


_RANGES: dict[type[Fact], tuple[str, ...]] = {
    t.Material: ("e_gpa", "uts_xy_mpa", "uts_z_mpa", "tg_c"),
    t.Psu: ("ambient_c",),
    t.Hat: ("input_v",),
    t.RackStandard: ("hole_pitch_band_mm",),
}
_CHECKS: dict[type[Fact], Callable[[Any], Iterator[Finding]]] = {
    t.RackStandard: _standard,
    t.Rack: _rack,
    t.Racked: _racked,
    t.Fan: _fan,
    t.Screw: _screw,
    t.Insert: _insert,
    t.Psu: _psu,
    t.Drive: _drive,
    t.Efficiency: _efficiency,
    t.FormFactor: _form_factor,
    t.Hat: _hat,
    t.Printer: _printer,
    t.Ups: _ups,
}
