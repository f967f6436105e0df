"""How a rail comes down from an inlet's contacts to its bar: told once, for copper and budget.

    contacts side by side       contacts parted by GND       contacts in the outer row
       [ ][ ][ ]                   [ ]  GND  [ ]               +------[ ][ ][ ]
       |_______|  both layers       |________|                 |  strip round the
      ===========                  ============  bar         ===  header's end

The first kind is repeated on the lower layer, which comes up to the bar through vias. The other two
are the 5 V of a 24-pin inlet; they lie on the upper layer only.
"""

from dataclasses import dataclass

from pcb.board.comb import Comb, Head, stitches
from pcb.board.footprints import Pad
from pcb.budget.copper import strip_mm

MARGIN = 0.3  # of a finger beside its contacts
BELOW = 0.9  # from the contacts to where fingers of parted ones join


@dataclass(frozen=True)
class Throat:
    """Copper from some contacts to the bar.

    `width_mm` is that of its narrowest place, `squares` its length in widths, `x` where it meets
    the bar. `vias` is 0 where the lower layer takes no part.
    """

    pads: tuple[str, ...]
    width_mm: float
    squares: float
    x: float
    vias: int = 0


def lane_mm(made: Comb, head: Head, rail: str) -> float:
    """Return how wide a throat is between contacts and bar: at least what half its current asks."""
    pins = head.pins(rail)
    across = pins[-1].x - pins[0].x + finger_mm(pins[0])
    if head.parted(rail):
        return across
    amps = head.section.limit_a(made.spec, rail)
    return max(across, strip_mm(amps, made.spec.copper_oz) / 2 + 0.4)


def finger_mm(pad: Pad) -> float:
    """Return how wide the copper of one contact is."""
    return pad.size[0] + 2 * MARGIN


def throats(made: Comb, head: Head, rail: str) -> tuple[Throat, ...]:
    """Return every way from an inlet's contacts of a rail to its bar.

    The middle of a contact, of a strip and the bar's edge are its ends.
    """
    pins = head.pins(rail)
    middle = head.x + (pins[0].x + pins[-1].x) / 2
    long, wide = made.bar_y - head.y - pins[0].y, lane_mm(made, head, rail)
    if not head.parted(rail):
        numbers = tuple(sorted((pad.number for pad in pins), key=int))
        count = stitches(made.spec, head, rail)
        found = [Throat(numbers, wide, long / wide, middle, count)]
    else:
        finger, join = finger_mm(pins[0]), pins[0].size[1] / 2 + BELOW
        squares = join / finger + (long - join) * len(pins) / wide
        found = [Throat((pad.number,), finger, squares, middle) for pad in pins]
    round_it = head.outer(rail)
    if round_it:
        near, far = head.ring()
        wide, mean = abs(far - near), head.x + sum(pad.x for pad in round_it) / len(round_it)
        top = ring_low(head) - wide / 2
        along = (head.y + round_it[0].y - top) + abs((near + far) / 2 - mean) + made.bar_y - top
        numbers = tuple(pad.number for pad in round_it)
        found.append(Throat(numbers, wide, along / wide, (near + far) / 2))
    return tuple(found)


def ring_low(head: Head) -> float:
    """Return the lower side of the strip over the outer row."""
    return head.y - 2.75 - 1.65 - 0.6
