"""What to read off a printed coupon: how, and what would be believable."""

from dataclasses import dataclass

from mounts.parts.coupon import BARS_MM, CORES_MM, GAUGE_MM, HOLES_MM, SIZE_MM, SLIDES_MM

SMALL_MM, LARGE_MM = HOLES_MM["insert M2.5 or M3"], HOLES_MM["insert M4"]
LEAST_TALL_MM, MOST_TALL_MM = 80.0, 1000.0  # a calliper's 0.02 mm are 0.03 % of the least
UP_PCT = (-1.0, 3.0)  # shrink upwards, as a calibration may say


@dataclass(frozen=True)
class Question:
    """One thing to read off the coupon.

    Args:
        key: its name in a file of readings.
        asks: what to measure and how.
        nominal: what it was drawn as; none where a feature is picked by its dots, or where that is
            what is asked.
        low: the least that is believable.
        high: the most.
    """

    key: str
    asks: str
    low: float
    high: float
    nominal: float | None = None

    @property
    def whole(self) -> bool:
        """Whether the answer counts dots."""
        return not self.key.endswith("_mm")

    @property
    def believable(self) -> str:
        """What would be believed, in words."""
        unit = "dots" if self.whole else "mm"
        return f"{self.low:g} to {self.high:g} {unit}"

    @property
    def near(self) -> str:
        """What to do about an answer that is not."""
        return "count the dots again" if self.whole else "measure again, and mind the decimal point"

    def refuse(self, value: float) -> str:
        """Return what is wrong with an answer, empty if nothing is."""
        if self.low - 1e-9 <= value <= self.high + 1e-9:
            return ""
        if self.whole:
            return f"there is no feature with {value:g} dots"
        if self.nominal is None:
            return f"a print of {value:g} mm does not tell: a calliper reads to 0.02 mm"
        return f"no printer makes {value:g} mm of {self.nominal:g} mm"


def _bars() -> tuple[Question, ...]:
    found: list[Question] = []
    ways = {"x": "along the long side", "y": "along the short side"}
    for axis, (outer, inner) in BARS_MM.items():
        for face, nominal, how in (
            ("outer", outer, "over the outer faces of the two posts"),
            ("inner", inner, "between their inner faces"),
        ):
            asks = f"{how} {ways[axis]}, jaws held over the base ({nominal:g} as drawn)"
            low, high = round(0.97 * nominal, 2), round(1.01 * nominal, 2)
            found.append(Question(f"bar_{axis}_{face}_mm", asks, low, high, nominal))
    return tuple(found)


BARS = _bars()
QUESTIONS: tuple[Question, ...] = (
    Question(
        "slide_groove",
        "Break off the key. Dots of the tightest groove in which its edge slides freely",
        1,
        len(SLIDES_MM),
    ),
    Question(
        "press_groove",
        "Dots of the tightest groove into which a thumb presses it, and where it stays",
        1,
        len(SLIDES_MM),
    ),
    Question(
        "hole_small_mm",
        f"Diameter of the hole with 4 dots ({SMALL_MM:g} as drawn): the mean of two ways across",
        SMALL_MM - 0.6,
        SMALL_MM + 0.2,
        SMALL_MM,
    ),
    Question(
        "hole_large_mm",
        f"Diameter of the hole with 5 dots ({LARGE_MM:g} as drawn): the mean of two ways across",
        LARGE_MM - 0.6,
        LARGE_MM + 0.2,
        LARGE_MM,
    ),
    Question(
        "core_hole",
        "Right of it, dots of the tightest hole that an M3 screw cuts its thread in by hand and "
        "splits nothing",
        1,
        len(CORES_MM),
    ),
    Question(
        "tower_foot_mm",
        f"Width of the tower at the very bottom ({GAUGE_MM:g} as drawn)",
        GAUGE_MM - 0.4,
        GAUGE_MM + 0.8,
        GAUGE_MM,
    ),
    Question(
        "tower_top_mm",
        f"Width of the tower near its top, the same way ({GAUGE_MM:g} as drawn)",
        GAUGE_MM - 0.4,
        GAUGE_MM + 0.4,
        GAUGE_MM,
    ),
    Question(
        "tower_height_mm",
        f"Height of the tower ({SIZE_MM[2]:g} as drawn)",
        SIZE_MM[2] - 0.2,
        SIZE_MM[2] + 0.15,
        SIZE_MM[2],
    ),
    *BARS,
)
BY_KEY = {one.key: one for one in QUESTIONS}
TALL = Question(
    "tall_drawn_mm",
    f"Shrink upwards: height of a print of {LEAST_TALL_MM:g} mm or more that was made without a "
    "calibration, such as a frame, as its record says",
    LEAST_TALL_MM,
    MOST_TALL_MM,
)


def tall_read(drawn_mm: float, lost_mm: float) -> Question:
    """Return what to read off a tall print.

    Args:
        drawn_mm: its height as drawn.
        lost_mm: what the first layer loses in height.
    """
    low, high = (round(drawn_mm * (1 - pct / 100) - lost_mm, 2) for pct in reversed(UP_PCT))
    asks = f"The same height as it came out ({drawn_mm:g} as drawn)"
    return Question("tall_read_mm", asks, low, high, drawn_mm)
