"""What the builders of the four systems asked for, looked up in a built report.

Their figures are written down here as they reported them; ours are read from `report.json`, and
each is reckoned again from others there or from the catalogue, so that none can be typed in.
"""

import re
from collections.abc import Callable, Mapping
from typing import Any

import pytest

Report = Mapping[str, Any]


def supplied(report: Report, case: str) -> list[tuple[float, float]]:
    """Return what every supply gives and takes in one case, W."""
    rows = [one[case] for one in report["plan"]["energy"]["supplies"]]
    return [(one["load_w"], one["wall_w"]) for one in rows]


def check_of(report: Report, about: str, words: str) -> Mapping[str, Any]:
    """Return the one check about something whose question has these words."""
    (found,) = [c for c in report["checks"] if c["about"] == about and words in c["asked"]]
    return found


def s1(report: Report, words: str) -> None:
    """He wants "a number with energy units": minutes at his real load, and Wh."""
    ups = report["plan"]["energy"]["ups"]
    held = ups["lasts"]["typical"]
    assert held["load_w"] == ups["loads"]["typical"]["watts_w"]
    assert held["delivered_wh"] == pytest.approx(held["load_w"] * held["minutes"] / 60, abs=0.2)
    # A lead battery's law (Peukert 1.2, 85 %, 15 W of its own) laid through 23 min at 100 W.
    drawn = (held["load_w"] / 0.85 + 15) / (100 / 0.85 + 15)
    assert held["minutes"] == pytest.approx(23 * drawn**-1.2, rel=0.005)
    assert held["least_min"] < held["minutes"] < held["most_min"]
    assert ups["battery_wh"] == 12 * 7
    assert 29 <= held["delivered_wh"] <= 48  # what seven such models deliver by their firmware
    assert f"{held['delivered_wh']:.0f} Wh of the battery's 84 Wh reach it" in words
    told = check_of(report, ups["name"], "hold, typical")
    assert told["result"] == "look", "what draws an unknown power is not in it"
    assert f"{held['delivered_wh']:g} Wh" in told["figure"]


def s2(report: Report, words: str) -> None:
    """Fifteen in 1U: the row is 2U; what does put 15 to 16 there; 100 to 150 USD."""
    (row,) = [one for one in report["plan"]["modules"] if one["label"] == "row"]
    assert (row["count"], row["height_u"]) == (15, 2)
    (flat,) = [r for r in report["fit"] if r["board"] == "raspberry-pi-4b" and r["height_u"] == 1]
    assert flat["count"] == flat["upper_bound"] == (450 // 56) * int(41.66 // 20.4)
    told = "\n".join(report["fit_notes"])
    assert "15 on edge at a 30 mm pitch is a 2U row" in told
    ways = told.partition("What puts 15 or more in 1U:\n")[2].splitlines()
    assert [int(line.split(":")[0]) for line in ways[:2]] == [28, 16]
    assert "What puts 15 or more in 1U:" in words
    bought = [r for r in report["bom"] if r["kind"] not in {"device", "hat"}]
    cost = sum(r["cost"] or 0.0 for r in bought)
    assert report["total"]["cost"] == pytest.approx(cost, abs=0.01)
    for one in bought:
        if one["pack"]:
            assert one["packs"] == -(-one["count"] // one["pack"]), "whole packs"
    wish = check_of(report, "all parts", "what it may")
    assert wish["limit"].startswith("150 ")
    assert (wish["result"] == "passed") == (cost <= 150)
    assert f"{report['total']['cost']:.0f} USD" in words


def s3(report: Report, words: str) -> None:
    """96 and 180 W for twelve, about 250 and 480 W for all, 90 %; 45 to 50 and 60 to 65 °C."""
    for case, twelve, every in (("idle", 96, 250), ("peak", 180, 480)):
        (pis, pis_wall), (x86, x86_wall) = supplied(report, case)
        assert pis == twelve
        assert pis + x86 == pytest.approx(every, rel=0.02)
        assert pis_wall + x86_wall == pytest.approx((pis + x86) / 0.9, abs=0.1)
        assert f"{report['plan']['power'][f'{case}_w']:g} W" in words
    boards = report["plan"]["climate"]["boards"]
    for case, low, high in (("idle", 45, 50), ("peak", 60, 65)):
        for stack in boards[case]:
            watts = {"idle": 8, "peak": 15}[case]
            assert stack["watts_w"] == watts
            assert stack["soc_most_c"] == pytest.approx(25 + 2.5 * watts, abs=0.1)
            assert low <= stack["soc_most_c"] <= high < stack["limit_c"]
            assert f"{stack['soc_most_c']:.0f}" in words
    assert len(boards["idle"]) == len(boards["peak"]) == 2
    assert check_of(report, "stack-a", "stay cool")["result"] == "passed"
    assert "typical not known" in words, "he measured idle and peak"


def s4(report: Report, words: str) -> None:
    """About 4 A pass, 21 A and more are refused for the 24-pin alone; the EPS plug cures it."""
    (board,) = report["plan"]["power_boards"]
    alone = board["alone"]
    (rail,) = alone["rails"]
    assert rail["contacts"] * 6 == rail["limit_a"] == 12
    assert rail["typical_a"] == pytest.approx(7 * 7 / 12, rel=0.03)
    assert rail["typical_a"] < rail["limit_a"] < rail["worst_a"] == 7 * 3
    assert not alone["fits"]
    assert any("EPS" in cure["text"] for cure in alone["cures"])
    assert board["fits"]
    assert board["robust"]
    assert all(one["worst_a"] <= one["limit_a"] for one in board["rails"])
    assert sum(one["worst_a"] for one in board["rails"]) == 7 * 3
    told = check_of(report, board["name"], "further plugs")["figure"]
    assert f"{rail['typical_a']:g} A most of the time are carried" in told
    assert "21 A at most are refused" in told
    assert re.search(r"Works: .*EPS", told)
    assert told in words


ASKED: dict[str, Callable[[Report, str], None]] = {
    "mini-rack": s1,
    "pi-19in": s2,
    "pico-10": s3,
    "rockpro64-7": s4,
}
