"""The page of parts: every part on it once, lit where it lies; in Chromium by mouse and by keys."""

import re
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings

from pcb.board.place import lay_out
from pcb.fab.bom import rows
from pcb.model import circuit
from pcb.page.drawing import Side, board_svg
from pcb.page.parts import parts_html
from pcb.spec import BoardSpec
from tests.browser import complaints, legible, seen
from tests.pcb.boards import boards
from tests.rack.page import Page

Make = Callable[..., BoardSpec]


@given(boards())
@settings(max_examples=12)
def test_every_part_is_drawn_once_on_each_side_and_ticked_once(spec: BoardSpec) -> None:
    made = circuit(spec)
    layout, refs = lay_out(made), {part.ref for part in made.parts}
    page = Page(parts_html(made, layout))
    assert page.open == []
    drawn = [one["data-ref"] for one in page.all("g") if one.get("class") == "part"]
    assert sorted(map(str, drawn)) == sorted([*refs, *refs])
    drilled = {put.ref for put in layout.parts if any(pad.drill for pad in put.footprint.pads)}
    lit = [one for one in page.all("rect") if one.get("class") == "hit"]
    assert len(lit) == len(refs) + len(refs & drilled), "the back lights up what can be seen there"
    ticked = [one["data-ref"] for one in page.all("input") if "data-ref" in one]
    assert ticked == [ref for row in rows(made) for ref in row.refs]


def test_the_back_is_turned_about_the_upright_axis(spec: Make) -> None:
    """A hole's places on both pictures add up to the width, and are as high."""
    made = circuit(spec())
    layout = lay_out(made)
    wide = layout.size[0]

    def holes(side: Side) -> Counter[tuple[float, float]]:
        drawn = [
            [float(one[key] or 0) for key in ("x", "width", "y")]
            for one in Page(board_svg(made, layout, side)).all("rect")
            if one["class"] == "drill"
        ]
        middles = ((x + across / 2, y) for x, across, y in drawn)
        return Counter(
            (round(x if side == "front" else wide - x, 1), round(y, 2)) for x, y in middles
        )

    assert holes("front") == holes("back")
    assert holes("front").total() > 10


def test_the_same_board_gives_the_same_page_and_another_one_other_ticks(spec: Make) -> None:
    def page(**values: int) -> str:
        made = circuit(spec(**values))
        return parts_html(made, lay_out(made))

    assert page() == page()
    keys = {re.findall(r'data-key="([^"]+)"', page(outputs=count))[0] for count in (1, 2, 3)}
    assert len(keys) == 3


# ---- in Chromium

TRY = """
addEventListener('load', () => {
  const lit = () => [...new Set([...document.querySelectorAll('.part.on')]
    .map(part => part.dataset.ref))].sort().join(' ');
  const press = (key, on = document.body) =>
    on.dispatchEvent(new KeyboardEvent('keydown', {key, bubbles: true, cancelable: true}));
  const placed = () => document.querySelector('#placed').textContent;
  const told = {start: placed(), none: lit()};
  document.querySelector('.kind[data-refs="F1 F2"] .pick').click();
  told.fuses = lit();
  press('Escape');
  told.escaped = lit();
  press('ArrowDown');
  told.first = lit();
  told.focused = document.activeElement.className;
  press('ArrowUp');
  told.last = lit();
  const tick = document.querySelector('input[data-ref=F2]');
  tick.click();
  told.one = [placed(), lit()];
  const all = document.querySelector('.kind[data-refs="F1 F2"] .all input');
  told.half = all.indeterminate;
  all.click();
  told.both = [placed(), all.checked];
  document.querySelector('.part[data-ref=J1]').dispatchEvent(new MouseEvent('click',
    {bubbles: true}));
  told.part = lit();
  const find = document.querySelector('#find');
  press('/');
  told.finding = document.activeElement === find;
  find.value = 'r2';
  find.dispatchEvent(new Event('input'));
  told.found = lit();
  find.value = 'keystone';
  find.dispatchEvent(new Event('input'));
  told.left = [...document.querySelectorAll('.kind:not([hidden])')].map(k => k.dataset.refs);
  find.value = 'nobody';
  find.dispatchEvent(new Event('input'));
  told.nothing = !document.querySelector('#none').hidden;
  press('Escape', find);
  press('b');
  told.sides = [...document.querySelectorAll('.look svg')].map(svg => svg.hasAttribute('hidden'));
  told.kept = localStorage.getItem(document.body.dataset.key);
  document.querySelector('#clear').click();
  told.cleared = placed();
  document.title = JSON.stringify(told);
});
"""


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The page of two outputs, in a folder of its own."""
    made = circuit(BoardSpec(outputs=2, name="b"))
    path = tmp_path_factory.mktemp("parts") / "out" / "b-parts.html"
    path.parent.mkdir()
    path.write_text(parts_html(made, lay_out(made)), encoding="utf-8")
    return path


def test_parts_are_lit_ticked_and_found(page: Path, chromium: Path) -> None:
    told, messages = seen(chromium, page, TRY, "--window-size=1440,1000")
    assert complaints(messages) == []
    assert (told["start"], told["none"]) == ("0 of 10 placed", "")
    assert told["fuses"] == "F1 F2"
    assert (told["escaped"], told["first"], told["last"]) == ("", "D1 D2", "R1 R2")
    assert told["focused"] == "pick"
    assert (told["one"], told["half"]) == (["1 of 10 placed", "F2"], True)
    assert told["both"] == ["2 of 10 placed", True]
    assert (told["part"], told["finding"], told["found"]) == ("J1", True, "R2")
    assert told["left"] == ["F1 F2"]
    assert told["nothing"] is True
    assert told["sides"] == [True, False]
    assert sorted(told["kept"].split()) == ["F1", "F2"]
    assert told["cleared"] == "0 of 10 placed"


@pytest.mark.parametrize(("width", "dark"), [(390, True), (1440, False)])
def test_it_is_legible_and_asks_nobody(
    page: Path, chromium: Path, width: int, dark: bool, tmp_path: Path
) -> None:
    found = legible(chromium, page, width, dark=dark, log=tmp_path / "net.json")
    assert found["all"] > 10
