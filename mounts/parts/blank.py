"""A plate that closes an empty slot."""

from pydantic import Field

from mounts import panel
from mounts.geometry.flat import Loop, rectangle
from mounts.geometry.sheet import Sheet, joined
from mounts.panel import PanelSpec
from mounts.part import Part, part

RIB_MM = 2.4  # six lines of a 0.4 mm nozzle
RIB_DEPTH_MM = 5.0


class BlankSpec(PanelSpec):
    """A closed or vented plate."""

    vents: bool = Field(False, description="Hexagon vents.")

    @property
    def title(self) -> str:
        """Name of the part."""
        return f"blank-{self.standard.id}-{self.height_u:g}u"


@part("blank", BlankSpec, takes="nothing")
def blank(spec: BlankSpec) -> Part:
    """A plate that closes an empty slot.

    |<--------- 254 or 482.6 --------->|
    +----------------------------------+  ^
    | =   ______________________     = |  |
    | =  |  rib behind, 5 deep  |    = |  |  n * 44.45 - 0.79
    | =  '----------------------'    = |  |
    +----------------------------------+  v
        |<----- body_max ------>|
    """
    back = spec.panel_mm
    sheets = [panel.sheet(spec), _rib(spec)]
    vents = ()
    if spec.vents:
        vents = spec.grid.through("xz", (0.0, back), _inside(spec))
    return Part(
        name=spec.title,
        family="blank",
        body=joined(sheets),
        up="+y",
        perforations=vents,
        hardware=(panel.rack_screws(spec),),
        panel=panel.claim(spec),
    )


def _inside(spec: BlankSpec) -> Loop:
    half = spec.standard.body_max_mm / 2 - RIB_MM
    low, high = spec.bottom_mm + 3 + RIB_MM, spec.top_mm - 3 - RIB_MM
    return rectangle((-half, low), (half, high))


def _rib(spec: BlankSpec) -> Sheet:
    """A frame behind the plate: a long thin plate warps and drums without one."""
    half = spec.standard.body_max_mm / 2
    low, high = spec.bottom_mm + 3, spec.top_mm - 3
    outer = rectangle((-half, low), (half, high), 3)
    inner = rectangle((-half + RIB_MM, low + RIB_MM), (half - RIB_MM, high - RIB_MM), 1)
    end = spec.panel_mm + RIB_DEPTH_MM
    return Sheet("xz", outer, spec.panel_mm - 0.5, end, (inner,))
