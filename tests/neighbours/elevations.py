"""Elevations of every kind that NetBox can hold, or Rackula, for laws."""

from typing import Any

from hypothesis import strategies as st

from neighbours.elevation import Cabinet, Elevation, Kind, Stand, ordered

WORDS = st.text(
    st.characters(codec="utf-8", categories=["L", "N"], include_characters=" .-+:#'\"&*!%@`"),
    min_size=1,
    max_size=24,
).map(str.strip)
NAMES = WORDS.filter(bool)
WATTS = st.none() | st.integers(1, 9000).map(float)
GRAMS = st.none() | st.integers(1, 10_000_000).map(lambda hundredths: hundredths / 100)
OURS: st.SearchStrategy[dict[str, Any]] = st.just({}) | st.fixed_dictionaries(
    {"device": NAMES},
    optional={
        "count": st.integers(1, 40),
        "mount": st.sampled_from(["shelf", "frame"]),
        "set": st.dictionaries(NAMES, st.integers() | NAMES | st.booleans(), max_size=2),
    },
)


CATEGORIES = ["other", "server", "network", "blank", "power"]


@st.composite
def kinds(draw: st.DrawFn, rackula: bool) -> list[Kind]:
    """Some kinds with slugs and models of their own."""
    models = draw(st.lists(NAMES, min_size=1, max_size=5, unique=True))
    found: list[Kind] = []
    for index, model in enumerate(models):
        max_w = draw(WATTS)
        ours = draw(OURS)
        typical = st.none() | st.integers(1, int(max_w)).map(float) if max_w else WATTS
        found.append(
            Kind(
                slug=f"kind-{index}",
                maker=draw(st.sampled_from(["Acme", "Ünited & Co", "../x"])),
                model=model,
                height_u=draw(st.integers(1, 6)) / 2,
                full_depth=draw(st.booleans()),
                weight_g=draw(GRAMS),
                typical_w=draw(typical),
                max_w=max_w,
                airflow=draw(st.sampled_from([None, "passive", "front-to-rear", "mixed"])),
                part_number=draw(st.just("") | NAMES),
                category=draw(st.sampled_from(CATEGORIES)) if rackula else "other",
                bays=draw(st.sampled_from([0, 0, 2, 5])),
                ours=ours,
                device="" if ours else draw(st.sampled_from(["", f"kind-{index}"])),
            )
        )
    return found


@st.composite
def elevations(draw: st.DrawFn, *, rackula: bool = False) -> Elevation:
    """A rack or a row of three, filled from the bottom with gaps.

    Args:
        draw: of hypothesis.
        rackula: with what Rackula holds and NetBox does not, and not the other way round.
    """
    known = draw(kinds(rackula))
    labels = draw(st.sampled_from([[""], [""], ["left"], ["left", "right side", "über"]]))
    racks = [draw(cabinets(label, rackula)) for label in labels]
    stands = [one for rack in racks for one in draw(filled(rack, known))]
    used = {one.kind for one in stands}
    return Elevation(
        name=draw(NAMES),
        title=draw(st.just("") | NAMES),
        racks=tuple(racks),
        **ordered([kind for kind in known if kind.slug in used], stands),
    )


@st.composite
def cabinets(draw: st.DrawFn, label: str, rackula: bool) -> Cabinet:
    """A rack of that label."""
    some = st.integers(1, 200_000).map(lambda hundredths: hundredths / 100)
    millimetres = st.none() if rackula else st.none() | some
    return Cabinet(
        id=draw(st.sampled_from(["", "10in", "deskpi-rackmate-t1"])),
        name=draw(NAMES),
        label=label,
        width_in=draw(st.sampled_from([10, 19, 21, 23])),
        height_u=draw(st.integers(1, 42)),
        depth_mm=draw(st.none() | st.integers(1, 2000).map(float)),
        outer_w_mm=draw(millimetres),
        outer_d_mm=draw(millimetres),
        outer_h_mm=draw(millimetres),
        weight_g=draw(GRAMS),
    )


@st.composite
def filled(draw: st.DrawFn, rack: Cabinet, known: list[Kind]) -> list[Stand]:
    """What stands in one rack; nothing meets anything on its face."""
    stands: list[Stand] = []
    tops = {"front": 1.0, "rear": 1.0}
    for index in range(draw(st.integers(0, 8))):
        kind = draw(st.sampled_from(known))
        face: Any = draw(st.sampled_from(["front", "front", "rear"]))
        low = tops[face] if not kind.full_depth else max(tops.values())
        at_u = low + draw(st.integers(0, 3)) / 2
        if at_u + kind.height_u - 1 > rack.height_u:
            break
        tops[face] = at_u + kind.height_u
        if kind.full_depth:
            tops = dict.fromkeys(tops, at_u + kind.height_u)
        name = f"{draw(NAMES)} {index}"
        stands.append(Stand(name=name, kind=kind.slug, at_u=at_u, face=face, cabinet=rack.label))
    return stands
