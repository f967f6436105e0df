"""Many records as aligned columns."""

from collections.abc import Iterable, Sequence

from catalog import tables as t
from catalog.base import Fact, Source
from catalog.devices import Blade, Board, Box, Device
from catalog.explain import plain

# the few facts that tell one entry of a table from the next
_COLUMNS: dict[type[Fact], tuple[str, ...]] = {
    t.Connector: ("width_mm", "height_mm", "z0_mm", "name"),
    t.Drive: ("width_mm", "depth_mm", "heights_mm", "max_w", "screw"),
    t.Efficiency: ("level", "mains", "points"),
    t.Fan: ("size_mm", "thickness_mm", "flow_m3h", "static_mmh2o", "noise_dba", "model"),
    t.FormFactor: ("x_mm", "y_mm", "max_component_height_mm"),
    t.Hat: ("x_mm", "y_mm", "spacer_mm", "stack_height_mm", "name"),
    t.IncompleteStandard: ("panel_width_mm", "note"),
    t.Insert: ("thread", "length_mm", "outer_d_mm", "hole_d_mm", "brand"),
    t.Material: ("density_g_cm3", "uts_z_mpa", "tg_c", "cost_per_kg"),
    t.Plug: ("width_mm", "height_mm", "name"),
    t.Printer: ("bed_x_mm", "bed_y_mm", "bed_z_mm"),
    t.Psu: ("watts_w", "width_mm", "depth_mm", "height_mm"),
    t.Racked: ("height_u", "full_depth", "weight_g", "max_w", "name"),
    t.Rack: ("standard", "height_u", "opening_mm", "clear_depth_mm", "thread", "name"),
    t.RackStandard: ("panel_width_mm", "opening_mm", "body_max_mm", "hole_pitch_mm", "name"),
    t.Screw: ("thread", "close_mm", "normal_mm", "loose_mm", "tap_soft_mm"),
    Source: ("kind", "title"),
    t.Ups: ("output_va", "output_w", "name"),
}


def times(*lengths: float) -> str:
    """Return `a × b × c`."""
    return " × ".join(map(plain, lengths))


def size_text(device: Device) -> str:
    """Return a device's outer size, mm, as `85 × 56` or `158 × 101 × 29`."""
    if isinstance(device, Board):
        return times(device.board.x_mm, device.board.y_mm)
    if isinstance(device, Box):
        return times(device.case.width_mm, device.case.depth_mm, device.case.height_mm)
    if isinstance(device, Blade):
        slot = device.slot
        return times(slot.pitch_mm, slot.depth_body_mm, slot.inner_height_mm)
    return ""


def summary(entry: Fact) -> dict[str, str]:
    """Return the few facts that tell one entry from the next, by column title.

    Args:
        entry: a device or a table's entry.
    """
    if isinstance(entry, Device):
        return _device_summary(entry)
    names = _COLUMNS[type(entry)]
    return {name.replace("_", " "): short(getattr(entry, name)) for name in ("id", *names)}


def _device_summary(device: Device) -> dict[str, str]:
    power = device.power
    known = () if power is None else (power.max_w, power.typical_w, power.idle_w)
    watts = next((value for value in known if value is not None), None)
    return {
        "id": device.id,
        "kind": device.kind,
        "category": device.category,
        "size mm": size_text(device),
        "watts": short(watts),
        "name": device.name,
    }


def short(value: object) -> str:
    """Write a field's value in a few characters; nothing for `None`."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, (int, float)):
        return plain(value)
    if isinstance(value, tuple):
        return ", ".join(f"({short(v)})" if isinstance(v, tuple) else short(v) for v in value)
    if isinstance(value, dict):
        return ", ".join(f"{name} {short(entry)}" for name, entry in value.items())
    return str(value)


def columns(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return a table with aligned columns; numbers to the right.

    Args:
        head: the columns' titles.
        rows: their texts.
    """
    lines = [list(head), *map(list, rows)]
    widths = [max(len(line[i]) for line in lines) for i in range(len(head))]
    right = [
        len(lines) > 1 and all(_is_number(line[i]) for line in lines[1:]) for i in range(len(head))
    ]
    return "\n".join(
        "  ".join(
            cell.rjust(width) if to_right else cell.ljust(width)
            for cell, width, to_right in zip(line, widths, right, strict=True)
        ).rstrip()
        for line in lines
    )


def _is_number(text: str) -> bool:
    return text in ("", "–") or text.replace(".", "", 1).lstrip("-").isdigit()
