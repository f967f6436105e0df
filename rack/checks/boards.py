"""Checks of power boards: what its parts carry, what KiCad proves, and its copper."""

from collections.abc import Iterator, Mapping

from rack.checks.check import Check, Facts, good

GROUP = "Power board"
KICAD = {
    "erc": "Is the schematic right?",
    "netlist": "Is it the circuit that was meant?",
    "drc": "Is the layout right?",
    "unconnected": "Is everything connected?",
    "parity": "Is the board as the schematic has it?",
}
BUDGET = "contacts, fuses, wires and plugs at what their makers rate them for (pcb budget)"
COPPER = "resistance of the drawn copper at 60 °C, 20 % thin (docs/copper.md)"


def board_checks(facts: Facts, proofs: Mapping[str, Facts]) -> Iterator[Check]:
    """Yield what every power board was held to.

    Args:
        facts: what is told of the build, as plain data.
        proofs: what was proved of each board, by its name: see `rack.board_made`.
    """
    for board in facts["plan"]["power_boards"]:
        yield from _budget(board)
        yield from _proof(board["name"], proofs[board["name"]])


def _budget(board: Facts) -> Iterator[Check]:
    name = board["name"]
    for rail in board["rails"]:
        figure = f"{rail['typical_a']:g} A typical, {rail['worst_a']:g} A at most"
        asked = f"Do the contacts of {rail['rail']} carry it?"
        result = good(rail["worst_a"] <= rail["limit_a"] + 1e-9, "failed")
        yield Check(GROUP, name, asked, result, figure, f"{rail['limit_a']:g} A", BUDGET)
    for case, words in (("typical", "most of the time"), ("worst", "at most")):
        sums = board[case]
        figure = f"{sums['use']:.0%} at {sums['limit']}"
        asked = f"Does the fullest part carry it, {words}?"
        result = good(sums["use"] <= 1 + 1e-9, "failed")
        yield Check(GROUP, name, asked, result, figure, "100 %", BUDGET)
        low = min(board["nodes"], key=lambda one: one[f"{case}_v"] - one["least_v"])
        figure = f"{low[f'{case}_v']:.2f} V at output {low['output']}"
        asked = f"Do nodes get their volts, {words}?"
        result = good(low[f"{case}_v"] >= low["least_v"] - 1e-9)
        yield Check(GROUP, name, asked, result, figure, f"{low['least_v']:g} V", BUDGET)
    if board["unconfirmed"]:
        asked, told = "Are all ratings confirmed?", f"not these: {', '.join(board['unconfirmed'])}"
        yield Check(GROUP, name, asked, "look", told, "all", "makers' sheets (pcb budget)")
    if board["alone"] is not None:
        yield _alone(name, board["alone"])


def _alone(name: str, alone: Facts) -> Check:
    """Say what the board would be without its further plugs."""
    told = [
        f"{rail['rail']} without them: {amps:g} A {when} {_carried(amps, rail['limit_a'])}"
        for rail in alone["rails"]
        for amps, when in ((rail["typical_a"], "most of the time"), (rail["worst_a"], "at most"))
    ]
    limit = ", ".join(f"{rail['limit_a']:g} A" for rail in alone["rails"])
    asked = "Does it need its further plugs?"
    if alone["fits"]:
        return Check(GROUP, name, asked, "look", f"no: {'; '.join(told)}", limit, BUDGET)
    works = "; ".join(cure["text"] for cure in alone["cures"])
    figure = f"yes: {'; '.join(told)}. Works: {works}"
    return Check(GROUP, name, asked, "passed", figure, limit, BUDGET)


def _carried(amps: float, limit_a: float) -> str:
    return "are carried" if amps <= limit_a + 1e-9 else "are refused"


def _proof(name: str, said: Facts) -> Iterator[Check]:
    for kind, asked in KICAD.items():
        source = f"KiCad {said['kicad'] or ''}".rstrip()
        if kind == "drc":
            source += ", its rules and ours of the board"
        if said["counts"] is None:
            told = f"nothing is proved: {said['missing']}"
            yield Check(GROUP, name, asked, "not checked", told, "0 faults", source)
            continue
        many = said["counts"][kind]
        result = good(many == 0, "failed")
        yield Check(GROUP, name, asked, result, f"{many} faults", "0 faults", source)
    asked, limit = "Does its copper carry it?", "IPC-2221 for necks and vias"
    if said["copper"] is None:
        told = "what its copper does could not be reckoned"
        yield Check(GROUP, name, asked, "not checked", told, limit, COPPER)
        return
    figure = "; ".join(said["problems"]) or said["copper"]
    result = good(not said["problems"], "failed")
    yield Check(GROUP, name, asked, result, figure, limit, COPPER)
