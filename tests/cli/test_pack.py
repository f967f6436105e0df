"""`rackpress pack`: what it says of S1, of clashes, and of mistakes."""

import json
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from click.testing import CliRunner, Result

from cli.main import main

ROOT = Path(__file__).parent.parent.parent
S1 = ROOT / "examples" / "mini-rack.toml"
HEAD = 'version = 1\nname = "t"\nrack = "10in"\nheight = "{height}"\n'


def run(*words: str) -> Result:
    return CliRunner().invoke(main, ["pack", *words], catch_exceptions=False)


def written(folder: Path, body: str, height: str = "4U") -> str:
    path = folder / "t.toml"
    path.write_text(HEAD.format(height=height) + body, encoding="utf-8")
    return str(path)


def item(name: str, **keys: object) -> str:
    more = "".join(f"{key} = {json.dumps(value)}\n" for key, value in keys.items())
    return f'[[item]]\nname = "{name}"\nmount = "blank"\n{more}\n'


def test_s1_says_what_fits_the_8u_cabinet_together_and_what_must_go(tmp_path: Path) -> None:
    """Heights add up: 4.5U are taken, so of 1.5 + 2.5 + 1.5 + 1 + 4.5U two go in and not three."""
    picture = tmp_path / "s1.svg"
    result = run(str(S1), "--json", "--svg", str(picture))
    assert result.exit_code == 0
    told = json.loads(result.stdout)
    inside = {spot["thing"]: spot for spot in told["spots"]}
    assert {"switch", "pi", "nas", "cluster"} <= set(inside)
    assert (told["value"], told["bound"], told["proven"]) == (6, 6, True)
    assert sum(spot["height_u"] for spot in inside.values()) <= 8
    assert set(told["never"]) == {"apc-be600m1", "apple-macbook-pro-13-2009"}
    assert "qnap-ts-453d" in told["left_out"]
    assert told["swaps"]["qnap-ts-453d"] is None
    text = ET.tostring(ET.parse(picture).getroot(), encoding="unicode")  # noqa: S314 - our own
    assert all(name in text for name in inside)


def test_a_clash_says_which_wishes_and_what_goes_instead(tmp_path: Path) -> None:
    body = item("a", height="2U") + item("b", height="1.5U") + item("c", height="1U")
    result = run(written(tmp_path, body), "--json")
    told = json.loads(result.stdout)
    assert result.exit_code == 1
    assert told["clash"] == ["a is in", "b is in", "c is in"]
    assert told["instead"]["value"] == 2
    plain = run(written(tmp_path, body))
    assert "these" not in plain.stderr
    assert "stays out" in plain.stdout


def test_wishes_of_the_file_come_true(tmp_path: Path) -> None:
    body = "".join(item(name, height="1U") for name in "abcd")
    pack = '[pack]\nnear = [{items = ["a", "d"]}]\nfar = [{items = ["b", "c"], by_u = 2}]\n'
    path = written(tmp_path, body + pack)
    at = {s["thing"]: s["at_u"] for s in json.loads(run(path, "--json").stdout)["spots"]}
    assert {at["b"], at["c"]} == {1, 4}
    plan = CliRunner().invoke(main, ["check", path, "--json"], catch_exceptions=False)
    assert plan.exit_code == 0
    assert {m["label"]: m["at_u"] for m in json.loads(plan.stdout)["modules"]} == at


def test_a_plan_says_which_wishes_clash(tmp_path: Path) -> None:
    body = item("a", height="1U", at_u=1) + item("b", height="1U", at_u=4)
    path = written(tmp_path, body + '[pack]\nnear = [{items = ["a", "b"], within_u = 1}]\n')
    result = CliRunner().invoke(main, ["check", path], catch_exceptions=False)
    assert result.exit_code == 2
    assert "a and b are at most 1U apart" in result.stderr


def test_a_place_is_found_where_the_order_of_the_file_finds_none(tmp_path: Path) -> None:
    """1 + 1.5 + 1 + 1.5U fill 5U exactly; whole units on whole ones leave half a unit twice."""
    body = "".join(
        item(n, height=h) for n, h in zip("abcd", ("1U", "1.5U", "1U", "1.5U"), strict=True)
    )
    path = written(tmp_path, body, "5U")
    result = CliRunner().invoke(main, ["check", path, "--json"], catch_exceptions=False)
    assert result.exit_code == 0
    spans = sorted((m["at_u"], m["height_u"]) for m in json.loads(result.stdout)["modules"])
    assert [at for at, _ in spans] == [1 + sum(high for _, high in spans[:i]) for i in range(4)]


def test_several_racks_and_both_faces(tmp_path: Path) -> None:
    body = "".join(item(name, height="2U") for name in "abcdef")
    path = written(tmp_path, body)
    told = json.loads(run(path, "--goal", "fewest-racks", "--racks", "4", "--json").stdout)
    assert (told["value"], told["proven"]) == (3, True)
    told = json.loads(run(path, "--rear", "--depth", "400mm", "--racks", "2", "--json").stdout)
    assert {spot["face"] for spot in told["spots"]} == {"front", "rear"}


@pytest.mark.parametrize(
    ("words", "body", "said"),
    [
        (("--goal", "mots"), item("a"), "did you mean 'most'?"),
        (("--rear",), item("a"), "--depth 600mm"),
        ((), item("alpha") + '[pack]\nnear = [{items = ["alpha", "alpa"]}]\n', "'alpha'?"),
        ((), item("a") + '[pack]\nfar = [{items = ["a", "a"]}]\n', "named twice"),
        ((), item("a") + "[pack]\npower_w = -1\n", "pack.power_w"),
        (("--svg", "a.png"), item("a"), "a name that ends in .svg"),
    ],
)
def test_mistakes_are_told(tmp_path: Path, words: tuple[str, ...], body: str, said: str) -> None:
    result = run(written(tmp_path, body), *words)
    assert result.exit_code == 2
    assert said in result.stderr
    assert not (tmp_path / "a.png").exists()


def test_a_tray_with_a_power_board_of_the_file_is_packed_as_well(tmp_path: Path) -> None:
    board = '[[power_board]]\nname = "p"\noutputs = 4\namps = 1.0\n'
    held = '[[item]]\nname = "held"\nmount = "tray"\npower_board = "p"\n'
    result = run(written(tmp_path, item("closed") + held + board), "--json")
    assert result.exit_code == 0, result.output
    assert {spot["thing"] for spot in json.loads(result.stdout)["spots"]} == {"closed", "held"}
