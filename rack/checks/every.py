"""All checks of a build in one list."""

from collections.abc import Mapping
from typing import Any

from catalog.load import Catalog
from mounts.verify.findings import Report
from rack.checks.boards import board_checks
from rack.checks.check import Facts
from rack.checks.climate import climate_checks
from rack.checks.cost import cost_checks
from rack.checks.parts import fit_checks, part_checks
from rack.checks.place import place_checks, weight_checks
from rack.checks.power import power_checks
from rack.checks.wires import wire_checks
from rack.plan import Plan


def every_check(
    plan: Plan,
    facts: Facts,
    reports: Mapping[str, Report],
    proofs: Mapping[str, Facts],
    catalog: Catalog,
) -> list[dict[str, Any]]:
    """Return all that a build was held to, as plain data.

    Args:
        plan: the rack.
        facts: what is told of the build, as plain data.
        reports: of each part, by its name.
        proofs: what was proved of each power board, by its name.
        catalog: facts and their sources.
    """
    checks = (
        *place_checks(plan, catalog),
        *fit_checks(facts),
        *part_checks(facts, reports, catalog),
        *wire_checks(facts, catalog),
        *power_checks(facts, catalog),
        *climate_checks(plan),
        *weight_checks(facts),
        *board_checks(facts, proofs),
        *cost_checks(facts, plan.spec.most_cost),
    )
    return [one.as_dict() for one in checks]
