"""What to buy for a part, by kind, thread and length; rack screws as the rack's posts want them."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from fractions import Fraction

from catalog.models import Rack
from mounts.part import Hardware

LEAST_FAN_MM = 40.0  # the smallest fan of the catalogue: what a hint may name
IN_MM = 25.4


@dataclass(frozen=True)
class RackThread:
    """A thread that rack posts have.

    Args:
        name: as catalogue and shops write it.
        bite_mm: what of a screw must be in the post's thread: its diameter (a rule of thumb).
        nut_mm: height of a nut of it (ISO 4032; #10-32 and #12-24: ASME B18.6.3).
        lengths_mm: screws on sale (ISO 7045; inch screws in eighths, ASME B18.6.3).
    """

    name: str
    bite_mm: float
    nut_mm: float
    lengths_mm: tuple[float, ...]

    def length_for(self, through_mm: float) -> float:
        """Return the shortest screw on sale that is long enough, the longest if none is, mm."""
        return next((long for long in self.lengths_mm if long >= through_mm - 1e-9), self._longest)

    def sold_as(self, length_mm: float) -> str:
        """Return thread and length as a shop writes them."""
        if not self.name.startswith("#"):
            return f"{self.name} x {length_mm:g} mm"
        return f"{self.name} x {Fraction(length_mm / IN_MM).limit_denominator(8)} in"

    @property
    def _longest(self) -> float:
        return self.lengths_mm[-1]


_METRIC = (8.0, 10.0, 12.0, 16.0, 20.0, 25.0, 30.0)
_INCH = tuple(IN_MM * eighths / 8 for eighths in (3, 4, 5, 6, 8, 10))
RACK_THREADS = {
    one.name: one
    for one in (
        RackThread("M6", 6.0, 5.2, _METRIC),
        RackThread("#10-32", 4.826, 3.3, _INCH),
        RackThread("#12-24", 5.486, 4.0, _INCH),
        RackThread("M5", 5.0, 4.7, _METRIC),
        RackThread("M4", 4.0, 3.2, _METRIC),
    )
}
COMMON = ("M6", "#10-32", "#12-24")  # what a rack of unknown make may have
POST_MM = 2.0  # sheet of a post with square holes, in which a cage nut hangs (usual; unconfirmed)


def rack_screws(count: int, grip_mm: float, use: str = "panel to rack") -> Hardware:
    """Return screws into the rack's posts; thread and length follow from the rack.

    Args:
        count: how many.
        grip_mm: thickness of what is screwed on.
        use: what they hold.
    """
    what = "rack screw, as the rack's thread"
    return Hardware(what, count, use, kind="rack screw", grip_mm=grip_mm)


def screws(size: tuple[str, float], count: int, use: str, head: str = "pan-head screw") -> Hardware:
    """Return screws.

    Args:
        size: thread, and length in mm.
        count: how many.
        use: what they hold.
        head: which kind of screw, in words.
    """
    thread, long = size
    what = f"{thread} x {long:g} {head}"
    return Hardware(what, count, use, kind="screw", thread=thread, length_mm=long)


def nuts(thread: str, count: int, use: str) -> Hardware:
    """Return hexagon nuts."""
    return Hardware(f"{thread} nut", count, use, kind="nut", thread=thread)


def bolted(
    size: tuple[str, float], count: int, use: str, *, washers: int = 0
) -> tuple[Hardware, ...]:
    """Return screws, each with its nut and so many washers.

    Args:
        size: thread, and length in mm.
        count: how many screws.
        use: what they hold.
        washers: for each screw.
    """
    thread = size[0]
    found = [screws(size, count, use), nuts(thread, count, use)]
    if washers:
        row = Hardware(f"{thread} washer", washers * count, use, kind="washer", thread=thread)
        found.append(row)
    return tuple(found)


def cable_ties(width_mm: float, count: int, use: str) -> Hardware:
    """Return cable ties of a width."""
    return Hardware(f"cable tie, {width_mm:g} mm wide", count, use, kind="tie")


def straps(what: str, count: int, use: str) -> Hardware:
    """Return straps, in words."""
    return Hardware(what, count, use, kind="strap")


def for_rack(rows: Iterable[Hardware], rack: Rack) -> tuple[Hardware, ...]:
    """Return the rows with every rack screw as this rack's posts want it.

    A rack of a known make names one thread, and a cage nut for each screw if its holes are square.
    Any other gets every thread that is common, each with its length.

    Args:
        rows: what a part asks for.
        rack: where it hangs.
    """
    found: list[Hardware] = []
    for row in rows:
        found += [row] if row.kind != "rack screw" else _in_rack(row, rack)
    return tuple(found)


def merged(rows: Iterable[Hardware]) -> tuple[Hardware, ...]:
    """Return the rows with those that differ in nothing but their number counted together."""
    found: dict[Hardware, int] = {}
    for row in rows:
        key = replace(row, count=0)
        found[key] = found.get(key, 0) + row.count
    return tuple(replace(row, count=count) for row, count in found.items())


def _in_rack(row: Hardware, rack: Rack) -> list[Hardware]:
    grip = row.grip_mm or 0.0
    if not rack.thread:
        return [_of_any_make(row, grip)]
    thread = RACK_THREADS[rack.thread]
    caged = rack.posts == "cage nuts"
    long = thread.length_for(grip + (POST_MM + thread.nut_mm if caged else thread.bite_mm))
    what = f"rack screw {thread.sold_as(long)}"
    own = replace(row, what=what, thread=thread.name, length_mm=round(long, 2))
    if not caged:
        return [own]
    nut = f"cage nut {thread.name}"
    return [own, Hardware(nut, row.count, row.use, kind="cage nut", thread=thread.name)]


def _of_any_make(row: Hardware, grip_mm: float) -> Hardware:
    """Return a row that names all common threads: long enough for a cage nut too."""
    threads = [RACK_THREADS[name] for name in COMMON]
    sizes = [
        thread.sold_as(thread.length_for(grip_mm + max(thread.bite_mm, POST_MM + thread.nut_mm)))
        for thread in threads
    ]
    what = f"rack screw {', '.join(sizes[:-1])} or {sizes[-1]}, as the rack's thread"
    use = f"{row.use}; each with a cage nut if the posts' holes are square"
    return replace(row, what=what, use=use, alternatives=tuple(sizes))
