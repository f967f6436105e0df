"""What is different between two plans, in words: places, devices, wires, power, air, weight."""

from collections.abc import Iterator, Mapping
from typing import Any

from rack.energy.words import CASES
from rack.rewired import bought_otherwise, rewired

Plan = Mapping[str, Any]
# Of a rack or file as a whole: key of the plan, and what it is called.
WHOLE = {"printer": "printer", "material": "material", "calibration": "calibration"}


def changes(before: Plan, after: Plan) -> list[dict[str, str]]:
    """Return every difference as what it is about, the words, and its kind; nothing if alike.

    Args:
        before: a plan as plain data (`rack.plan.Plan.as_dict`).
        after: another.
    """
    found = [
        *_rack(before, after),
        *_cabinets(before, after),
        *_mounts(before, after),
        *_kept(before, after),
        *_boards(before, after),
        *rewired(before, after),
        *_power(before, after),
        *_battery(before, after),
        *_warmth(before, after),
        *_weight(before, after),
        *bought_otherwise(before, after),
        *_warnings(before, after),
    ]
    return [{"kind": kind, "about": about, "words": words} for kind, about, words in found]


Found = Iterator[tuple[str, str, str]]


def _rack(before: Plan, after: Plan) -> Found:
    one, two = before["rack"], after["rack"]
    if one["id"] != two["id"]:
        yield "rack", "rack", f"{two['id']} instead of {one['id']}"
    if one["height_u"] != two["height_u"]:
        yield "rack", "rack", f"{two['height_u']:g}U high instead of {one['height_u']:g}U"
    if before["free_u"] != after["free_u"]:
        yield "rack", "rack", f"{after['free_u']:g}U free instead of {before['free_u']:g}U"
    for key, what in WHOLE.items():
        if before[key] != after[key]:
            yield "rack", what, f"{after[key]} instead of {before[key]}"


def _cabinets(before: Plan, after: Plan) -> Found:
    """Yield what is different of cabinets that have names."""
    one, two = ({c["name"]: c for c in plan.get("cabinets", ())} for plan in (before, after))
    for name in [*two, *(name for name in one if name not in two)]:
        if name not in one:
            yield "cabinet", name, f"is new: {two[name]['rack']}, {two[name]['height_u']:g}U"
        elif name not in two:
            yield "cabinet", name, "is gone"
        else:
            yield from (("cabinet", name, words) for words in _cabinet(one[name], two[name]))


def _cabinet(one: Mapping[str, Any], two: Mapping[str, Any]) -> Iterator[str]:
    if one["rack"] != two["rack"]:
        yield f"{two['rack']} instead of {one['rack']}"
    if one["height_u"] != two["height_u"]:
        yield f"{two['height_u']:g}U high instead of {one['height_u']:g}U"
    if one["left_mm"] != two["left_mm"]:
        yield f"{two['left_mm']:g} mm from the left end of the row instead of {one['left_mm']:g}"
    if one["free_u"] != two["free_u"]:
        yield f"{two['free_u']:g}U free instead of {one['free_u']:g}U"
    was, now = (c["power"]["peak_w"] for c in (one, two))
    if was != now:
        yield f"draws {now:g} W at peak instead of {was:g} W"
    was, now = (c["climate"]["wanted_m3h"] for c in (one, two))
    if was != now:
        yield f"wants {now:g} m³/h of air instead of {was:g}"
    was, now = (c["weight"]["kg"] for c in (one, two))
    if was != now:
        yield f"{now:g} kg instead of {was:g} kg, prints not counted"
    was, now = (c["weight"]["tips_deg"] for c in (one, two))
    if None not in (was, now) and round(was) != round(now):
        yield f"tips at {now:.0f}° instead of {was:.0f}°"


def _kept(before: Plan, after: Plan) -> Found:
    """Yield what is different of the room that is kept free."""
    one, two = ({k["name"]: k for k in plan["kept"]} for plan in (before, after))
    for name in [*two, *(name for name in one if name not in two)]:
        if name not in one:
            yield "kept", name, f"room is kept for it{_where(two[name])}"
        elif name not in two:
            yield "kept", name, "no room is kept for it any more"
        else:
            yield from (("kept", name, words) for words in _moved(one[name], two[name]))


