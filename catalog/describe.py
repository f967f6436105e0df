"""One record in full, as text a person reads."""

import textwrap
from collections.abc import Iterable, Sequence

from catalog.base import Fact, Sourced
from catalog.devices import Blade, Board, Box, Device, Hole, Port, Power, Size, Thermal
from catalog.explain import plain
from catalog.load import Catalog
from catalog.summary import columns, short, times

LABEL = 12  # width of the column of labels
WIDTH = 100  # of a line


def _size(size: Size) -> str:
    return times(size.width_mm, size.depth_mm, size.height_mm)


def device_text(device: Device, catalog: Catalog) -> str:
    """Return everything known of a device.

    Args:
        device: the device.
        catalog: where its sources are looked up.
    """
    kind = f"{device.kind}, {device.category}"
    lines = [f"{device.id}: {device.name}, {device.manufacturer} ({kind})"]
    if device.aliases:
        lines.append(_line("also", ", ".join(device.aliases)))
    if isinstance(device, Board):
        lines += _board(device)
    if isinstance(device, Box):
        lines.append(_line("case", f"{_size(device.case)} mm (width × depth × height)"))
        if device.network_ports is not None:
            lines.append(_line("network", f"{device.network_ports} ports"))
    if isinstance(device, Blade):
        lines += _blade(device)
    if device.weight_g is not None:
        lines.append(_line("weight", f"{plain(device.weight_g)} g"))
    if device.power is not None:
        lines += _power(device.power)
    lines += _thermal(device.thermal)
    lines += [_line("note" if not i else "", flag) for i, flag in enumerate(device.flags)]
    trust = ", ".join(f"{topic} {level}" for topic, level in device.confidence.items())
    lines.append(_line("confidence", trust))
    topics = {**device.sources, **({"thermal": s} if (s := device.thermal.sources) else {})}
    for index, (topic, names) in enumerate(topics.items()):
        lines.append(_line("sources" if not index else "", f"{topic}: {', '.join(names)}"))
    return "\n".join([*lines, *_sources(device.all_sources, catalog)])


def row_text(kind: str, row: Fact, catalog: Catalog) -> str:
    """Return everything known of a table's entry.

    Args:
        kind: what it is, such as `fan`.
        row: the entry.
        catalog: where its sources are looked up.
    """
    data = row.model_dump(exclude_none=True)
    name = data.pop("name", "")
    lines = [f"{data.pop('id')}: {name + ', ' if name else ''}{kind}"]
    names: tuple[str, ...] = row.sources if isinstance(row, Sourced) else ()
    data.pop("sources", None)
    last = {key: data.pop(key) for key in ("note", "confidence") if key in data}
    data |= last
    fields = {key: value for key, value in data.items() if value not in ("", (), {})}
    width = max(map(len, fields), default=0) + 2
    for key, value in fields.items():
        lines += _field(key, value, width)
    return "\n".join([*lines, *_sources(names, catalog)])


def _field(key: str, value: object, width: int) -> list[str]:
    """Return a field's line, or its lines if it is a list of records."""
    if isinstance(value, tuple) and value and isinstance(value[0], dict):
        head = [*dict.fromkeys(name for entry in value for name in entry)]
        table = columns(head, [[short(entry.get(name)) for name in head] for entry in value])
        return [f"  {key}", *(f"    {line}" for line in table.splitlines())]
    return [_wrapped(f"  {key:<{width}}", short(value))]


def _line(label: str, text: str) -> str:
    return _wrapped(f"  {label:<{LABEL}}", text)


def _wrapped(label: str, text: str) -> str:
    """Write a label and its text, further lines below the first."""
    return textwrap.fill(
        text,
        WIDTH,
        initial_indent=label,
        subsequent_indent=" " * len(label),
        break_on_hyphens=False,
        break_long_words=False,
    )


def _board(board: Board) -> list[str]:
    pcb = board.board
    corner = f", corners of {plain(pcb.corner_radius_mm)}" if pcb.corner_radius_mm else ""
    outline = f"{times(pcb.x_mm, pcb.y_mm)} mm, {plain(pcb.thickness_mm)} thick{corner}"
    lines = [_line("outline", outline)]
    for label, value, rest in (
        ("above", board.height_above_pcb_mm, "above the PCB's top face"),
        ("", board.tallest_connector_mm, "tallest connector"),
        ("", board.heatsink_top_above_pcb_mm, "top of the heat sink"),
        ("below", board.deepest_modelled_below_pcb_mm, "deepest pin below the PCB"),
        ("", board.case_allowance_below_pcb_mm, "room the sources' cases leave below"),
    ):
        if value is not None:
            lines.append(_line(label, f"{plain(value)} mm, {rest}"))
    if board.envelope_with_connectors_mm is not None:
        text = f"{times(*board.envelope_with_connectors_mm)} mm with its connectors"
        lines.append(_line("envelope", text))
    if board.envelope_mm is not None:
        lines.append(_line("envelope", f"{times(*board.envelope_mm)} mm in all"))
    if board.case is not None:
        lines.append(_line("case", f"{_size(board.case)} mm (width × depth × height)"))
    if board.form_factor is not None:
        lines.append(_line("form factor", board.form_factor))
    if board.geometry_origin or board.geometry_status:
        parts = filter(None, (board.geometry_origin, board.geometry_status))
        lines.append(_line("geometry", "; ".join(parts)))
    return [*lines, *_holes(board), *_ports(board.ports), *_blocks(board)]


