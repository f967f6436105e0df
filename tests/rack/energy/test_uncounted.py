"""What a thing of `[pack]` draws is in no sum of the plan, and every sum says so."""

from pathlib import Path

import pytest

from catalog.load import Catalog
from rack.energy.words import power_words
from rack.read import plan_file

RACK = """\
version = 1
name = "lab"
rack = "19in"
height = "6U"

[[item]]
name = "node"
device = "raspberry-pi-4b"
count = 8
pose = "on-edge"
"""
THING = """
[[pack.thing]]
name = "switch"
device = "mikrotik-crs326-24g-2s-plus-rm"
"""


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ("", None),
        (THING, 24.0),  # as the maker's page has it, in the catalogue
        (THING + "power_w = 19.5\n", 19.5),
        (THING.replace('device = "mikrotik-crs326-24g-2s-plus-rm"', 'height = "1U"'), None),
    ],
)
def test_sums_say_what_is_not_in_them(
    more: str, said: float | None, tmp_path: Path, catalog: Catalog
) -> None:
    file = tmp_path / "rack.toml"
    file.write_text(RACK + more, encoding="utf-8")
    plan = plan_file(file, catalog).as_dict()
    power, words = plan["power"], power_words(plan["power"])
    known = catalog.board("raspberry-pi-4b").power
    assert known is not None
    assert known.max_w is not None
    peak = f"{8 * known.max_w:g} W"
    assert power["peak_w"] == pytest.approx(8 * known.max_w)
    if said is None:
        assert "uncounted" not in power
        assert words.endswith(f"peak {peak}")
    else:
        assert power["uncounted"] == {"switch": said}
        assert f"peak at least {peak}; without switch ({said:g} W at most)" in words
