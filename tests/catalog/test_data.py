"""The facts themselves: laws they obey, and figures read from makers and standards, not from us."""

import itertools
import tomllib
from importlib import resources

import pytest

from catalog.check import check_catalog, tables
from catalog.load import DATA, Catalog, load_catalog
from catalog.models import Board, Fact
from catalog.store import FOLDERS, TABLE_FILES

INCH = 25.4
CATALOG = load_catalog()


@pytest.fixture(scope="module")
def catalog() -> Catalog:
    return CATALOG


def test_nothing_in_the_catalogue_breaks_a_rule(catalog: Catalog):
    assert [str(problem) for problem in check_catalog(catalog)] == []


def test_every_file_is_reached():
    on_disk = {path.relative_to(DATA).as_posix() for path in DATA.rglob("*") if path.is_file()}
    devices = {f"{path.parent.name}/{path.name}" for path in DATA.glob("*/*.toml")}
    assert on_disk == devices | set(TABLE_FILES)
    assert {path.split("/")[0] for path in devices} == set(FOLDERS)
    assert len(CATALOG.devices) == len(devices)


def test_data_travels_with_the_package():
    names = {entry.name for entry in resources.files("catalog").joinpath("data").iterdir()}
    assert set(TABLE_FILES) | set(FOLDERS) <= names


def test_every_table_has_a_field_of_the_catalogue():
    assert {table.file for table in tables().values()} == set(TABLE_FILES)
    for name in tables():
        assert len(getattr(CATALOG, name)) > 0, name


@pytest.mark.parametrize("path", sorted(DATA.rglob("*.toml")), ids=lambda path: path.stem)
def test_reading_loses_nothing(path):
    """What a record holds is what its file says, key for key."""
    data = tomllib.loads(path.read_text(encoding="utf-8"))
    data.pop("version")
    if path.parent != DATA:
        pairs = [(CATALOG.device(path.stem), data)]
    else:
        lookup = {(t.file, t.key): t.store(CATALOG).sorted for t in tables().values()}
        pairs = [(lookup[path.name, key][row["id"]], row) for key in data for row in data[key]]
    for record, written in pairs:
        assert _plain(record, written) == written


def _plain(record: Fact, written: dict[str, object]) -> dict[str, object]:
    """Return a record as its file would write it: given keys only, tuples as lists."""
    given = record.model_dump(mode="json", exclude_unset=True)
    assert set(given) == set(written)
    return given


@pytest.mark.parametrize(
    "name", ["raspberry-pi-5", "raspberry-pi-4b", "raspberry-pi-3b-plus", "raspberry-pi-3a-plus"]
)
def test_raspberry_pi_holes(name: str, catalog: Catalog):
    """Raspberry Pi's mechanical drawings: 58 × 49 mm between centres, 3.5 mm from two edges."""
    board = catalog.board(name)
    mounts = {(hole.x_mm, hole.y_mm) for hole in board.holes if hole.use == "mount"}
    assert mounts == {(3.5, 3.5), (3.5, 52.5), (61.5, 3.5), (61.5, 52.5)}
    assert board.hole_screw == "M2.5"
    assert board.board.y_mm == 56


def test_raspberry_pi_outlines(catalog: Catalog):
    assert catalog.board("raspberry-pi-4b").board.x_mm == 85
    assert catalog.board("raspberry-pi-5").board.x_mm == 85
    zero = catalog.board("raspberry-pi-zero-2w").board
    assert (zero.x_mm, zero.y_mm) == (65, 30)  # its drawing


def test_beaglebone_holes_are_its_drill_hits(catalog: Catalog):
    """NC drill file of rev C, inches."""
    hits = {(0.575, 0.125), (0.575, 2.025), (3.175, 0.250), (3.175, 1.900)}
    holes = catalog.board("beaglebone-black").holes
    found = {(round(hole.x_mm / INCH, 3), round(hole.y_mm / INCH, 3)) for hole in holes}
    assert found == hits


def test_mini_itx_is_on_the_tenth_inch_grid(catalog: Catalog):
    """Mini-ITX addendum to ATX: 6.2 in across, rear holes 0.9 in apart in depth."""
    form = catalog.form_factor("mini-itx")
    assert (form.x_mm, form.y_mm) == (170, 170)
    xs = sorted({hole.x_mm for hole in form.holes})
    ys = sorted({hole.y_mm for hole in form.holes})
    assert xs[1] - xs[0] == pytest.approx(6.2 * INCH)
    assert ys[1] - ys[0] == pytest.approx(0.9 * INCH)
    assert ys[2] - ys[0] == pytest.approx(6.1 * INCH)
    assert [(h.x_mm, h.y_mm) for h in catalog.board("turing-pi-2").holes] == [
        (h.x_mm, h.y_mm) for h in form.holes
    ]


ISO_273 = {  # fine, medium, coarse
    "M2": (2.2, 2.4, 2.6),
    "M2.5": (2.7, 2.9, 3.1),
    "M3": (3.2, 3.4, 3.6),
    "M4": (4.3, 4.5, 4.8),
    "M5": (5.3, 5.5, 5.8),
    "M6": (6.4, 6.6, 7.0),
    "M8": (8.4, 9.0, 10.0),
}
ISO_261_PITCH = {"M2": 0.4, "M2.5": 0.45, "M3": 0.5, "M4": 0.7, "M5": 0.8, "M6": 1.0, "M8": 1.25}


