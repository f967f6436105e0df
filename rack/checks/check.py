"""One check, and what they are made from."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from catalog.load import Catalog

Result = Literal["passed", "look", "failed", "not checked"]
Facts = Mapping[str, Any]


@dataclass(frozen=True)
class Check:
    """What was held to what.

    Args:
        group: the section of the report it belongs to.
        about: what was checked, by its name.
        asked: the question.
        result: `look` passed, but a person should see it; `not checked` says why in `figure`.
        figure: what was found, with its unit.
        limit: what would be right, with its unit; empty where there is none.
        source: where the limit or the way of reckoning comes from.
    """

    group: str
    about: str
    asked: str
    result: Result
    figure: str
    limit: str
    source: str

    def as_dict(self) -> dict[str, str]:
        """Return the fields by name, for JSON."""
        return dict(vars(self))


def good(passed: object, otherwise: Result = "look") -> Result:
    """Return the result of a check that passed or not."""
    return "passed" if passed else otherwise


def cited(sources: Sequence[str], catalog: Catalog) -> str:
    """Return the titles of sources; what nobody confirmed is said to be so."""
    titles = [catalog.sources[one].title for one in sources if one != "RECALL"]
    recalled = ["recalled, unconfirmed"] if "RECALL" in sources else []
    return "; ".join([*titles, *recalled])
