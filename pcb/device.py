"""A power board as a device of the catalogue: `NAME.toml`, which `--catalog` takes.

So every mount takes it that takes a board: trays, sleds, stacks.
"""

import json
from typing import Any

from pcb.interface import Interface, Mouth


def device(made: Interface) -> dict[str, Any]:
    """Return the board as a device of the catalogue."""
    return {
        "version": 1,
        "id": made.device_id,
        "kind": "board",
        "name": f"Power board {made.name}",
        "manufacturer": "Rackpress",
        "category": "other",
        "board": {
            "x_mm": made.size_mm[0],
            "y_mm": made.size_mm[1],
            "thickness_mm": made.thickness_mm,
        },
        "height_above_pcb_mm": made.above_mm,
        "tallest_connector_mm": max(mouth.body.high[2] for mouth in made.mouths),
        "case_allowance_below_pcb_mm": made.below_mm,
        "deepest_modelled_below_pcb_mm": made.below_mm,
        "hole_screw": "M3",
        "holes": [{"x_mm": hole.x_mm, "y_mm": hole.y_mm, "d_mm": hole.d_mm} for hole in made.holes],
        "ports": [_port(mouth) for mouth in made.mouths],
        "sources": {"geometry": ["OWN"]},
        "confidence": {"board": "high", "holes": "high", "ports": "medium"},
    }


_PORTS = {
    "barrel-5.5x2.1": "Barrel jack 5.5",
    "screw": "Screw terminal",
    "screw-in": "Supply terminal",
    "bus-header": "I2C header",
    "qwiic": "Qwiic",
}


def _port(mouth: Mouth) -> dict[str, Any]:
    name = f"{_PORTS.get(mouth.kind, mouth.kind)} {mouth.ref}"
    if mouth.side in ("top", "bottom"):
        return {"name": name, "side": "interior" if mouth.side == "bottom" else "top",
                "center_xy_mm": list(mouth.center_mm)}  # fmt: skip
    return {
        "name": name,
        "side": mouth.side,
        "center_mm": mouth.center_mm[0],
        "width_mm": mouth.width_mm,
        "height_mm": mouth.height_mm,
        "z0_mm": mouth.z0_mm,
        "overhang_mm": mouth.overhang_mm,
    }


def device_toml(made: Interface) -> bytes:
    """Return `NAME.toml`, as `--catalog` takes it: a file that bears the device's id."""
    record = device(made)
    lines = [f"# {record['name']}: made by Rackpress; change its parameters, not this file."]
    for key, value in record.items():
        if isinstance(value, list):
            lines += [f"{key} = [", *(f"  {_toml(one)}," for one in value), "]"]
        else:
            lines.append(f"{key} = {_toml(value)}")
    return ("\n".join(lines) + "\n").encode()


def _toml(value: Any) -> str:
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{key} = {_toml(one)}" for key, one in value.items()) + " }"
    if isinstance(value, list):
        return "[" + ", ".join(map(_toml, value)) + "]"
    return json.dumps(value)
