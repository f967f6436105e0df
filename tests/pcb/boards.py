"""Boards of every kind, for tests of laws."""

from typing import Any

from hypothesis import assume
from hypothesis import strategies as st

from catalog.problems import InputError
from pcb.parts import EXTRA_KINDS, INPUT_KINDS, OUTPUT_KINDS, largest_amps
from pcb.spec import BoardSpec, read_spec


@st.composite
def boards(draw: st.DrawFn, **fixed: Any) -> BoardSpec:
    """Any board that the spec lets through, with some of its settings as given."""
    count = draw(st.integers(1, 24))
    connector, other = draw(st.sampled_from(OUTPUT_KINDS)), draw(st.sampled_from(OUTPUT_KINDS))
    most = draw(st.floats(0.1, largest_amps(connector)))
    values = {
        "outputs": count,
        "volts": draw(st.sampled_from([12, 12, 5])),
        "connector": connector,
        "amps": most,
        "typical_amps": most * draw(st.floats(0.05, 1)),
        "outputs_5v": draw(st.sampled_from([0, 0, min(5, count - 1)])),
        "connector_5v": other,
        "amps_5v": draw(st.floats(0.1, largest_amps(other))),
        "input": draw(st.sampled_from(INPUT_KINDS)),
        "extra_inputs": draw(st.lists(st.sampled_from(EXTRA_KINDS), max_size=3)),
        "single_rail": draw(st.booleans()),
        "contacts": draw(st.sampled_from(["any", "hcs"])),
        "copper_oz": draw(st.sampled_from([1, 2])),
        "cable_awg": draw(st.sampled_from([14, 16, 18, 20, 22, 24])),
        "cable_m": draw(st.floats(0, 5)),
        "test_points": draw(st.booleans()),
        "ps_on": draw(st.sampled_from(["jumper", "jumper", "switch"])),
    }
    try:
        return read_spec({**values, **fixed})
    except InputError:
        assume(False)
        raise
