"""The side file of sizes: what NetBox does not know and a mount of ours must."""

from pathlib import Path
from typing import Annotated

from pydantic import BeforeValidator, Field, model_validator

from catalog.base import Fact, Id, Length
from catalog.devices import Category
from catalog.problems import Problem, did_you_mean
from catalog.validate import Wrong, of_version, parse, read_versioned
from catalog.versions import SIZES
from rack.gather import located

VERSION = SIZES.newest


class DeviceSize(Fact):
    """One device in mm: with all three a box that a mount carries, else one that keeps its ears."""

    device: Id
    width_mm: Length | None = None
    depth_mm: Length
    height_mm: Length | None = None
    category: Category = "other"

    @model_validator(mode="after")
    def _whole(self) -> "DeviceSize":
        if (self.width_mm is None) != (self.height_mm is None):
            raise Wrong("width_mm and height_mm go together", nearest="write both, or neither")
        return self


class Sizes(Fact):
    """The whole file."""

    version: Annotated[int, BeforeValidator(of_version(SIZES)), Field(ge=1, le=SIZES.newest)] = (
        VERSION
    )
    size: Annotated[tuple[DeviceSize, ...], Field(max_length=10_000)] = ()


def read_sizes(path: Path, known: set[str]) -> dict[str, DeviceSize]:
    """Return the sizes of a side file by device.

    Args:
        path: the file.
        known: ids of the devices that are being read.

    Raises:
        InputError: not readable, a device that is not being read, or one that stands there twice.
    """
    data, text = read_versioned(path, str(path), SIZES)
    sizes = parse(Sizes, data, str(path), text)
    found: dict[str, DeviceSize] = {}
    problems: list[Problem] = []
    for index, one in enumerate(sizes.size):
        key = f"size[{index}].device"
        if one.device not in known:
            what, near = f"no device {one.device!r} is read", did_you_mean(one.device, known)
            problems.append(Problem(str(path), what, key, nearest=near))
        elif one.device in found:
            what = f"{one.device!r} stands there twice"
            problems.append(Problem(str(path), what, key, nearest="leave one of them out"))
        found[one.device] = one
    if problems:
        raise located(problems, data, text)
    return found
