"""Does a device make sense? What the shape of a record alone cannot say.

A record that breaks a rule for a good reason says so in its flags: `check NAME: reason`.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from catalog.devices import Board, Box, Device, Hole, Port, Power, Thermal
from catalog.toml_lines import TomlPath

MAX_HEIGHT_ABOVE_MM = 150.0  # a board with its cooler; taller ones are cased
MAX_BOX_HEIGHT_MM = 444.5  # 10 U
OVERHANG_MM = (-20.0, 10.0)  # the catalogue's own run from -5 to 7.5
Z0_MM = (-15.0, 40.0)
CORNER_MM = 3.0  # an opening's clearance may pass the corner of its edge by this much
ENVELOPE_MM = 0.015  # rounding of two decimals
BLOCK_SLACK_MM = 0.1  # openings are that much larger than what stands in them


@dataclass(frozen=True)
class Finding:
    """One thing that makes no sense.

    Args:
        check: short name of the rule, to be excepted by a flag.
        at: the key.
        what: what is wrong.
        allowed: what would be allowed.
        nearest: the smallest change that works.
    """

    check: str
    at: TomlPath
    what: str
    allowed: str = ""
    nearest: str = ""


def check_device(device: Device) -> Iterator[Finding]:
    """Yield what makes no sense in a device, looked at alone.

    Args:
        device: a board, box or blade.
    """
    found = list(_all(device))
    excepted = {flag.partition(":")[0].removeprefix("check ") for flag in _exceptions(device)}
    yield from (finding for finding in found if finding.check not in excepted)
    for name in sorted(excepted - {finding.check for finding in found}):
        yield Finding(
            "flags", ("flags",), f"'check {name}' excepts nothing", "", "remove that flag"
        )


def _exceptions(device: Device) -> list[str]:
    return [flag for flag in device.flags if flag.startswith("check ") and ":" in flag]


def _all(device: Device) -> Iterator[Finding]:
    yield from _trust(device)
    if device.power is not None:
        yield from _power(device.power)
    yield from _thermal(device.thermal)
    if isinstance(device, Board):
        yield from _board(device)
    if isinstance(device, Box) and device.network_ports and "network" not in device.sources:
        hint = 'network = ["OWN"] if you counted them yourself'
        yield Finding("sources", ("sources",), "network_ports has no source", "", hint)
    if isinstance(device, Box) and device.case.height_mm > MAX_BOX_HEIGHT_MM:
        yield _over(("case", "height_mm"), device.case.height_mm, (0, MAX_BOX_HEIGHT_MM))


def _over(
    at: TomlPath, value: float, limits: tuple[float, float], check: str = "range", what: str = ""
) -> Finding:
    """Return the finding for a value out of its range, with the nearest that works."""
    low, high = limits
    text = what or f"{value:g} mm is beyond reason"
    side = "largest" if value > high else "smallest"
    nearest = f"the {side} value that works is {high if value > high else low:g}"
    return Finding(check, at, text, f"{low:g} to {high:g} mm", nearest)


def _trust(device: Device) -> Iterator[Finding]:
    if not any(device.sources.values()):
        hint = 'write geometry = ["OWN"] if you measured it yourself'
        yield Finding("sources", ("sources",), "no source is named", "", hint)
    if device.power is not None and "power" not in device.sources:
        hint = 'write power = ["OWN"] if you measured it yourself'
        yield Finding("sources", ("sources",), "power has no source", "", hint)
    if device.power is not None and "power" not in device.confidence:
        yield Finding("confidence", ("confidence",), "power has none", "", 'write power = "low"')


def _power(power: Power) -> Iterator[Finding]:
    names = ("idle_w", "typical_w", "max_w", "psu_w")
    known = [(n, v) for n in names if (v := getattr(power, n)) is not None]
    for (low_name, low), (name, value) in pairwise(known):
        if value < low:
            what = f"{value:g} W is less than {low_name}"
            hint = f"the smallest value that works is {low:g}"
            yield Finding("power", ("power", name), what, f"at least {low:g} W", hint)
    if power.volts_range_v is not None:
        low, high = power.volts_range_v
        if low > high:
            yield Finding("volts", ("power", "volts_range_v"), "runs backwards", "lowest first")
        elif power.volts_v is not None and not low <= power.volts_v <= high:
            what = f"{power.volts_v:g} V is outside volts_range_v"
            yield Finding("volts", ("power", "volts_v"), what, f"{low:g} to {high:g} V")


def _thermal(thermal: Thermal) -> Iterator[Finding]:
    for low_name, high_name in (
        ("soft_limit_c", "hard_limit_c"),
        ("throttle_c", "hard_limit_c"),
        ("ambient_min_c", "ambient_max_c"),
    ):
        low, high = getattr(thermal, low_name), getattr(thermal, high_name)
        if low is not None and high is not None and low > high:
            what = f"{high:g} °C is below {low_name}"
            hint = f"the smallest value that works is {low:g}"
            yield Finding("thermal", ("thermal", high_name), what, f"at least {low:g} °C", hint)


def _blocks(board: Board) -> Iterator[Finding]:
    """Blocks lie on the board or over its edge, run forwards, and none is taller than the board."""
    if board.blocks and board.between_blocks_mm is None:
        hint = "write the height of everything that is no block"
        yield Finding("blocks", ("between_blocks_mm",), "is missing beside blocks", "", hint)
    for index, block in enumerate(board.blocks):
        for key, side in (("x_mm", board.board.x_mm), ("y_mm", board.board.y_mm)):
            low, high = getattr(block, key)
            if not -OVERHANG_MM[1] <= low < high <= side + OVERHANG_MM[1]:
                what = f"{low:g} to {high:g} mm is no extent on this board"
                allowed = f"rising, from {-OVERHANG_MM[1]:g} to {side + OVERHANG_MM[1]:g} mm"
                yield Finding("blocks", ("blocks", index, key), what, allowed)
        tallest = board.height_above_pcb_mm
        if tallest is not None and block.top_mm > tallest + BLOCK_SLACK_MM:
            what = f"{block.top_mm:g} mm is higher than height_above_pcb_mm"
            hint = f"the largest value that works is {tallest:g}"
            yield Finding("blocks", ("blocks", index, "top_mm"), what, f"to {tallest:g} mm", hint)


def _board(board: Board) -> Iterator[Finding]:
    size = (board.board.x_mm, board.board.y_mm)
    yield from outline_holes(board.holes, size)
    for index, port in enumerate(board.ports):
        for finding in _port(port, size):
            at = ("ports", index, *finding.at)
            yield Finding(finding.check, at, finding.what, finding.allowed, finding.nearest)
    half = min(size) / 2
    if board.board.corner_radius_mm > half:
        value = board.board.corner_radius_mm
        yield _over(("board", "corner_radius_mm"), value, (0, half))
    yield from _blocks(board)
    yield from _heights(board)
    yield from _envelope(board)
    trusted = board.confidence.get("holes", "none") != "none"
    if trusted and not any(hole.use == "mount" for hole in board.holes):
        hint = 'write holes = "none" until they are known'
        yield Finding("holes", ("confidence",), "holes are trusted but none is given", "", hint)


def outline_holes(holes: tuple[Hole, ...], size: tuple[float, float]) -> Iterator[Finding]:
    """Yield every hole that is not wholly inside its outline, or meets another.

    Args:
        holes: in the frame of the outline.
        size: the outline's width and height, mm.
    """
    for index, hole in enumerate(holes):
        radius = hole.d_mm / 2
        for axis, value, length in (("x_mm", hole.x_mm, size[0]), ("y_mm", hole.y_mm, size[1])):
            if not radius <= value <= length - radius:
                what = f"a hole of {hole.d_mm:g} mm at {value:g} reaches over the board's edge"
                at: TomlPath = ("holes", index, axis)
                if radius > length - radius:
                    yield Finding("hole", at, what, f"holes smaller than {length:g} mm")
                else:
                    yield _over(at, value, (radius, length - radius), "hole", what)
        for other, earlier in enumerate(holes[:index]):
            apart = ((hole.x_mm - earlier.x_mm) ** 2 + (hole.y_mm - earlier.y_mm) ** 2) ** 0.5
            if apart < radius + earlier.d_mm / 2:
                what = f"runs into holes[{other}]"
                hint = f"{radius + earlier.d_mm / 2:g} mm between centres or more"
                yield Finding("hole", ("holes", index), what, hint, "remove one, or move it")


def _port(port: Port, size: tuple[float, float]) -> Iterator[Finding]:
    if port.side in ("x-", "x+", "y-", "y+") and port.center_mm is not None:
        length = size[1] if port.side.startswith("x") else size[0]
        half = (port.width_mm or 0) / 2
        low, high = half - CORNER_MM, length - half + CORNER_MM
        if not 0 <= port.center_mm <= length:
            what = f"{port.name!r} at {port.center_mm:g} is off its edge of {length:g} mm"
            yield _over(("center_mm",), port.center_mm, (0, length), "port", what)
        elif low <= high and not low <= port.center_mm <= high:
            what = f"{port.name!r} reaches round the corner of its edge of {length:g} mm"
            yield _over(("center_mm",), port.center_mm, (low, high), "port", what)
    if port.center_xy_mm is not None:
        for axis in (0, 1):
            value = port.center_xy_mm[axis]
            if not 0 <= value <= size[axis]:
                yield _over(("center_xy_mm", axis), value, (0, size[axis]), "port")
    for key, limits in (("overhang_mm", OVERHANG_MM), ("z0_mm", Z0_MM)):
        value = getattr(port, key)
        if value is not None and not limits[0] <= value <= limits[1]:
            yield _over((key,), value, limits, "port")


def _heights(board: Board) -> Iterator[Finding]:
    above = board.height_above_pcb_mm
    if above is not None and above > MAX_HEIGHT_ABOVE_MM:
        yield _over(("height_above_pcb_mm",), above, (0, MAX_HEIGHT_ABOVE_MM), "height")
    tallest = board.tallest_connector_mm
    if above is not None and tallest is not None and tallest > above:
        what = f"{above:g} mm is less than the tallest connector"
        hint = f"the smallest value that works is {tallest:g}"
        at: TomlPath = ("height_above_pcb_mm",)
        yield Finding("height", at, what, f"at least {tallest:g} mm", hint)
    below, deepest = board.case_allowance_below_pcb_mm, board.deepest_modelled_below_pcb_mm
    if below is not None and deepest is not None and deepest > below:
        what = f"{below:g} mm is less than deepest_modelled_below_pcb_mm"
        hint = f"the smallest value that works is {deepest:g}"
        at = ("case_allowance_below_pcb_mm",)
        yield Finding("allowance", at, what, f"at least {deepest:g} mm", hint)


def _envelope(board: Board) -> Iterator[Finding]:
    """The envelope with connectors is the outline and the furthest overhang of each side."""
    if board.envelope_with_connectors_mm is None:
        return
    for axis, name, length in ((0, "x", board.board.x_mm), (1, "y", board.board.y_mm)):
        given = board.envelope_with_connectors_mm[axis]
        expected = length + sum(
            max([0.0, *(p.overhang_mm or 0.0 for p in board.ports if p.side == f"{name}{sign}")])
            for sign in "-+"
        )
        if abs(given - expected) > ENVELOPE_MM:
            at: TomlPath = ("envelope_with_connectors_mm", axis)
            what = f"{given:g} mm is not the outline and its overhangs"
            yield Finding("envelope", at, what, f"{expected:g} mm", f"write {expected:g}")
