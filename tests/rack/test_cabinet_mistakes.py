"""What is wrong with cabinets and faces is told with place and cure; what the commands tell."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from cli.main import main

MISTAKES = [
    ('cabinet = "sied"', "item[0] (switch).cabinet", "did you mean 'side'?"),
    ('cabinet = "side"\nat_u = 9', "item[0] (switch).at_u", "at_u = 4 is free in side"),
    ('face = "back"', "item[0] (switch).face", "front"),
    ('mount = "wall"\nface = "rear"', "item[0] (switch).face", "leave out face"),
]


@pytest.mark.parametrize(("line", "key", "near"), MISTAKES)
def test_mistakes_are_told_with_place_and_cure(
    tmp_path: Path, line: str, key: str, near: str
) -> None:
    body = f'[[item]]\nname = "switch"\ndevice = "netgear-gs308"\n{line}\n'
    said = _refused(tmp_path, f"{CABINETS}{body}")
    assert key in said
    assert near in said


CABINETS = (
    'version = 1\nname = "t"\nrack = "deskpi-rackmate-t2"\n[[cabinet]]\nname = "main"\n'
    '[[cabinet]]\nname = "side"\nrack = "deskpi-rackmate-t0"\n'
)
NAS = '[[item]]\nname = "{}"\ndevice = "netgear-gs308"\nat_u = 2\ncabinet = "side"\n'


@pytest.mark.parametrize(
    ("body", "told"),
    [
        (
            CABINETS + NAS.format("a") + NAS.format("b") + 'face = "rear"\n',
            ("item[1] (b).at_u", "120 and 120 mm deep", "180 mm are between", "at_u = 1 is free"),
        ),
        (
            CABINETS.replace("t0", "t1x"),
            ("cabinet[1] (side).rack", "deskpi-rackmate-t1"),
        ),
        (
            CABINETS.replace("deskpi-rackmate-t0", "labrax"),
            ("cabinet[1] (side).rack", "the posts of labrax are not those", "leave out rack"),
        ),
        (CABINETS.replace('"side"', '"main"'), ("cabinet[1] (main).name", 'name = "main-2"')),
        (
            CABINETS + 'height = "5U"\n',
            ("cabinet[1] (side).height", "the largest value that works is 4U"),
        ),
        (CABINETS.replace('"main"\n', '"main"\ngap = 5\n'), ("cabinet[0] (main).gap", "leave out")),
        (
            CABINETS + NAS.format("a") + '[[pack.stand]]\nitem = "a"\nrack = "sdie"\n',
            ("pack.stand[0].rack", "did you mean 'side'?"),
        ),
        (
            CABINETS + '[pack]\n[[pack.rack]]\nname = "x"\n',
            ("pack.rack", "leave out one of the two"),
        ),
        (
            CABINETS.split("[[", maxsplit=1)[0] + NAS.format("a"),
            ("item[0] (a).cabinet", "lists no [[cabinet]]"),
        ),
        (
            'version = 1\nname = "t"\nrack = "10in"\nheight = 4\n'
            + NAS.format("a").replace('cabinet = "side"', 'face = "rear"'),
            ("item[0] (a).face", 'depth = "600mm" under [pack]'),
        ),
        (
            CABINETS.replace("deskpi-rackmate-t2", "10in").split('rack = "deskpi-rackmate-t0"')[0],
            ("cabinet[0] (main).height", "cabinet[1] (side).height", 'add height = "8U"'),
        ),
    ],
)
def test_mistakes_of_cabinets_are_told(tmp_path: Path, body: str, told: tuple[str, ...]) -> None:
    said = _refused(tmp_path, body)
    for words in told:
        assert words in said


def _refused(folder: Path, body: str) -> str:
    (folder / "t.toml").write_text(body, encoding="utf-8")
    result = CliRunner().invoke(main, ["check", str(folder / "t.toml")])
    assert result.exit_code == 2, result.output
    return result.stderr


def test_pack_fills_the_cabinets_of_the_file(tmp_path: Path) -> None:
    path = tmp_path / "t.toml"
    body = f'{CABINETS}{NAS.format("a")}face = "rear"\n{NAS.format("b")}'.replace("at_u = 2\n", "")
    path.write_text(body, encoding="utf-8")
    result = CliRunner().invoke(main, ["pack", str(path), "--json"])
    assert result.exit_code == 0, result.output
    spots = {s["thing"]: s for s in json.loads(result.stdout)["spots"]}
    assert {s["cabinet"] for s in spots.values()} == {"side"}
    assert [spots[name]["face"] for name in "ab"] == ["rear", "front"]
    units = [spots[name]["at_u"] for name in "ab"]
    assert units[0] != units[1], "240 mm do not go into 180"
    refused = CliRunner().invoke(main, ["pack", str(path), "--racks", "2"])
    assert refused.exit_code == 2
    assert "leave out --racks, or cabinet" in refused.stderr


def test_check_tells_cabinets_and_posts(tmp_path: Path) -> None:
    path = tmp_path / "t.toml"
    path.write_text(f'{CABINETS}{NAS.format("a")}face = "rear"\n', encoding="utf-8")
    said = CliRunner().invoke(main, ["check", str(path)]).stdout
    head, row, *_ = said.splitlines()[1:]
    assert head.split()[0] == "cabinet"
    assert row.split()[0] == "side"
    assert row.split()[-1] == "rear"
    assert "side: 0 of 4U used, 4U free" in said, "free units are those at the front"


def test_diff_tells_what_else_is_bought(tmp_path: Path) -> None:
    one, two = tmp_path / "one.toml", tmp_path / "two.toml"
    pi = '[[item]]\nname = "pi"\ndevice = "raspberry-pi-4b"\ncabinet = "{}"\n'
    one.write_text(CABINETS + NAS.format("a") + pi.format("side"), encoding="utf-8")
    board = "[[power_board]]\noutputs = 1\namps = 1\n"
    two.write_text(CABINETS + NAS.format("a") + pi.format("main") + board, encoding="utf-8")
    run = CliRunner().invoke(main, ["diff", str(one), str(two)])
    said = run.stdout.splitlines()
    assert "patch cable, 0.5 m: 0 instead of 1" in said
    assert "patch cable, 1.5 m: 1 instead of 0" in said  # 10U, 282 + 222 + 100 mm: 1.05 m
    assert "pi: moves from side, unit 4, to main, unit 12" in said
    (cost,) = (line for line in said if line.startswith("bought: "))
    assert cost.endswith("without devices, prints and their screws")
