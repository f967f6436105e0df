#!/bin/sh
# Makes .venv and installs Rackpress into it. Called by the Makefile; harmless to run again.
#
#   scripts/setup.sh       what `make demo` needs
#   scripts/setup.sh dev   the test tools as well
#
# PYTHON=/path/to/python3.11 chooses the interpreter; else the first that is new enough is taken.
set -eu
cd "$(dirname "$0")/.."

fail() {
  printf 'error: %s\n' "$1" >&2
  printf '  hint: %s\n' "$2" >&2
  exit 3
}

new_enough() { "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; }

# Prints the interpreter to use. 3.11 comes first: constraints.txt was proved with it.
find_python() {
  if [ -n "${PYTHON:-}" ]; then set -- "$PYTHON"; else set -- python3.11 python3 python3.12 python3.13; fi
  for name in "$@"; do
    if new_enough "$name"; then printf '%s\n' "$name"; return; fi
  done
  found=$("${PYTHON:-python3}" --version 2>/dev/null) || found="none under the name ${PYTHON:-python3}"
  fail "Rackpress needs Python 3.11 or newer; found: $found" \
    "Debian, Ubuntu: apt install python3.11 python3.11-venv; or name one: make demo PYTHON=/path/to/python3.11"
}

make_venv() {
  python=$(find_python)
  version=$("$python" -c 'import sys; print("%d.%d" % sys.version_info[:2])')
  "$python" -c 'import ensurepip, venv' >/dev/null 2>&1 ||
    fail "this Python $version cannot make virtual environments" \
      "Debian, Ubuntu: apt install python$version-venv (or python3-venv)"
  echo "setup: making .venv with Python $version" >&2
  "$python" -m venv --clear .venv
}

# A .venv whose interpreter has gone, or that a broken run left without pip, is made again.
if ! new_enough .venv/bin/python || ! .venv/bin/python -m pip --version >/dev/null 2>&1; then
  make_venv
fi

# Through the environment rather than -c, so that the build of the package is pinned too: old pips
# read the first name for that, new ones the second. A relative path, as pip splits these at spaces.
export PIP_CONSTRAINT=constraints.txt PIP_BUILD_CONSTRAINT=constraints.txt
echo "setup: installing Rackpress and what it needs (the CAD kernel is large: some minutes)" >&2
.venv/bin/python -m pip install --quiet --disable-pip-version-check --editable ".${1:+[$1]}"
.venv/bin/python scripts/check_system.py
