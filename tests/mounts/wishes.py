"""Any order of any part, drawn from the fields of its spec and the catalogue's devices.

Nothing here names a family: a new one is drawn as soon as it is registered, and a field of a kind
that cannot be drawn is an error.
"""

import math
from collections.abc import Callable, Collection
from typing import Any, Literal, get_args, get_origin

from hypothesis import strategies as st
from pydantic import BaseModel
from pydantic.fields import FieldInfo

from catalog.models import Board, Box, Fan, RackStandard, Screw
from mounts.order import Order
from mounts.registry import PARTS
from tests.mounts.kit import EVERY_RACK, catalog

# Filled in by the order itself, from the catalogue.
GIVEN = {"standard", "device", "hat", "form_factor", "insert", "plugs", "height_u", "calibration"}
DEVICES: dict[str, Callable[[], list[str]]] = {
    "board": lambda: sorted(catalog().boards),
    "box": lambda: sorted(catalog().boxes),
    "drive": lambda: sorted(catalog().drives),
    "psu": lambda: sorted(catalog().psus),
}
RECORDS: dict[type, Callable[[], list[str]]] = {
    Fan: lambda: sorted(catalog().fans),
    Screw: lambda: sorted(catalog().screws),
    Board: lambda: sorted(catalog().boards),
    Box: lambda: sorted(catalog().boxes),
    RackStandard: lambda: list(EVERY_RACK),
}
# Lengths of the catalogue reach from nothing to three metres; of a part, only so much makes sense.
SPANS: dict[str, tuple[float, float]] = {
    "tall_mm": (5.0, 45.0),
    "clear_depth_mm": (60.0, 400.0),
    "rear_mm": (60.0, 400.0),
    "between_mm": (100.0, 800.0),
    "sink_mm": (5.0, 60.0),
    "cooled_mm": (0.0, 120.0),
    "x_mm": (-200.0, 200.0),
    "z_mm": (-60.0, 60.0),
}
TALLEST_U = 6.0  # of what is asked for; what is not asked for is as high as the device needs


def tenths(low: float, high: float) -> st.SearchStrategy[float]:
    """Numbers in tenths, both ends included."""
    return st.integers(math.ceil(low * 10), math.floor(high * 10)).map(lambda n: n / 10)


def bounds(metadata: list[Any]) -> tuple[float, float]:
    """The least and the greatest that a field takes."""
    low = next(m.ge for m in metadata if hasattr(m, "ge"))
    high = next(m.le for m in metadata if hasattr(m, "le"))
    return float(low), float(high)


def value(key: str, annotation: Any, metadata: list[Any]) -> st.SearchStrategy[Any]:
    """Any value of a field.

    Raises:
        LookupError: its kind cannot be drawn.
    """
    kinds = [kind for kind in get_args(annotation) if kind is not type(None)]
    found: st.SearchStrategy[Any] | None = None
    if get_origin(annotation) is Literal:
        found = st.sampled_from(get_args(annotation))
    elif get_origin(annotation) is tuple:
        found = several(key, kinds)
    elif annotation in RECORDS:
        found = st.sampled_from(RECORDS[annotation]())
    elif annotation is float or (kinds and kinds[0] is float):
        found = tenths(*(SPANS.get(key) or bounds(metadata)))
    elif annotation in (bool, int):
        found = st.booleans() if annotation is bool else st.integers(*map(int, bounds(metadata)))
    elif kinds:
        found = value(key, kinds[0], metadata)
    if found is None:
        text = f"no way to draw {key}: {annotation}"
        raise LookupError(text)
    return found


def several(key: str, kinds: list[Any]) -> st.SearchStrategy[Any]:
    """Any value of a field that holds a row: of records, of tables, or of numbers."""
    if kinds[0] in RECORDS:
        return st.lists(st.sampled_from(RECORDS[kinds[0]]()), max_size=2)
    if issubclass_of(kinds[0], BaseModel):
        return st.lists(fields(kinds[0], left(kinds[0]) - {"device"}), max_size=2)
    return st.tuples(*(value(key, kind, []) for kind in kinds))


def issubclass_of(kind: Any, base: type) -> bool:
    """Whether a thing is a class and of a kind."""
    return isinstance(kind, type) and issubclass(kind, base)


def of_field(key: str, field: FieldInfo) -> st.SearchStrategy[Any]:
    """Any value of a field, if it is given at all."""
    return value(key, field.annotation, field.metadata)


def fields(model: type[BaseModel], leave: Collection[str] = ()) -> st.SearchStrategy[Any]:
    """Any choice of a record's fields with any values of theirs."""
    every = {key: field for key, field in model.model_fields.items() if key not in leave}
    must = {key: of_field(key, field) for key, field in every.items() if field.is_required()}
    may = {key: of_field(key, field) for key, field in every.items() if not field.is_required()}
    return st.fixed_dictionaries(must, optional=may)


def orders(part: str) -> st.SearchStrategy[Order]:
    """Any order of a family, whether or not it can be had."""
    family = PARTS[part]
    known = family.spec.model_fields
    named = st.none()
    if family.takes != "nothing":
        named = st.sampled_from(DEVICES[family.takes]())
        if not known["device"].is_required():
            named = st.none() | named
    heights = st.none() | st.integers(1, int(2 * TALLEST_U)).map(lambda half: half / 2)
    hats = st.none() | st.sampled_from(sorted(catalog().hats))
    return st.builds(
        Order,
        part=st.just(part),
        rack=st.sampled_from(EVERY_RACK),
        device=named,
        height_u=heights if "height_u" in known else st.none(),
        hat=hats if "hat" in known else st.none(),
        options=fields(family.spec, left(family.spec)),
    )


def left(spec: type[BaseModel]) -> set[str]:
    """The fields an order fills in by itself; a board's screw is one, an ear's is free."""
    own = {"screw"} if "form_factor" in spec.model_fields else set[str]()
    return GIVEN | own
