"""Whatever an item may name: a device, a power supply or a disk of the catalogue."""

from dataclasses import dataclass
from typing import Any

from catalog.load import Catalog
from catalog.lookup import HERE, unknown
from catalog.models import Device, Drive, Psu
from catalog.problems import InputError
from rack.spec import Item

Named = Device | Psu | Drive


def find(catalog: Catalog, name: str, *, where: str = HERE, key: str = "") -> Named:
    """Return a device by id or alias, or a supply, a disk or a form factor by id.

    Args:
        catalog: facts.
        name: id or alias.
        where: file named in an error.
        key: dotted path named in an error.

    Raises:
        InputError: nothing of that name.
    """
    try:
        return catalog.device(name, where=where, key=key)
    except InputError:
        found = catalog.psus.get(name) or catalog.drives.get(name)
        if found is not None:
            return found
        if name in catalog.form_factors:  # any board of that size and those holes
            return catalog.form_factor(name).board()
    aliases = {alias for device in catalog.devices.values() for alias in device.aliases}
    known = {*catalog.devices, *aliases, *catalog.psus, *catalog.drives, *catalog.form_factors}
    raise unknown("device", name, known, (where, key))


def kind_of(named: Named) -> str:
    """Return what it is, in the word that says which parts take it."""
    match named:
        case Psu():
            return "psu"
        case Drive():
            return "drive"
        case _:
            return named.kind


@dataclass(frozen=True)
class Other:
    """A further device on an item's mount: its name, how many, and the HAT on each."""

    device: str
    count: int
    hat: str | None = None

    @property
    def words(self) -> str:
        """What it is, in words."""
        hat = f" with {self.hat}" if self.hat else ""
        return f"{self.count} × {self.device}{hat}" if self.count > 1 else f"{self.device}{hat}"


def others_on(item: Item) -> tuple[Other, ...]:
    """Return further devices on an item's mount, as its settings give them."""
    listed: Any = item.settings.get("beside", ())
    names: list[Any] = [listed] if isinstance(listed, (str, dict)) else [*listed]
    tables = [one if isinstance(one, dict) else {"device": one} for one in names]
    return tuple(
        Other(str(one.get("device", "")), int(one.get("count", 1)), one.get("hat"))
        for one in tables
    )
