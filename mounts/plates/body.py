"""What lies on a bed as one object: a part, or a piece of one."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from mounts.export import Made
    from mounts.mesh import Mesh


@dataclass(frozen=True, eq=False)
class Body:
    """A thing to print.

    Args:
        mesh: as it lies, corrected for the printer, not yet turned on the bed.
        recipe: what makes it again.
        record: what is known of it; says whether and how it fits the bed.
    """

    mesh: "Mesh"
    recipe: dict[str, Any]
    record: dict[str, Any]

    @property
    def name(self) -> str:
        """What its object is called."""
        return str(self.recipe["name"])


def bodies(made: "Made") -> tuple[Body, ...]:
    """Return what a part is printed as: itself, or the pieces it was cut into."""
    return tuple(Body(one.lying, one.recipe, one.record) for one in made.pieces or (made,))
