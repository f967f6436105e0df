"""Checks of what it costs."""

from collections.abc import Iterator

from rack.checks.check import Check, Facts, Result, good

GROUP = "Cost"


def cost_checks(facts: Facts, most: float | None) -> Iterator[Check]:
    """Yield whether the parts cost what they may, and whether every price is known.

    Args:
        facts: what is told of the build, as plain data.
        most: what they may cost; `None` without a wish.
    """
    total = facts["total"]
    told, source = f"{total['cost']:.0f} {total['currency']}", "whole packs, devices not counted"
    about = f"about {told}" if total["unsure"] else told
    if most is not None:
        asked, limit = "Does it cost what it may?", f"{most:g} {total['currency']}, as wished"
        result: Result = good(total["cost"] <= most)
        if total["others"]:
            others = (f"{cost:.0f} {name}" for name, cost in total["others"].items())
            result, about = "not checked", f"{about} and {' and '.join(others)}"
        yield Check(GROUP, "all parts", asked, result, about, limit, source)
    asked = "Is every price known?"
    if total["unpriced"]:
        left = f"no price of {', '.join(total['unpriced'])}: put yours into prices.toml"
        yield Check(GROUP, "all parts", asked, "not checked", left, "all", source)
    elif total["unsure"]:
        since = f" of {total['since']}" if total["since"] else ""
        left = f"remembered prices{since} are in it: put yours into prices.toml"
        yield Check(GROUP, "all parts", asked, "look", left, "yours", source)
    else:
        yield Check(GROUP, "all parts", asked, "passed", told, "all", source)