@pytest.mark.parametrize("thread", ISO_273)
def test_metric_clearance_is_iso_273_and_core_is_diameter_less_pitch(thread: str, catalog: Catalog):
    screw = catalog.screw(thread)
    assert (screw.close_mm, screw.normal_mm, screw.loose_mm) == ISO_273[thread]
    core = float(thread[1:]) - ISO_261_PITCH[thread]
    assert screw.tap_soft_mm == pytest.approx(core, abs=0.051)


@pytest.mark.parametrize("number", [6, 10, 12])
def test_numbered_screws_have_their_formula(number: int, catalog: Catalog):
    """ASME B1.1: major diameter of a numbered screw is 0.060 + 0.013 n inch."""
    (screw,) = (s for s in catalog.screws.values() if s.thread.startswith(f"#{number}-"))
    assert screw.major_mm == pytest.approx((0.060 + 0.013 * number) * INCH, abs=0.001)


FAN_PITCHES = {40: 32, 50: 40, 60: 50, 70: 61.5, 80: 71.5, 92: 82.5, 120: 105}


def test_fans_have_the_usual_hole_pitch(catalog: Catalog):
    for fan in catalog.fans.values():
        assert fan.hole_pitch_mm == FAN_PITCHES[round(fan.size_mm)], fan.id


def test_fan_pressure_in_pascals(catalog: Catalog):
    """1 mmH2O is 9.80665 Pa: water of 1000 kg/m³ under standard gravity."""
    fan = catalog.fan("40x20")
    assert fan.static_mmh2o is not None
    assert fan.static_pa == pytest.approx(fan.static_mmh2o * 1e-3 * 1000 * 9.80665)


def test_rack_standards_are_whole_inches(catalog: Catalog):
    nineteen, ten = catalog.standard("19in"), catalog.standard("10in")
    assert nineteen.panel_width_mm == pytest.approx(19 * INCH)
    assert nineteen.opening_nominal_mm == pytest.approx(17.75 * INCH)
    assert nineteen.opening_mm == 450  # IEC 60297-3-100, minimum
    assert nineteen.hole_pitch_mm == pytest.approx(18.312 * INCH, abs=0.01)
    assert ten.panel_width_mm == pytest.approx(10 * INCH)
    assert ten.opening_mm == pytest.approx(8.75 * INCH)
    assert ten.hole_pitch_mm == pytest.approx(9.312 * INCH, abs=0.01)


def test_both_standards_put_the_hole_at_the_same_place_of_a_post(catalog: Catalog):
    """The hole is not in the middle of the post: half of pitch less opening, both the same."""
    nineteen, ten = catalog.standard("19in"), catalog.standard("10in")
    assert nineteen.opening_nominal_mm is not None
    assert nineteen.hole_pitch_mm - nineteen.opening_nominal_mm == pytest.approx(
        ten.hole_pitch_mm - ten.opening_mm, abs=0.01
    )
    for standard, opening in ((nineteen, nineteen.opening_nominal_mm), (ten, ten.opening_mm)):
        assert opening + 2 * standard.post_width_mm == pytest.approx(standard.panel_width_mm)


@pytest.mark.parametrize("letter", ["t0", "t1", "t2"])
def test_rackmates_open_by_their_units(letter: str, catalog: Catalog):
    """DP-0022, 0047, 0048: the opening is n units and 25.35 mm."""
    rack = catalog.rack(f"deskpi-rackmate-{letter}")
    assert rack.height_u is not None
    assert rack.opening_height_mm == pytest.approx(rack.height_u * 44.45 + 25.35)
    assert rack.standard == "10in"


def test_disks_are_those_of_the_standards(catalog: Catalog):
    """SFF-8201 and SFF-8301."""
    small, large = catalog.drive("2.5in"), catalog.drive("3.5in")
    assert small.width_mm == 69.85
    assert small.side_holes_mm[1] - small.side_holes_mm[0] == pytest.approx(76.6)
    assert large.width_mm == pytest.approx(4 * INCH)
    assert large.bottom_hole_pitch_mm == pytest.approx(3.75 * INCH)


def test_what_is_only_recalled_is_never_trusted_highly(catalog: Catalog):
    for device in catalog.devices.values():
        topics = {"geometry": ("holes", "board"), "case": ("case",), "power": ("power",)}
        for topic, trusts in topics.items():
            if device.sources.get(topic) == ("RECALL",):  # pyright: ignore[reportArgumentType]
                for trust in trusts:
                    level = device.confidence.get(trust, "none")  # pyright: ignore[reportArgumentType]
                    assert level not in ("high", "medium-high"), (device.id, trust)


def test_ids_and_aliases_name_one_device_each(catalog: Catalog):
    names = [*catalog.devices, *(a for d in catalog.devices.values() for a in d.aliases)]
    assert len(names) == len(set(names))


def test_holes_inside_outlines_counted_again(catalog: Catalog):
    """Independent of the checks: the disc of every hole lies in the rectangle."""
    boards = [board for board in catalog.devices.values() if isinstance(board, Board)]
    assert len(boards) >= 50
    for board in boards:
        for hole in board.holes:
            left, low = hole.x_mm - hole.d_mm / 2, hole.y_mm - hole.d_mm / 2
            assert left >= 0, board.id
            assert low >= 0, board.id
            assert left + hole.d_mm <= board.board.x_mm, board.id
            assert low + hole.d_mm <= board.board.y_mm, board.id
        for one, other in itertools.combinations(board.holes, 2):
            assert (one.x_mm, one.y_mm) != (other.x_mm, other.y_mm), board.id
