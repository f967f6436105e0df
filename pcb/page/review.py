"""The review of a board on one page: what it is, what is proved, every limit and who says so.

One file that needs nothing else, with all that somebody asks who has to answer for the board.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape

from catalog.page import BASE, Column, Row, image, table
from pcb.board.layout import Layout
from pcb.board.place import lay_out
from pcb.budget import Budget, budget
from pcb.fab.bom import rows as bom_rows
from pcb.fab.shops import drills
from pcb.host.files import NO_NAMES, named
from pcb.interface import PCB_MM, Interface, interface_of
from pcb.managed.pinmap import pin_map
from pcb.model import Circuit, circuit
from pcb.page import copper, limits
from pcb.page.checks import Check, Proof, checks, worst_state
from pcb.page.drawing import STYLE as BOARD_STYLE
from pcb.page.drawing import Side, board_svg
from pcb.page.switching import switching_html
from pcb.sheet.netlist import natural
from pcb.spec import BoardSpec

STYLE = """
nav{display:flex;flex-wrap:wrap;gap:.3rem 1rem;font-size:.92rem;margin-bottom:1rem}
.verdict{border-inline-start:.4rem solid var(--soft)}
.verdict.passed{border-color:#2e8b57}.verdict.failed{border-color:#c0392b}
.verdict.beware{border-color:#c98a00}
.sides{display:grid;gap:1rem;grid-template-columns:repeat(auto-fit,minmax(min(100%,30rem),1fr))}
.sides figure,.wide{margin:0}
figcaption{font-size:.85rem;color:var(--soft)}
.wide img{display:block;width:100%;max-width:68rem;height:auto;background:#fff;
border-radius:.4rem;margin:.6rem 0}
.checks{list-style:none;padding:0}
.checks>li{background:var(--card);border-radius:.5rem;padding:.6rem .9rem;margin-bottom:.5rem;
break-inside:avoid;overflow-wrap:anywhere}
.checks span{display:inline-block;min-width:7rem}
.checks p{margin:.15rem 0 0}
dl{display:grid;grid-template-columns:minmax(8rem,14rem) minmax(0,1fr);gap:.3rem 1rem;margin:1rem 0}
dt{color:var(--soft)}dd{margin:0;overflow-wrap:anywhere}
.verdict>p.soft{font-size:.92rem;font-weight:400}
details{margin:.6rem 0}
summary{cursor:pointer;color:var(--mark)}
td{overflow-wrap:anywhere}
h3{margin:1.4rem 0 .3rem}
.nets{font-size:.85rem}
@media print{body{font-size:11px}nav{display:none}
details::details-content{content-visibility:visible;display:block}
.board{print-color-adjust:exact;-webkit-print-color-adjust:exact}}
"""
SIGNS = {
    "passed": "✓ passed",
    "beware": "! beware",
    "failed": "✗ failed",
    "not proved": "? not proved",
}


@dataclass(frozen=True)
class Subject:
    """A board and all that is known of it.

    `pictures` are of drop and density in its copper, PNG by name; `nodes` are what hangs on its
    outputs, where that is known.
    """

    made: Circuit
    layout: Layout
    sums: Budget
    told: Interface
    proof: Proof
    pictures: Mapping[str, bytes]
    nodes: Mapping[int, str]

    @classmethod
    def of(
        cls,
        spec: BoardSpec,
        proof: Proof,
        pictures: Mapping[str, bytes],
        nodes: Mapping[int, str] = NO_NAMES,
    ) -> "Subject":
        """Return a board with what follows from its spec."""
        made = circuit(spec)
        layout = lay_out(made)
        return cls(made, layout, budget(spec), interface_of(made, layout), proof, pictures, nodes)

    def checks(self) -> list[Check]:
        """Return every check of the board."""
        return checks(self.made.spec, self.layout, self.sums, self.proof)


SEEN: tuple[tuple[Side, str], ...] = (("front", "from above"), ("back", "from below"))


def review_html(board: Subject) -> str:
    """Return the page; the same board and the same proof give the same page."""
    made, layout, sums, proof = board.made, board.layout, board.sums, board.proof
    spec, every, marks = made.spec, board.checks(), limits.Marks()
    sections = [
        ("Board", _board(made, layout, board.told)),
        ("Checks", _checks(every)),
        ("Budget", _budget(sums, marks)),
        ("Copper", copper.copper_html(proof.solved) + _pictures(board.pictures)),
        ("Limits", _limits(made, layout, marks)),
        ("Parts", _parts(made)),
        ("Nets", _nets(made)),
        ("Mechanics", _mechanics(board.told)),
        ("Not confirmed", _doubts(sums)),
        ("Sources", table(_SOURCE, marks.rows())),
    ]
    if spec.level == "managed":
        pins = named(pin_map(spec), board.nodes)
        sections.insert(2, ("Switching", switching_html(pins, spec)))
    links = "".join(f'<a href="#{_anchor(name)}">{name}</a>' for name, _ in sections)
    body = "".join(
        f'<section id="{_anchor(name)}"><h2>{name}</h2>{text}</section>' for name, text in sections
    )
    title = escape(f"{spec.title} rev {spec.revision}")
    return (
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width,initial-scale=1">'
        '<meta name="generator" content="rackpress pcb review">'
        f"<title>{title}: review</title><style>{BASE}{STYLE}{BOARD_STYLE}</style></head><body>"
        f"<main><h1>{title}: review</h1><nav>{links}</nav>{_verdict(every, sums, proof)}{body}"
        "</main></body></html>\n"
    )


def _anchor(name: str) -> str:
    return name.lower().replace(" ", "-")


def _list(texts: Sequence[str]) -> str:
    items = "".join(f'<li dir="auto">{escape(text)}</li>' for text in texts)
    return f"<ul>{items}</ul>" if items else ""


def _verdict(every: Sequence[Check], sums: Budget, proof: Proof) -> str:
    state = worst_state(every)
    told = [f"{sum(one.state == 'passed' for one in every)} checks passed"]
    for kind, words in (("beware", "to beware of"), ("failed", "failed"),
                        ("not proved", "could not be made")):  # fmt: skip
        names = [one.name for one in every if one.state == kind]
        told += [f"{len(names)} {words}: {', '.join(names)}"] if names else []
    says = f"All {len(every)} checks passed" if state == "passed" else "; ".join(told)
    worst, typical = sums.worst, sums.typical
    cards = [
        ("full load", f"{worst.amps_a:g} A", f"usual: {typical.amps_a:g} A"),
        ("lowest at a plug", f"{worst.lowest_v:.2f} V", f"usual: {typical.lowest_v:.2f} V"),
        ("fullest part", f"{worst.use * 100:.0f} %", worst.limit),
    ]
    if proof.solved is not None:
        report = proof.solved.report
        out = report.worst_output
        cards += [
            ("largest drop in copper", f"{out.board_mv:.1f} mV", f"output {out.output}"),
            ("heat in copper", f"{report.heat_w:.2g} W", "poor copper, full load"),
        ]
    items = "".join(
        f"<li><span>{escape(name)}</span><b>{escape(value)}</b><small>{escape(more)}</small></li>"
        for name, value, more in cards
    )
    lacks = ""
    if proof.missing:
        where = "where KiCad 9 is, rackpress pcb review DIR makes every check"
        lacks = f'<p class="soft">{escape(proof.missing)}; {where}.</p>'
    return (
        f'<div class="verdict {state.replace(" ", "-")}"><p>{escape(says)}.</p>{lacks}'
        f'<ul class="cards">{items}</ul></div>'
    )


def _board(made: Circuit, layout: Layout, told: Interface) -> str:
    spec = made.spec
    sides = "".join(
        f"<figure>{board_svg(made, layout, side)}<figcaption>{words}</figcaption></figure>"
        for side, words in SEEN
    )
    plugs = ", ".join((spec.input, *spec.extra_inputs))
    ends = f"{spec.outputs - spec.outputs_5v} x {spec.volts} V, {spec.amps:g} A, {spec.connector}"
    if spec.outputs_5v:
        ends += f"; {spec.outputs_5v} x 5 V, {spec.amps_5v:g} A, {spec.connector_5v}"
    widths = sorted({hole[2] for hole in drills(layout)})
    facts = [
        ("level", spec.level),
        ("inlets", plugs),
        ("outputs", ends),
        ("cable to a node", f"{spec.cable_m:g} m of {spec.cable_awg} AWG"),
        ("size", f"{layout.size[0]:g} x {layout.size[1]:g} x {PCB_MM:g} mm, 2 layers"),
        ("height over the board", f"{told.above_mm:g} mm with plugs, {told.below_mm:g} mm below"),
        ("copper", f"{spec.copper_oz} oz on each layer ({35 * spec.copper_oz} µm)"),
        ("parts", f"{sum(part.type.in_bom for part in made.parts)} on {len(made.nets)} nets"),
        ("vias and holes", f"{len(layout.vias)} vias; {widths[0]:g} to {widths[-1]:g} mm wide"),
        ("starts the supply", spec.ps_on if "PS_ON" in made.nets else "no such contact"),
    ]
    rows = "".join(f"<dt>{what}</dt><dd>{escape(text)}</dd>" for what, text in facts)
    return f'<div class="sides">{sides}</div><dl>{rows}</dl>'


def _checks(every: Sequence[Check]) -> str:
    items = "".join(
        f"<li><span>{SIGNS[one.state]}</span> <b>{escape(one.name)}</b>: {escape(one.told)}"
        f'{_list(one.findings)}<p class="soft">{escape(one.by)}: {escape(one.about)}.</p></li>'
        for one in every
    )
    return f'<ul class="checks">{items}</ul>'


_RAIL: tuple[Column, ...] = (
    ("rail", "rail"), ("outputs", "outputs"), ("plugs", "fed by"), ("typical", "usual"),
    ("worst", "full load"), ("limit", "its contacts give"),
)  # fmt: skip
_NODE: tuple[Column, ...] = (
    ("output", "output"), ("rail", "rail"), ("fuse", "fuse"), ("typical_a", "usual"),
    ("worst_a", "full load"), ("typical_v", "volts, usual"), ("worst_v", "volts, worst"),
    ("least_v", "node needs"),
)  # fmt: skip
_WAY: tuple[Column, ...] = (
    ("name", "part of the way"), ("typical", "usual"), ("worst", "full load"),
    ("rating", "made for"), ("use", "share"), ("ohms", "good to poor"), ("why", "why"),
    ("sources", "source"),
)  # fmt: skip


def _budget(sums: Budget, marks: limits.Marks) -> str:
    rails: list[Row] = [
        {
            "rail": row.rail, "outputs": f"{row.first} to {row.last}",
            "plugs": ", ".join(row.plugs), "typical": f"{row.typical_a:g} A",
            "worst": f"{row.worst_a:g} A", "limit": f"{row.limit_a:.3g} A",
        }
        for row in sums.rails
    ]  # fmt: skip
    nodes: list[Row] = [
        {
            "output": row.output, "rail": row.rail, "fuse": f"{row.fuse_a:g} A",
            "typical_a": f"{row.typical_a:g} A", "worst_a": f"{row.worst_a:g} A",
            "typical_v": f"{row.typical_v:.2f} V", "worst_v": f"{row.worst_v:.2f} V",
            "least_v": f"{row.least_v:g} V",
        }
        for row in sums.nodes
    ]  # fmt: skip
    works = [f"works: {cure.text}" for cure in sums.cures]
    every = table(_WAY, [limits.way_row(row, marks) for row in sums.parts])
    return (
        f"{_list([*sums.problems, *works, *sums.warnings])}{table(_RAIL, rails)}"
        f"<h3>At each node's plug</h3>{table(_NODE, nodes)}"
        f"<h3>Fullest of each kind</h3>{table(_WAY, limits.way_limits(sums, marks))}"
        f"<details><summary>All {len(sums.parts)} parts of the way</summary>{every}</details>"
    )


def _pictures(pictures: Mapping[str, bytes]) -> str:
    words = {"drop": "volts lost", "density": "ampere for each mm of width"}
    found = ""
    for name, data in sorted(pictures.items(), reverse=True):
        what = words.get(name.rsplit(".", 2)[-2], name)
        found += f'<div class="wide">{image(data, f"{what}, both layers, full load")}</div>'
    return found


_LIMIT: tuple[Column, ...] = (
    ("part", "part"), ("rated", "limit"), ("sure", "sure"), ("sources", "source"), ("note", "note"),
)  # fmt: skip
_SHOP: tuple[Column, ...] = (
    ("shop", "shop"), ("what", "what"), ("has", "the board has"), ("least", "it makes"),
    ("sources", "source"),
)  # fmt: skip


def _limits(made: Circuit, layout: Layout, marks: limits.Marks) -> str:
    return (
        f"<h3>Parts</h3>{table(_LIMIT, limits.part_limits(made, marks))}"
        f"<h3>Inlets</h3>{table(_LIMIT, limits.inlet_limits(made.spec, marks))}"
        f"<h3>Shops</h3>{table(_SHOP, limits.shop_limits(made.spec, layout, marks))}"
    )


_SOURCE: tuple[Column, ...] = (
    ("number", "number"), ("title", "title"), ("where", "where"), ("kind", "kind"),
)  # fmt: skip
_PART: tuple[Column, ...] = (
    ("refs", "parts"), ("quantity", "×"), ("value", "value"), ("what", "what"),
    ("number", "number"), ("instead", "instead"),
)  # fmt: skip


def _parts(made: Circuit) -> str:
    rows: list[Row] = [
        {
            "refs": " ".join(row.refs) or "to put in", "quantity": row.quantity,
            "value": row.value, "what": row.description,
            "number": f"{row.maker} {row.mpn}".strip(), "instead": "; ".join(row.alternates),
        }
        for row in bom_rows(made)
    ]  # fmt: skip
    return table(_PART, rows)


_NET: tuple[Column, ...] = (("net", "net"), ("pins", "pins"))


def _nets(made: Circuit) -> str:
    rows: list[Row] = [
        {
            "net": name,
            "pins": " ".join(f"{ref}.{pad}" for ref, pad in sorted(pins, key=_by_pin)),
        }
        for name, pins in sorted(made.nets.items(), key=lambda net: natural(net[0]))
    ]
    return f'<details class="nets"><summary>{len(rows)} nets</summary>{table(_NET, rows)}</details>'


def _by_pin(pin: tuple[str, str]) -> tuple[list[tuple[int, int]], ...]:
    return natural(pin[0]), natural(pin[1])


_HOLE: tuple[Column, ...] = (("x", "x"), ("y", "y"), ("d", "hole"), ("free", "free round it"))
_MOUTH: tuple[Column, ...] = (
    ("ref", "connector"), ("kind", "kind"), ("side", "plugs from"), ("at", "middle of its mouth"),
    ("size", "mouth"), ("out", "over the edge"),
)  # fmt: skip


def _mechanics(told: Interface) -> str:
    holes: list[Row] = [
        {"x": f"{one.x_mm:g} mm", "y": f"{one.y_mm:g} mm", "d": f"{one.d_mm:g} mm",
         "free": f"{one.free_d_mm:g} mm"}
        for one in told.holes
    ]  # fmt: skip
    mouths: list[Row] = [
        {
            "ref": one.ref, "kind": one.kind, "side": one.side,
            "at": " x ".join(f"{mm:g}" for mm in one.center_mm) + " mm",
            "size": f"{one.width_mm:g} x {one.height_mm:g} mm", "out": f"{one.overhang_mm:g} mm",
        }
        for one in told.mouths
    ]  # fmt: skip
    return (
        "<p>From the lower left corner, seen from the parts' side; x to the right, y up.</p>"
        f"<h3>Screws</h3>{table(_HOLE, holes)}<h3>Connectors</h3>{table(_MOUTH, mouths)}"
    )


def _doubts(sums: Budget) -> str:
    lead = "<p>These figures rest on memory: read the maker's sheet before you rely on them.</p>"
    return lead + _list(sums.unconfirmed)
