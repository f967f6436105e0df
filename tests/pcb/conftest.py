"""What the power board's tests share: KiCad with a private home, and boards to try."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from pcb.kicad import KiCad, open_kicad
from pcb.spec import BoardSpec, read_spec


@pytest.fixture(scope="session")
def kicad_home() -> Iterator[KiCad]:
    """KiCad's command line with a home of its own, once per session. Ask for `kicad` instead."""
    with open_kicad() as program:
        yield program


@pytest.fixture
def kicad(kicad_cli: Path, request: pytest.FixtureRequest) -> KiCad:
    """KiCad's command line; `kicad_cli` skips the test, or fails it, where there is none."""
    return request.getfixturevalue("kicad_home")


@pytest.fixture
def spec() -> Callable[..., BoardSpec]:
    """Make a spec from what differs from two outputs on 12 V, named b."""

    def make(**values: Any) -> BoardSpec:
        return read_spec({"outputs": 2, "name": "b", **values})

    return make
