"""Rows of keystone seats behind a panel that is printed on its face.

No maker publishes a drawing that all jacks obey. The figures are what printed seats that are in use
agree on (unconfirmed; print one row before a whole panel):
opening 14.5 x 16.1 (tomasf/Keystone; 14.4 DeskPi DP-0034; 14.7 x 16.4 homeracker after P. Hatcher;
14.9 x 17 VoronDesign/Voron-Trident#94), latch ledge 8.35 to 8.4 behind the face (jazwa/rackstack,
tomasf), rear opening 19.3 to 19.5 (homeracker, Voron-Trident#94), latch up to 4.4 over the body
(rackstack), anchor 1.35 to 1.8 under it (homeracker, tomasf).
"""

from dataclasses import dataclass

from mounts.geometry.flat import Loop, Point, polygon, rectangle
from mounts.geometry.sheet import Sheet

JACK_MM = (14.5, 16.1)  # the jack's body where it passes the front: width, height
PLAY_MM = 0.3  # added to both: what a printed hole loses, and a little
LIP_MM = 1.2  # the front edge a jack's face is seen through
SWING_MM = 1.8  # over the opening, where the lip ends: the jack swings in on its anchor
LEDGE_MM = 8.4  # front of the ledge that anchor and latch hook behind
LEDGE_THICK_MM = 2.0
REAR_MM = 19.4  # rear opening, from the anchor's edge upwards
ANCHOR_MM = 1.5
LATCH_MM = 4.5
SIDE_MM = 2.4  # wall beside a jack
WALL_MM = 1.6  # under the anchor, over the latch
BELOW_MM = ANCHOR_MM + WALL_MM
SEAT_HEIGHT_MM = BELOW_MM + JACK_MM[1] + PLAY_MM + LATCH_MM + WALL_MM
EDGE_MM = 1.2  # where a panel is lower than a seat: the ledge's strip above and below
WIDTH_MM = JACK_MM[0] + PLAY_MM
PITCH_MM = WIDTH_MM + SIDE_MM  # the nearest two jacks stand, middle to middle


@dataclass(frozen=True)
class SeatRow:
    """A row of seats in a panel: everything drawn across the row, walls between the jacks.

    Args:
        xs: the jacks' middles, mm.
        z: the edge that the anchors hook under.
        box: what the row fills behind the panel: x and z of two corners.
        panel_mm: the panel's thickness.
        slim: anchor and latch stand free above and below, as the panel is no higher.
        play_mm: round a jack, each side; rows keep their pitch whatever it is.
    """

    xs: tuple[float, ...]
    z: float
    box: tuple[float, float, float, float]
    panel_mm: float
    slim: bool
    play_mm: float = PLAY_MM / 2

    @property
    def wide_mm(self) -> float:
        """Width of one opening."""
        return JACK_MM[0] + 2 * self.play_mm

    @property
    def opening_top_mm(self) -> float:
        """Upper edge of the openings, z."""
        return self.z + JACK_MM[1] + 2 * self.play_mm

    @property
    def rear_top_mm(self) -> float:
        """Upper edge of the openings in the ledge, z: where the latch hooks."""
        return min(self.z + REAR_MM, self.box[3] - EDGE_MM)

    @property
    def inner_mm(self) -> tuple[float, float]:
        """The outer edges of the first and the last opening, x."""
        return self.xs[0] - self.wide_mm / 2, self.xs[-1] + self.wide_mm / 2

    def window(self) -> Loop:
        """Return the hole in the panel that the whole row needs; walls and lip fill it again."""
        low, high = self.inner_mm
        return rectangle((low, self.z), (high, self.opening_top_mm + SWING_MM))

    def sheets(self) -> list[Sheet]:
        """Return lip, ledges and walls."""
        low, high = self.box[0], self.box[2]
        rails = [polygon(points) for points in self._rails()]
        inner = self.inner_mm
        lip = Sheet("yz", polygon(self._lip()), inner[0] - 0.5, inner[1] + 0.5)
        return [lip, *(Sheet("yz", rail, low, high) for rail in rails), *self._walls()]

    def _lip(self) -> list[Point]:
        """The front edge over the openings, sloped behind at 45 degrees or steeper."""
        low, high = self.opening_top_mm, self.opening_top_mm + SWING_MM
        back = self.panel_mm
        return [(0, low), (LIP_MM, low), (back, high), (back, high + 0.5), (0, high + 0.5)]

    def _rails(self) -> list[list[Point]]:
        """The ledge and its walls, below and above the jacks."""
        front, ledge, end = self.panel_mm - 0.5, LEDGE_MM, LEDGE_MM + LEDGE_THICK_MM
        low, high, rear = self.box[1], self.box[3], self.rear_top_mm
        if self.slim:
            below = [(ledge, low), (end, low), (end, self.z), (ledge, self.z)]
            return [below, [(ledge, rear), (end, rear), (end, high), (ledge, high)]]
        floor, roof = self.z - ANCHOR_MM, self.opening_top_mm + LATCH_MM
        below = [(front, low), (end, low), (end, self.z), (ledge, self.z), (ledge, floor)]
        above = [(front, high), (end, high), (end, rear), (ledge, rear), (ledge, roof)]
        return [[*below, (front, floor)], [*above, (front, roof)]]

    def _walls(self) -> list[Sheet]:
        """Walls between the jacks, and one at each end."""
        half = self.wide_mm / 2
        front, end = self.panel_mm - 0.5, LEDGE_MM + LEDGE_THICK_MM
        low, high = self.box[1], self.box[3]
        bottom, top = self.z - 0.5, self.opening_top_mm + SWING_MM + 0.5
        outer = polygon([(front, low), (end, low), (end, high), (front, high)])
        inner = polygon(
            [
                *((0, bottom), (front, bottom), (front, low), (end, low)),
                *((end, high), (front, high), (front, top), (0, top)),
            ]
        )
        between = [
            Sheet("yz", inner, a + half, b - half)
            for a, b in zip(self.xs, self.xs[1:], strict=False)
        ]
        ends = [(self.box[0], self.inner_mm[0]), (self.inner_mm[1], self.box[2])]
        return [*between, *(Sheet("yz", outer, a, b) for a, b in ends)]
