#!/usr/bin/env bash
# Installs the optional programs that the tests call: KiCad 9 and PrusaSlicer.
#
# Debian only, as root or through sudo. KiCad 9 is in the backports suite of Debian 12; its sources
# entry is derived from the one this machine already uses for its release, so that whatever server,
# key and proxy the machine is set up for goes on being used.
set -euo pipefail

as_root() { if [ "$(id -u)" -eq 0 ]; then "$@"; else sudo "$@"; fi; }

have_kicad_9() {
  command -v kicad-cli >/dev/null 2>&1 && [ "$(kicad-cli version | cut -d. -f1)" -ge 9 ]
}

if ! command -v apt-get >/dev/null 2>&1; then
  echo "install-tools: this script knows Debian only; install KiCad 9 or newer and PrusaSlicer by hand" >&2
  exit 3
fi

. /etc/os-release
suite="${VERSION_CODENAME:?no release code name in /etc/os-release}-backports"
lists=${APT_SOURCES_DIR:-/etc/apt}
target="$lists/sources.list.d/rackpress-backports"

# Prints a backports entry in the format of the first entry that serves this release.
backports_entry() {
  local file
  for file in "$lists"/sources.list.d/*.sources; do
    [ -e "$file" ] || continue
    awk -v release="$VERSION_CODENAME" -v suite="$suite" '
      BEGIN { RS = ""; FS = "\n" }
      {
        found = 0
        for (i = 1; i <= NF; i++)
          if ($i ~ "^Suites:.*[ \t]" release "([ \t]|$)") found = 1
        if (!found) next
        for (i = 1; i <= NF; i++) {
          if ($i ~ /^Suites:/) print "Suites: " suite
          else if ($i ~ /^Components:/) print "Components: main"
          else if ($i !~ /^#/) print $i
        }
        exit
      }' "$file"
    return 0
  done
}

backports_line() {
  [ -e "$lists/sources.list" ] || return 0
  sed -nE "s/^(deb +(\[[^]]*\] +)?[^ ]+) +$VERSION_CODENAME +.*/\1 $suite main/p" "$lists/sources.list" | head -n 1
}

if ! have_kicad_9; then
  entry=$(backports_entry)
  if [ -n "$entry" ]; then
    printf '%s\n' "$entry" | as_root tee "$target.sources" >/dev/null
  else
    line=$(backports_line)
    [ -n "$line" ] || { echo "install-tools: no sources entry for $VERSION_CODENAME to derive from" >&2; exit 3; }
    printf '%s\n' "$line" | as_root tee "$target.list" >/dev/null
  fi
fi

export DEBIAN_FRONTEND=noninteractive
as_root apt-get update -q
# CadQuery's kernel and the headless pictures need the GL libraries; a desktop has them already.
as_root apt-get install -q -y --no-install-recommends libgl1 libegl1 libgl1-mesa-dri libxrender1 libxext6
if ! have_kicad_9; then
  as_root apt-get install -q -y --no-install-recommends -t "$suite" kicad kicad-symbols kicad-footprints
fi
command -v prusa-slicer >/dev/null 2>&1 || as_root apt-get install -q -y --no-install-recommends prusa-slicer

have_kicad_9 || { echo "install-tools: KiCad 9 did not install" >&2; exit 3; }
kicad-cli version
prusa-slicer --help | head -n 1
