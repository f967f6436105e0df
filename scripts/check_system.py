"""Says which Debian package is missing when a system library is, instead of a traceback.

Run once after installing. Exit 3: the CAD kernel cannot be loaded. A library that only pictures
need is named and passed over.
"""

import ctypes
import importlib
import re
import sys
from collections.abc import Callable, Iterable

# Library: Debian package. What the wheels of the kernel (OCP) and of VTK load from the system, as
# `ldd` lists it over the installed wheels; the names are those of Debian 12.
PACKAGES = {
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libGLX.so.0": "libglx0",
    "libX11.so.6": "libx11-6",
    "libXau.so.6": "libxau6",
    "libXdmcp.so.6": "libxdmcp6",
    "libXext.so.6": "libxext6",
    "libXrender.so.1": "libxrender1",
    "libexpat.so.1": "libexpat1",
    "libgcc_s.so.1": "libgcc-s1",
    "libgomp.so.1": "libgomp1",
    "libstdc++.so.6": "libstdc++6",
    "libxcb.so.1": "libxcb1",
    "libz.so.1": "zlib1g",
}
NEEDED = ("libGL.so.1", "libX11.so.6", "libexpat.so.1", "libstdc++.so.6", "libz.so.1")
FOR_PICTURES = "libEGL.so.1"
KERNEL = ("OCP.TopoDS", "cadquery", "manifold3d", "shapely")

_MISSING = re.compile(r"(lib[\w.+-]+\.so[\w.]*): cannot open shared object file")


def missing_library(message: str) -> str | None:
    """Return the library that the dynamic loader did not find, or None if it says something else.

    Args:
        message: the text of an ImportError or OSError.
    """
    match = _MISSING.search(message)
    return match[1] if match else None


def advice(libraries: Iterable[str]) -> str:
    """Return what to install, in one line.

    Args:
        libraries: file names such as `libGL.so.1`.
    """
    names = sorted(set(libraries))
    packages = sorted({PACKAGES[name] for name in names if name in PACKAGES})
    parts = [f"apt install {' '.join(packages)}"] if packages else []
    parts += [f"find the package that holds {name}" for name in names if name not in PACKAGES]
    return "Debian, Ubuntu: " + "; ".join(parts)


def loads(library: str) -> bool:
    """Return whether the system has a library."""
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def failing_libraries(
    load: Callable[[str], object] = importlib.import_module,
    has: Callable[[str], bool] = loads,
) -> list[str]:
    """Return the system libraries without which the CAD kernel cannot be loaded, sorted.

    The loader names one at a time; the others that are known to be needed are tried at once.

    Args:
        load: imports a module by name.
        has: tells whether the system has a library.

    Raises:
        ImportError: the kernel fails for another reason than a missing system library.
    """
    for module in KERNEL:
        try:
            load(module)
        except ImportError as error:
            library = missing_library(str(error))
            if library is None:
                raise
            return sorted({library, *(name for name in NEEDED if not has(name))})
    return []


def main() -> int:
    """Check, talk on stderr, return the exit code."""
    failing = failing_libraries()
    if failing:
        print(f"error: missing system libraries: {', '.join(failing)}", file=sys.stderr)
        print(f"  hint: {advice(failing)}", file=sys.stderr)
        return 3
    if not loads(FOR_PICTURES):
        print(f"note: no pictures of parts: {FOR_PICTURES} is missing", file=sys.stderr)
        print(f"  hint: {advice([FOR_PICTURES])}", file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main())
