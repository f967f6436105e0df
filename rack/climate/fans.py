"""Which fans a rack has, and how loud they are together and slower."""

from collections.abc import Iterable
from dataclasses import dataclass
from math import log10
from typing import Any

from catalog.models import Fact, Fan
from mounts.parts.frame_spec import FrameSpec
from mounts.parts.panel import CutPanelSpec
from mounts.parts.stack_spec import StackSpec
from packing.airflow.fan import noise_dba

# Noise falls with the fifth power of a fan's speed (fan laws: sound power ~ n^5).
SPEED_POWER = 5.0
PANEL_SHARE = 0.5  # of its free flow: a valid point of work is 30 to 70 % (docs/air.md §4)


@dataclass(frozen=True)
class Blowers:
    """Equal fans of one mount."""

    label: str
    fan: Fan
    count: int
    where: str

    @property
    def noise_dba(self) -> float | None:
        """All of them at full speed, dB(A); `None` if the catalogue does not know."""
        one = self.fan.noise_dba
        return None if one is None else noise_dba(one, self.count)

    def as_dict(self) -> dict[str, Any]:
        """Return the fields by name, rounded as they are told."""
        noise = self.noise_dba
        return {
            "label": self.label,
            "fan": self.fan.id,
            "model": self.fan.model,
            "count": self.count,
            "where": self.where,
            "noise_dba": None if noise is None else round(noise, 1),
        }


def blowers_of(label: str, spec: Fact, boards: int) -> Blowers | None:
    """Return the fans that a mount carries; `None` without.

    Args:
        label: of the mount.
        spec: its part's.
        boards: how many it carries: a stack has a fan on each.
    """
    match spec:
        case FrameSpec() if spec.fan is not None:
            return Blowers(label, spec.fan, len(spec.fan_middles) * spec.rows, "behind its sleds")
        case CutPanelSpec() if spec.fan is not None:
            return Blowers(label, spec.fan, spec.fan_count, "in its panel")
        case StackSpec() if spec.fan is not None:
            return Blowers(label, spec.fan, boards, "one on each board")
        case _:
            return None


def together_dba(levels: Iterable[float]) -> float | None:
    """Return several noises as one, dB(A); without a common phase they add as power.

    `None` where nothing is heard.
    """
    power = sum(10 ** (level / 10) for level in levels)
    return 10 * log10(power) if power > 0 else None


def slower_dba(full_dba: float, speed: float) -> float:
    """Return the noise at a share of the full speed, dB(A).

    Args:
        full_dba: at full speed.
        speed: share of it, over 0 to 1.
    """
    return full_dba + 10 * SPEED_POWER * log10(speed)


def slowed(fan: Fan, speed: float) -> Fan:
    """Return a fan at a share of its speed: flow falls with it, pressure with its square.

    Args:
        fan: at full speed.
        speed: share of it, over 0 to 1.
    """
    flow, still, noise = fan.flow_m3h, fan.static_mmh2o, fan.noise_dba
    return fan.model_copy(
        update={
            "flow_m3h": None if flow is None else flow * speed,
            "flow_cfm": None if fan.flow_cfm is None else fan.flow_cfm * speed,
            "static_mmh2o": None if still is None else still * speed**2,
            "noise_dba": None if noise is None else slower_dba(noise, speed),
        }
    )