def _mounts(before: Plan, after: Plan) -> Found:
    one, two = _by_label(before), _by_label(after)
    for label in [*two, *(name for name in one if name not in two)]:
        if label not in one:
            yield "mount", label, f"is new: {_what(two[label])}{_where(two[label])}"
        elif label not in two:
            yield "mount", label, f"is gone: {_what(one[label])}{_where(one[label])}"
        else:
            for words in _changed(one[label], two[label]):
                yield "mount", label, words


def _by_label(plan: Plan) -> dict[str, Mapping[str, Any]]:
    """Return all that is mounted; what closes empty units follows from the rest and is left out."""
    listed = [*plan["modules"], *plan["beside"]]
    return {one["label"]: one for one in listed if one["part"] != "blank" or one["device"]}


def _what(mount: Mapping[str, Any]) -> str:
    return f"{mount['holds']}, {mount['part']}" if mount["holds"] else str(mount["part"])


def _where(mount: Mapping[str, Any]) -> str:
    if "at_u" not in mount:
        return ", beside the rack"
    inside = f" of {mount['cabinet']}" if "cabinet" in mount else ""
    behind = " at the rear" if "face" in mount else ""
    return f", {mount['height_u']:g}U from unit {mount['at_u']:g}{inside}{behind}"


def _changed(one: Mapping[str, Any], two: Mapping[str, Any]) -> Iterator[str]:
    if one["holds"] != two["holds"]:
        yield f"holds {two['holds'] or 'nothing'} instead of {one['holds'] or 'nothing'}"
    if one["part"] != two["part"]:
        yield f"stands on another part: {two['part']} instead of {one['part']}"
    places = one.get("at_u"), two.get("at_u")
    if None in places and places != (None, None):
        yield "stands in the rack now" if places[0] is None else "stands beside the rack now"
    elif None not in places:
        yield from _moved(one, two)
    if one.get("height_u") != two.get("height_u") and None not in places:
        yield f"takes {two['height_u']:g}U instead of {one['height_u']:g}U"
    if round(one.get("depth_mm") or 0) != round(two.get("depth_mm") or 0):
        yield f"reaches {two['depth_mm']:.0f} mm behind the panel instead of {one['depth_mm']:.0f}"


def _moved(one: Mapping[str, Any], two: Mapping[str, Any]) -> Iterator[str]:
    """Yield how a thing moves within its cabinet, to another, or to the other posts."""
    was, now = one["at_u"], two["at_u"]
    here, there = (mount.get("cabinet", "") for mount in (one, two))
    if here != there and here and there:
        yield f"moves from {here}, unit {was:g}, to {there}, unit {now:g}"
    elif was != now:
        way = "up" if now > was else "down"
        yield f"moves {way} from unit {was:g} to {now:g}"
    faces = [mount.get("face", "front") for mount in (one, two)]
    if faces[0] != faces[1]:
        yield f"hangs at the {faces[1]} posts now"


def _boards(before: Plan, after: Plan) -> Found:
    one = {board["name"]: board for board in before["power_boards"]}
    two = {board["name"]: board for board in after["power_boards"]}
    for name in [*two, *(name for name in one if name not in two)]:
        if name not in one:
            yield "board", name, f"is a new power board of {two[name]['outputs']} outputs"
        elif name not in two:
            yield "board", name, "is a power board no more"
        else:
            yield from (("board", name, words) for words in _board(one[name], two[name]))


def _board(one: Mapping[str, Any], two: Mapping[str, Any]) -> Iterator[str]:
    for key, what in (("outputs", "outputs"), ("connector", "as connector")):
        if one[key] != two[key]:
            yield f"{two[key]} {what} instead of {one[key]}"
    for case in ("typical", "worst"):
        was, now = one[case]["amps_a"], two[case]["amps_a"]
        if was != now:
            yield f"{now:g} A instead of {was:g} A, {case}"
    plugs = [", ".join(p for rail in board["rails"] for p in rail["plugs"]) for board in (one, two)]
    if plugs[0] != plugs[1]:
        yield f"is fed by {plugs[1]} instead of {plugs[0]}"
    volts = [[rail["volts"] for rail in board["rails"]] for board in (one, two)]
    if volts[0] != volts[1]:
        told = [" and ".join(f"{v:g} V" for v in dict.fromkeys(each)) for each in volts]
        yield f"gives {told[1]} instead of {told[0]}"
    was, now = (board["worst"]["lowest_v"] for board in (one, two))
    if round(was, 2) != round(now, 2):
        yield f"leaves {now:.2f} V at the weakest node instead of {was:.2f}"
    if one["fits"] != two["fits"]:
        yield "carries its load now" if two["fits"] else "does not carry its load any more"


