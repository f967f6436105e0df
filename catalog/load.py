"""The one way in: `load_catalog()`, and the lookups of a `Catalog`.

Nothing is read before it is asked for, but for the user's own folder: what is wrong there is said
at once, all of it.
"""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TypeVar

from catalog import models as m
from catalog.lookup import HERE, Lookup, Shelves, Table, unknown
from catalog.problems import InputError, Problem
from catalog.store import DeviceStore, Layer

DATA = Path(__file__).parent / "data"
ENV = "RACKPRESS_CATALOG"

D = TypeVar("D", bound=m.Device)

_TAKEN_BY = {
    "board": "use a part that takes boards",
    "box": "use the part 'shelf', which takes boxes",
    "blade": "a blade goes into its maker's own enclosure",
}


def load_catalog(overlay: str | Path | None = None) -> "Catalog":
    """Open the catalogue, with the user's own facts laid over the built-in ones.

    Args:
        overlay: a folder laid out like `catalog/data`, or one device's file; by default what the
            environment variable RACKPRESS_CATALOG names, if anything.

    Raises:
        InputError: something in the overlay is wrong; every problem of all its files.
    """
    chosen = overlay if overlay is not None else os.environ.get(ENV) or None
    built_in = Layer(DATA, "catalog/data")
    if chosen is None:
        return Catalog((built_in,))
    from catalog.overlay import check_overlay  # noqa: PLC0415 - most runs have none

    own = Layer(Path(chosen).expanduser(), str(chosen), own=True)
    catalog = Catalog((built_in, own))
    check_overlay(catalog, own)
    return catalog


@dataclass(frozen=True)
class Catalog(Shelves):
    """All facts. Mappings are sorted by id; lookups raise `InputError` with the nearest name.

    Every lookup takes `where` and `key`, the place named in that error.
    """

    connectors = Table("connectors.toml", m.Connector)
    drives = Table("drives.toml", m.Drive)
    efficiencies = Table("efficiencies.toml", m.Efficiency)
    fans = Table("fans.toml", m.Fan)
    form_factors = Table("form-factors.toml", m.FormFactor)
    hats = Table("hats.toml", m.Hat)
    inserts = Table("inserts.toml", m.Insert)
    materials = Table("materials.toml", m.Material)
    plugs = Table("plugs.toml", m.Plug)
    poes = Table("poe.toml", m.Poe)
    prices = Table("prices.toml", m.Price)
    printers = Table("printers.toml", m.Printer)
    psus = Table("psus.toml", m.Psu)
    racked = Table("racked.toml", m.Racked)
    racks = Table("racks.toml", m.Rack)
    screws = Table("screws.toml", m.Screw)
    sources = Table("sources.toml", m.Source)
    standards = Table("standards.toml", m.RackStandard)
    incomplete_standards = Table("standards.toml", m.IncompleteStandard, "incomplete")
    upses = Table("upses.toml", m.Ups)

    connector = Lookup(connectors, also="name")
    drive = Lookup(drives)
    efficiency = Lookup(efficiencies)
    fan = Lookup(fans)
    form_factor = Lookup(form_factors)
    hat = Lookup(hats)
    insert = Lookup(inserts, also="thread")
    material = Lookup(materials)
    plug = Lookup(plugs, also="name")
    poe = Lookup(poes)
    price = Lookup(prices)
    printer = Lookup(printers)
    psu = Lookup(psus)
    racked_device = Lookup(racked)
    screw = Lookup(screws, also="thread")
    source = Lookup(sources)
    ups = Lookup(upses)

    def standard(self, name: str, *, where: str = HERE, key: str = "") -> m.RackStandard:
        """Return a rack standard.

        Args:
            name: its id, such as `10in`.
            where: file or option named in an error.
            key: dotted path named in an error.

        Raises:
            InputError: there is no such standard, or too little is known of it.
        """
        if name in self.standards:
            return self.standards[name]
        if name in self.incomplete_standards:
            note = self.incomplete_standards[name].note
            known = ", ".join(self.standards)
            what = f"too little is known of {name!r}: {note}"
            raise InputError(Problem(where, what, key, None, known))
        raise unknown("rack standard", name, self.standards, (where, key))

    def rack(self, name: str, *, where: str = HERE, key: str = "") -> m.Rack:
        """Return a rack as sold, or a generic one when `name` is a standard's id.

        Args:
            name: id of a rack or of a standard.
            where: file or option named in an error.
            key: dotted path named in an error.

        Raises:
            InputError: there is no such rack.
        """
        if name in self.racks:
            return self.racks[name]
        if name in self.standards or name in self.incomplete_standards:
            standard = self.standard(name, where=where, key=key)
            return m.Rack(
                id=name,
                name=f"any rack of {standard.name}",
                standard=name,
                sources=standard.sources,
                confidence=standard.confidence,
            )
        raise unknown("rack", name, {*self.racks, *self.standards}, (where, key))

    @cached_property
    def store(self) -> DeviceStore:
        """The devices' files."""
        return DeviceStore(self.layers)

    def with_device(self, device: m.Device) -> "Catalog":
        """Return the catalogue with a device that no file holds: the first that its id finds."""
        made = Catalog(self.layers)
        loaded = {**self.store.loaded, device.id: device}
        made.__dict__.update({**self.__dict__, "store": DeviceStore(self.layers, loaded)})
        return made

    @cached_property
    def devices(self) -> Mapping[str, m.Device]:
        """Every board, box and blade."""
        return self.store.all()

    @cached_property
    def boards(self) -> Mapping[str, m.Board]:
        """Every bare board."""
        return _only(self.devices, m.Board)

    @cached_property
    def boxes(self) -> Mapping[str, m.Box]:
        """Every cased device."""
        return _only(self.devices, m.Box)

    @cached_property
    def blades(self) -> Mapping[str, m.Blade]:
        """Every blade."""
        return _only(self.devices, m.Blade)

    def device(self, name: str, *, where: str = HERE, key: str = "") -> m.Device:
        """Return a device by id or alias.

        Args:
            name: id or alias.
            where: file or option named in an error.
            key: dotted path named in an error.

        Raises:
            InputError: there is no such device.
        """
        found = self.store.by_id(name) or self.store.by_alias(name)
        if found is None:
            aliases = {alias for device in self.devices.values() for alias in device.aliases}
            raise unknown("device", name, {*self.devices, *aliases}, (where, key))
        return found

    def board(self, name: str, *, where: str = HERE, key: str = "") -> m.Board:
        """Return a bare board by id or alias; see `device`."""
        return self._of_kind(m.Board, name, (where, key))

    def box(self, name: str, *, where: str = HERE, key: str = "") -> m.Box:
        """Return a cased device by id or alias; see `device`."""
        return self._of_kind(m.Box, name, (where, key))

    def blade(self, name: str, *, where: str = HERE, key: str = "") -> m.Blade:
        """Return a blade by id or alias; see `device`."""
        return self._of_kind(m.Blade, name, (where, key))

    def _of_kind(self, kind: type[D], name: str, place: tuple[str, str]) -> D:
        found = self.device(name, where=place[0], key=place[1])
        if isinstance(found, kind):
            return found
        wanted = str(kind.model_fields["kind"].default)
        what = f"{name!r} is a {found.kind}, not a {wanted}"
        hint = _TAKEN_BY[found.kind]
        raise InputError(Problem(place[0], what, place[1], None, f"a {wanted}", hint))


def _only(devices: Mapping[str, m.Device], kind: type[D]) -> dict[str, D]:
    return {name: device for name, device in devices.items() if isinstance(device, kind)}
