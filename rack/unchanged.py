"""A build that was made already: found by its input, and held against what lies in its folder.

Nothing here loads the catalogue, the planner or any CAD: it answers before they would be loaded.
What a build read besides its file is noted by `catalog.origin.noting` and looked at again.
"""

import errno
import json
import os
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from catalog.cache import Cache, key_of
from catalog.origin import HOME, digest_of, folder_digest, world
from catalog.staging import SCRATCH, sweep
from rack.folder import MANIFEST, as_built, real, staged, usual_folder

KIND = "build"


@dataclass(frozen=True)
class Request:
    """What a build is asked for.

    Args:
        file: the rack.toml.
        catalog_dir: the user's own facts, if an option names them.
        options: all else that changes a byte, as plain data.
    """

    file: Path
    catalog_dir: str | None
    options: Mapping[str, Any]

    def place(self) -> str:
        """Return the key that a build of this file is noted under, whatever is in it."""
        return key_of(f"{KIND} of", str(self.file), str(Path.cwd()))

    def key(self) -> str:
        """Return the key that the build is kept under: of the file, not of what it names.

        Raises:
            OSError: the file cannot be read, or is no plain one.
        """
        own = self.catalog_dir or os.environ.get("RACKPRESS_CATALOG", "")
        facts = [own, folder_digest(Path(own).expanduser())] if own else []
        if not self.file.is_file():  # a device has no end
            raise OSError(errno.EINVAL, "no plain file", str(self.file))
        data = digest_of(self.file.read_bytes())
        place = [str(self.file), str(Path.cwd())]  # other paths are relative to these
        return key_of(KIND, world(), place, data, facts, dict(self.options))


def known(request: Request, given: Path | None, cache: Cache) -> tuple[Path, dict[str, Any]] | None:
    """Return where a build lies and what was told of it, if it is made from the same, unchanged.

    Args:
        request: what is asked for.
        given: where it is to be; in the usual place if left out.
        cache: where builds are noted.
    """
    try:
        kept = cache.get(request.key())
        if kept is None:
            return None
        note: dict[str, Any] = json.loads(kept["note"])
        folder = given or usual_folder(note["told"]["plan"]["name"])
        place = real(folder)
        same = all(_digest(Path(path)) == found for path, found in note["read"])
        if not same or _digest(place / MANIFEST) != note["manifest"] or not as_built(place):
            return None
    except OSError:
        return None
    sweep(place.parent, staged(place))  # what a killed build left goes even where none is made
    sweep(Path(tempfile.gettempdir()), SCRATCH)
    return folder, {**note["told"], "text": kept["text"].decode()}


def remember(
    request: Request, read: Mapping[Path, str], folder: Path, told: Mapping[str, Any], cache: Cache
) -> None:
    """Note a build.

    Args:
        request: what was asked for.
        read: digest of every file that was read for it.
        folder: where it lies.
        told: what there is to say of it as plain data, `text` for people.
        cache: where it is noted.
    """
    own = {path.absolute(): found for path, found in read.items() if HOME not in path.parents}
    try:
        if any(_digest(path) != found for path, found in own.items()):
            return  # changed under our hands
        note = {
            "read": sorted([str(path), found] for path, found in own.items()),
            "manifest": _digest(real(folder) / MANIFEST),
            "told": {name: value for name, value in told.items() if name != "text"},
        }
        key = request.key()
    except OSError:  # gone
        return
    text = json.dumps(note, ensure_ascii=False, separators=(",", ":"))
    cache.keep(key, {"note": text.encode(), "text": str(told["text"]).encode()})
    cache.keep(request.place(), {})


def is_new(request: Request, cache: Cache | None) -> bool:
    """Say whether no build of a file is known, so that most of it will have to be made.

    Args:
        request: what is asked for.
        cache: where builds are noted; `None` keeps nothing, so that all is new.
    """
    return cache is None or cache.get(request.place()) is None


def _digest(path: Path) -> str:
    return digest_of(path.read_bytes())