def _power(before: Plan, after: Plan) -> Found:
    for case in CASES:
        was, now = (plan["energy"]["wall"][case]["watts_w"] for plan in (before, after))
        if was != now:
            yield "power", "mains", f"{now:g} W instead of {was:g} W, {case} ({now - was:+.1f} W)"
    money = after["energy"]["currency"]
    for case, year in after["energy"]["a_year"].items():
        was, now = before["energy"]["a_year"][case]["cost"], year["cost"]
        if was != now and None not in (was, now):
            told = f"{now:.2f} {money} a year instead of {was:.2f}, {case}".replace("  ", " ")
            yield "cost", "mains", told
    yield from _supplies(before, after)


def _supplies(before: Plan, after: Plan) -> Found:
    one, two = ({s["name"]: s for s in plan["energy"]["supplies"]} for plan in (before, after))
    for name in (name for name in two if name in one):  # new ones are told with the wiring
        was, now = one[name], two[name]
        if was["rated_w"] != now["rated_w"]:
            rated = [f"{s['rated_w']:g} W" if s["rated_w"] else "not known" for s in (now, was)]
            yield "power", name, f"rated {rated[0]} instead of {rated[1]}"
        if was["peak"]["load_w"] != now["peak"]["load_w"]:
            watts = now["peak"]["load_w"], was["peak"]["load_w"]
            yield "power", name, f"gives {watts[0]:g} W at peak instead of {watts[1]:g} W"


def _battery(before: Plan, after: Plan) -> Found:
    one, two = before["energy"]["ups"], after["energy"]["ups"]
    if (one is None) != (two is None):
        name = (one or two)["name"]
        yield "battery", name, "is new" if one is None else "is gone"
    elif one is not None and two is not None:
        if one["name"] != two["name"]:
            yield "battery", two["name"], f"instead of {one['name']}"
        for case in CASES:
            was, now = (ups["lasts"].get(case, {}).get("minutes", 0.0) for ups in (one, two))
            if round(was) != round(now):
                yield "battery", two["name"], f"{now:.0f} min instead of {was:.0f}, {case}"


def _warmth(before: Plan, after: Plan) -> Found:
    one, two = (
        {warm["label"]: warm for warm in plan["climate"]["boards"]["peak"]}
        for plan in (before, after)
    )
    for label in two:
        ends = [_end(plan[label]) for plan in (one, two) if label in plan]
        if len(ends) == 2 and ends[0] != ends[1]:
            yield "heat", label, f"processors at peak {ends[1]} instead of {ends[0]}"
    was, now = (plan["climate"]["wanted_m3h"] for plan in (before, after))
    if was != now:
        yield "heat", "air", f"{now:g} m³/h wanted at peak instead of {was:g}"
    was, now = (plan["climate"]["noise_dba"] for plan in (before, after))
    if was != now:
        told = ["no fans" if level is None else f"{level:g} dB(A)" for level in (was, now)]
        yield "noise", "fans", f"{told[1]} instead of {told[0]}"


def _end(warm: Mapping[str, Any]) -> str:
    for key, words in (("soc_most_c", "up to {:.0f} °C"), ("soc_least_c", "{:.0f} °C or more")):
        if warm[key] is not None:
            return words.format(warm[key])
    return "not known"


def _weight(before: Plan, after: Plan) -> Found:
    was, now = before["weight"]["kg"], after["weight"]["kg"]
    if was != now:
        yield "weight", "rack", f"{now:g} kg instead of {was:g} kg, prints not counted"


def _warnings(before: Plan, after: Plan) -> Found:
    for text in after["warnings"]:
        if text not in before["warnings"]:
            yield "warning", "now", text
    for text in before["warnings"]:
        if text not in after["warnings"]:
            yield "warning", "no more", text
