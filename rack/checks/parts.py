"""Checks of what is printed: each part's rules, bed and strength; and the bound on a fit."""

from collections.abc import Iterator, Mapping

from catalog.load import Catalog
from mounts.strength.verdict import LEAST_SAFETY
from mounts.verify.findings import Report
from rack.checks.check import Check, Facts, cited, good

GROUP = "Prints"
RULES = "rules of rackpress verify: EIA-310, ISO 273, two lines a wall, 45° and 20 mm overhang"
STRENGTH = (
    "finite elements on bricks, with the material's creep, 40 °C, 5 years; three times the load is "
    "a rule of ours"
)


def part_checks(facts: Facts, reports: Mapping[str, Report], catalog: Catalog) -> Iterator[Check]:
    """Yield what every part was held to.

    Args:
        facts: what is told of the build, as plain data.
        reports: of each part, by its name.
        catalog: facts and their sources.
    """
    printer = catalog.printer(facts["plan"]["printer"])
    bed = f"{printer.bed_x_mm:g} x {printer.bed_y_mm:g} x {printer.bed_z_mm:g} mm"
    for record in facts["parts"]:
        name, report = record["name"], reports[record["name"]]
        yield _rules(name, report)
        fits = record["fits_bed"] or bool(record.get("pieces"))
        source = f"bed of {printer.id}: {cited(printer.sources, catalog)}"
        result = good(fits, "failed")
        yield Check(GROUP, name, "Does it fit the printer?", result, record["bed"], bed, source)
        if "carries_kg" in report.read:
            yield _bears(name, report)


def _rules(name: str, report: Report) -> Check:
    told = f"{len(report.checked)} of {len(report.checked)} right: {'; '.join(report.checked)}"
    found = [f"{one.rule}: {one.measured}, allowed {one.allowed}" for one in report.findings]
    rest = [f"not asked: {one}" for one in report.skipped]
    figure = ". ".join([*(found or [told]), *rest])
    asked = "Can it be printed, hung and put together?"
    return Check(GROUP, name, asked, good(not found, "failed"), figure, "no finding", RULES)


def _bears(name: str, report: Report) -> Check:
    read = report.read
    figure = (
        f"breaks at {read['fails_at_kg']:g} kg after 5 years; sags {read['deflection_mm']:g} mm at "
        f"once, {read['later_mm']:g} mm by then"
    )
    least = LEAST_SAFETY * read["carries_kg"]
    limit = f"{least:.2f} kg, {LEAST_SAFETY:g} times the {read['carries_kg']:g} it carries"
    result = good(read["fails_at_kg"] >= least, "failed")
    return Check(GROUP, name, "Does it bear its load?", result, figure, limit, STRENGTH)


def fit_checks(facts: Facts) -> Iterator[Check]:
    """Yield for each board whether the most that was found is proven to be the most there is.

    Args:
        facts: what is told of the build, as plain data.
    """
    by_board: dict[str, list[Facts]] = {}
    for row in facts["fit"]:
        by_board.setdefault(row["board"], []).append(row)
    for board, rows in by_board.items():
        met = all(row["count"] == row["upper_bound"] for row in rows)
        figure = ", ".join(f"{row['count']} in {row['height_u']:g}U" for row in rows)
        bound = ", ".join(f"{row['upper_bound']} in {row['height_u']:g}U" for row in rows)
        yield Check(
            "Rack",
            board,
            "Is the most that fits proven?",
            good(met),
            figure,
            bound,
            "bound by CP-SAT or in closed form, of bare boards that touch (docs/fit.md)",
        )