def _holes(board: Board) -> list[str]:
    if not board.holes:
        return [_line("holes", "not known")]
    lines: list[str] = []
    for use in dict.fromkeys(hole.use for hole in board.holes):
        group = [hole for hole in board.holes if hole.use == use]
        screw = f", for {board.hole_screw}" if use == "mount" and board.hole_screw else ""
        if use == "mount" and board.hole_screw_note:
            screw += f" ({board.hole_screw_note})"
        label = "" if lines else "holes"
        lines.append(_line(label, f"{len(group)} {use}, {_spread(group)}{screw}"))
        places = [f"({plain(h.x_mm)}, {plain(h.y_mm)}) ⌀ {plain(h.d_mm)}" for h in group]
        rows = ["  ".join(places[i : i + 3]) for i in range(0, len(places), 3)]
        lines += [f"  {'':<{LABEL}}  {row}" for row in rows]
    return lines


def _spread(holes: Sequence[Hole]) -> str:
    xs, ys = [h.x_mm for h in holes], [h.y_mm for h in holes]
    return f"{times(round(max(xs) - min(xs), 3), round(max(ys) - min(ys), 3))} mm apart"


def _blocks(board: Board) -> list[str]:
    """The tall parts by region, x and y from to, and the height of all the rest."""
    rows = [
        f"{block.name}: x {plain(block.x_mm[0])} to {plain(block.x_mm[1])}, "
        f"y {plain(block.y_mm[0])} to {plain(block.y_mm[1])}, {plain(block.top_mm)} mm high"
        for block in board.blocks
    ]
    if board.between_blocks_mm is not None:
        rows.append(f"all else up to {plain(board.between_blocks_mm)} mm")
    return [_line("" if index else "heights", row) for index, row in enumerate(rows)]


def _ports(ports: Sequence[Port]) -> list[str]:
    if not ports:
        return [_line("ports", "not known")]
    head = ("side", "centre", "width", "height", "from z", "over edge", "port")
    rows: list[list[str]] = []
    for port in sorted(ports, key=lambda p: (p.side, p.center_mm or 0.0)):
        numbers = (port.center_mm, port.width_mm, port.height_mm, port.z0_mm, port.overhang_mm)
        under = ", underside" if port.mounted == "bottom" else ""
        if port.center_xy_mm is not None:
            under += f", at ({plain(port.center_xy_mm[0])}, {plain(port.center_xy_mm[1])})"
        note = f" ({port.note})" if port.note else ""
        cells = ["–" if number is None else plain(number) for number in numbers]
        rows.append([port.side, *cells, port.name + under + note])
    table = columns(head, rows).splitlines()
    labels = ["ports", *[""] * len(rows)]
    return [f"  {label:<{LABEL}}{line}" for label, line in zip(labels, table, strict=True)]


def _blade(blade: Blade) -> list[str]:
    slot = blade.slot
    high = f"{plain(slot.inner_height_mm)} high inside, {plain(slot.enclosure_height_mm)} outside"
    deep = f"{plain(slot.depth_body_mm)} deep, {plain(slot.depth_with_latches_mm)} with latches"
    lines = [_line("slot", f"{plain(slot.pitch_mm)} mm pitch, {high}, {deep}")]
    if slot.pitch_note:
        lines.append(_line("", slot.pitch_note))
    if blade.heatsink_mm is not None:
        lines.append(_line("heat sink", f"{times(*blade.heatsink_mm)} mm"))
    if blade.fan_unit_mm is not None:
        lines.append(_line("fan unit", f"{times(*blade.fan_unit_mm)} mm, {blade.fan_unit_fan}"))
    return [*lines, *_ports(blade.ports)]


def _power(power: Power) -> list[str]:
    parts: list[str] = []
    if power.volts_v is not None:
        parts.append(f"{plain(power.volts_v)} V")
    if power.volts_range_v is not None:
        low, high = power.volts_range_v
        parts.append(f"takes {plain(low)} to {plain(high)} V")
    if power.volts_candidates_v:
        parts.append(f"disputed: {' or '.join(map(plain, power.volts_candidates_v))} V")
    for label, watts in (
        ("idle", power.idle_w),
        ("typical", power.typical_w),
        ("at most", power.max_w),
        ("supply of", power.psu_w),
    ):
        if watts is not None:
            parts.append(f"{label} {plain(watts)} W")
    lines = [_line("power", power.connector or "connector not known")]
    lines += [_line("", text) for text in (", ".join(parts), power.note) if text]
    if power.psu_text:
        lines.append(_line("", f"the source says: {power.psu_text}"))
    return lines


def _thermal(thermal: Thermal) -> list[str]:
    parts = [
        f"{label} {plain(value)} °C"
        for label, value in (
            ("throttles at", thermal.throttle_c),
            ("soft limit", thermal.soft_limit_c),
            ("hard limit", thermal.hard_limit_c),
            ("chip under load", thermal.load_soc_c),
            ("ambient from", thermal.ambient_min_c),
            ("ambient up to", thermal.ambient_max_c),
        )
        if value is not None
    ]
    if thermal.soc_k_per_w is not None:
        parts.append(f"chip {plain(thermal.soc_k_per_w)} K/W over the air")
    if thermal.ambient_source:
        parts.append(f"ambient by {thermal.ambient_source}")
    return [_line("heat", ", ".join(parts))] if parts else []


def _sources(names: Iterable[str], catalog: Catalog) -> list[str]:
    found = [catalog.sources[name] for name in names if name in catalog.sources]
    width = max((len(source.id) for source in found), default=0) + 2
    lines = [_wrapped(f"  {s.id:<{width}}", f"{s.title}; {s.where}") for s in found]
    return ["", *lines] if lines else []
