"""What the record of a seam says to do, and the glue that is bought for it."""

import pytest

from mounts.recipe import Recipe
from mounts.split.joining import glue, joining
from mounts.split.made import make_fitting
from tests.mounts import kit
from tests.mounts.kit import PI, Wish

# What joins the pieces, and a word that has to be said of it.
SAID = {
    "dovetail": "push the pieces into each other",
    "bolted flange": "bolt",
    "hinge with a pin": "pin",
    "to be glued": "glue",
}
CASES = [
    (Wish("shelf", "netgear-gs308", "10in"), "prusa-mini"),
    (Wish("panel", None, "10in"), "generic-150"),
    (Wish("blank", None, "10in", 1, (("vents", True),)), "generic-150"),
    (Wish("frame", PI, "10in", 2, (("pose", "on-edge"),)), "generic-150"),
]


@pytest.mark.parametrize(("wish", "printer"), CASES, ids=str)
def test_every_joint_is_told_and_glue_is_bought_if_any_wants_it(wish: Wish, printer: str) -> None:
    sample, facts = kit.sample(wish), kit.catalog()
    of = Recipe(sample.part, sample.spec, facts.printer(printer), facts.material("petg"))
    record = make_fitting(of, []).record
    assert record["seams"]
    for seam in record["seams"]:
        told = joining(seam)
        for joint in seam["joints"]:
            assert any(word in told for key, word in SAID.items() if key in joint), (joint, told)
    wants = any("glue" in joint for seam in record["seams"] for joint in seam["joints"])
    bought = [one for one in record["hardware"] if one["kind"] == "glue"]
    assert len(bought) == wants
    assert all("PETG" in one["what"] for one in bought)


def test_no_glue_is_bought_for_dovetails() -> None:
    assert glue([("dovetail",), ("bolted flange", "dovetail")], "asa") == ()
