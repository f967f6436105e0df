"""The loader: lazy, and helpful about names."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import catalog.validate
from catalog.load import Catalog, load_catalog
from catalog.problems import InputError


@pytest.fixture
def reads(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """The files that are parsed, in order."""
    found: list[Path] = []
    real = catalog.validate.read_toml

    def counting(path: Path, where: str, most: int):
        found.append(path)
        return real(path, where, most)

    monkeypatch.setattr(catalog.validate, "read_toml", counting)
    return found


def test_nothing_is_read_before_it_is_asked_for(reads: list[Path]):
    load_catalog()
    assert reads == []


def test_one_board_reads_one_file(reads: list[Path]):
    facts = load_catalog()
    board = facts.board("raspberry-pi-5")
    assert [path.name for path in reads] == ["raspberry-pi-5.toml"]
    assert facts.board("raspberry-pi-5") is board
    assert len(reads) == 1


def test_an_alias_reads_few_files(reads: list[Path]):
    assert load_catalog().board("rockpro64").id == "pine64-rockpro64"
    assert len(reads) <= 3


def test_a_table_reads_its_file_once(reads: list[Path]):
    facts = load_catalog()
    assert facts.fan("40x20") is facts.fans["40x20"]
    assert [path.name for path in reads] == ["fans.toml"]


def test_mappings_are_sorted():
    facts = load_catalog()
    for mapping in (facts.devices, facts.boards, facts.boxes, facts.fans, facts.racks):
        assert list(mapping) == sorted(mapping)
    assert set(facts.devices) == {*facts.boards, *facts.boxes, *facts.blades}


def test_every_alias_finds_its_device():
    facts = load_catalog()
    for device in facts.devices.values():
        for alias in device.aliases:
            assert load_catalog().device(alias).id == device.id, alias


def test_catalog_is_frozen():
    facts = load_catalog()
    with pytest.raises(AttributeError):
        facts.layers = ()  # pyright: ignore[reportAttributeAccessIssue]


FACTS = load_catalog()
LOOKUPS = (
    "device", "board", "box", "blade", "rack", "standard", "fan", "psu", "ups", "printer",
    "material", "insert", "screw", "hat", "form_factor", "drive", "plug", "connector", "source",
)  # fmt: skip


@pytest.mark.parametrize("lookup", LOOKUPS)
@given(name=st.text(max_size=20))
def test_no_name_breaks_a_lookup(lookup: str, name: str):
    try:
        getattr(FACTS, lookup)(name, where="rack.toml", key="rack.name")
    except InputError as error:
        (problem,) = error.problems
        assert problem.where == "rack.toml"
        assert problem.key == "rack.name"
        assert problem.nearest


@pytest.mark.parametrize("lookup", LOOKUPS)
def test_every_entry_is_found_by_its_id(lookup: str):
    odd = {"box": "boxes", "ups": "upses", "efficiency": "efficiencies"}
    plural = odd.get(lookup, f"{lookup}s")
    for name, record in getattr(FACTS, plural).items():
        assert getattr(FACTS, lookup)(name) == record


@pytest.mark.parametrize(
    ("lookup", "typo", "meant"),
    [
        ("board", "raspbery-pi-5", "raspberry-pi-5"),
        ("box", "netgear-gs-308", "netgear-gs308"),
        ("fan", "40x2O", "40x20"),
        ("rack", "lab-rax", "labrax"),
        ("rack", "10-in", "10in"),
        ("material", "petgg", "petg"),
        ("screw", "M2-5", "M2.5"),
        ("printer", "prusa-mk4", "prusa-mk4s"),
        ("psu", "meanwell-lrs350", "meanwell-lrs-350"),
    ],
)
def test_a_slip_is_answered_with_the_right_name(lookup: str, typo: str, meant: str):
    with pytest.raises(InputError) as caught:
        getattr(FACTS, lookup)(typo)
    assert caught.value.problems[0].nearest == f"did you mean {meant!r}?"


def test_a_box_asked_for_as_a_board_is_told_its_part():
    with pytest.raises(InputError, match=r"is a box, not a board(?s:.*)shelf"):
        FACTS.board("netgear-gs308")
    with pytest.raises(InputError, match=r"is a board, not a box"):
        FACTS.box("raspberry-pi-5")
    with pytest.raises(InputError, match=r"is a blade, not a board"):
        FACTS.board("compute-blade")


@pytest.mark.parametrize("name", ["19in", "10in", "10in-250"])
def test_a_standard_serves_as_a_rack_of_any_depth(name: str):
    rack = FACTS.rack(name)
    assert rack.standard == name
    assert rack.clear_depth_mm is None
    assert rack.height_u is None


def test_a_standard_known_in_part_says_what_is_missing():
    for lookup in (FACTS.rack, FACTS.standard):
        with pytest.raises(InputError, match="hole pitch unknown"):
            lookup("6in")


def test_threads_are_found_as_people_write_them():
    assert FACTS.screw("10-32") == FACTS.screw("#10-32")
    assert FACTS.screw("m3") == FACTS.screw("M3")
    assert FACTS.insert("M3").thread == "M3"
    assert FACTS.insert("M3 short").length_mm < FACTS.insert("M3").length_mm


def test_the_environment_names_an_overlay(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("RACKPRESS_CATALOG", str(tmp_path / "absent"))
    with pytest.raises(InputError, match="no such folder"):
        load_catalog()
    monkeypatch.setenv("RACKPRESS_CATALOG", "")
    assert isinstance(load_catalog(), Catalog)
