"""Where fans and boards agree: the stream that fans side by side drive through rows of channels.

All channels see the same pressure, so the stream shares itself out between narrow and wide ones.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from packing.airflow.air import Air
from packing.airflow.channel import Channels, driven_m3h
from packing.airflow.fan import Curve

# Under this share of its free flow a fan is throttled: more fans do next to nothing (a guide of
# max-flow.com puts a valid point of work at 30 to 70 % of the curve; docs/air.md §4).
CHOKED_SHARE = 0.3
_STEPS = 60
_NEAR = 1e-9  # of the fans' free flow


@dataclass(frozen=True, slots=True)
class Working:
    """A point of work.

    Args:
        pressure_pa: over all channels alike.
        flows_m3h: the stream through each group of channels.
        share: of the fans' free flow that is left.
    """

    pressure_pa: float
    flows_m3h: tuple[float, ...]
    share: float

    @property
    def flow_m3h(self) -> float:
        """The whole stream, m³/h."""
        return sum(self.flows_m3h)

    @property
    def choked(self) -> bool:
        """Whether the fans are throttled so far that more of them would do next to nothing."""
        return self.share < CHOKED_SHARE


def working(curve: Curve, fans: int, groups: Sequence[Channels], air: Air, loss: float) -> Working:
    """Return where so many fans side by side work against groups of channels side by side.

    Args:
        curve: of one fan.
        fans: how many blow side by side.
        groups: channels that all lie between the fans and the open.
        air: what flows.
        loss: dynamic heads lost at entrance, exit and panel.
    """

    def lacking_m3h(pressure: float) -> float:
        through = sum(driven_m3h(group, pressure, air, loss) for group in groups)
        return fans * curve.flow_m3h(pressure) - through

    pressure = _falling_root(lacking_m3h, curve.still_pa, _NEAR * fans * curve.free_m3h)
    flows = tuple(driven_m3h(group, pressure, air, loss) for group in groups)
    return Working(pressure, flows, sum(flows) / (fans * curve.free_m3h))


def _falling_root(function: Callable[[float], float], high: float, near: float) -> float:
    """Return where a falling function crosses zero between 0 and `high` (the Illinois method)."""
    low, at_low, at_high = 0.0, function(0.0), function(high)
    root = high
    for _ in range(_STEPS):
        root = (low * at_high - high * at_low) / (at_high - at_low)
        at_root = function(root)
        if abs(at_root) <= near:
            break
        if at_root > 0:
            low, at_low, at_high = root, at_root, at_high / 2
        else:
            high, at_high, at_low = root, at_root, at_low / 2
    return root
