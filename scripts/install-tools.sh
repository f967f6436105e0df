#!/usr/bin/env bash
# Installs the optional programs that the tests call: KiCad 9, PrusaSlicer, gmsh, CalculiX,
# Chromium and the device-tree compiler.
#
# Debian only, as root or through sudo. Where the release's own KiCad is older than 9, KiCad comes
# from the release's backports suite. The sources entry for that is derived from the one this
# machine already uses for its release, so that whatever server, key and proxy the machine is set
# up for goes on being used.
#
#   scripts/install-tools.sh                         install what is missing
#   scripts/install-tools.sh --print-entry bookworm  print the derived entry, change nothing
#
# For tests: APT_SOURCES_DIR instead of /etc/apt, OS_RELEASE_FILE instead of /etc/os-release.
set -euo pipefail

lists=${APT_SOURCES_DIR:-/etc/apt}
# What CadQuery's kernel and pictures without a screen load; a desktop has them already.
libraries=(libgl1 libegl1 libgl1-mesa-dri libxrender1 libxext6)

fail() {
  echo "install-tools: $1" >&2
  exit 3
}

as_root() {
  if [ "$(id -u)" -eq 0 ]; then
    "$@"
  else
    command -v sudo >/dev/null 2>&1 || fail "run this as root, or install sudo"
    sudo "$@"
  fi
}

apt_get() { as_root env DEBIAN_FRONTEND=noninteractive apt-get -q -o DPkg::Lock::Timeout=120 "$@"; }

# True if $1, a version such as 9.0.8+dfsg-1, is KiCad 9 or newer.
is_9() { [[ ${1%%.*} =~ ^[0-9]+$ ]] && [ "${1%%.*}" -ge 9 ]; }

have_kicad_9() { command -v kicad-cli >/dev/null 2>&1 && is_9 "$(kicad-cli version)"; }

offered_kicad() { apt-cache policy kicad | sed -nE 's/^ *Candidate: *([0-9]+:)?//p'; }

# Prints each deb822 stanza that serves release $1 as one backports entry with a rank before every
# line. A stranger's repository may carry the release's name too: Debian's own is told by the
# updates suite beside it (rank 1), else by Debian's key (2); what has a main component is last (3).
ranked_stanzas() {
  awk -v release="$1" '
    function value(line) { sub(/^[^:]*:[ \t]*/, "", line); return " " line " " }
    BEGIN { RS = ""; FS = "\n" }
    {
      suites = components = keys = types = uris = ""; off = 0
      for (i = 1; i <= NF; i++) {
        field = tolower($i)
        if (field ~ /^suites:/) suites = value($i)
        else if (field ~ /^components:/) components = value($i)
        else if (field ~ /^signed-by:/) keys = value($i)
        else if (field ~ /^types:/) types = value($i)
        else if (field ~ /^uris:/) uris = value($i)
        else if (field ~ /^enabled:[ \t]*(no|false|0|off)/) off = 1
      }
      gsub(/\t/, " ", suites); gsub(/\t/, " ", components)
      if (off || types !~ /deb / || uris ~ / cdrom:/) next
      if (!index(suites, " " release " ") || !index(components, " main ")) next
      rank = index(suites, " " release "-updates ") ? 1 : keys ~ /debian-archive/ ? 2 : 3
      for (i = 1; i <= NF; i++) {
        field = tolower($i)
        if (field ~ /^suites:/) print rank, "Suites: " release "-backports"
        else if (field ~ /^components:/) print rank, "Components: main"
        else if (field ~ /^types:/) print rank, "Types: deb"
        else if (field !~ /^#/) print rank, $i
      }
      print rank, ""
    }' "${@:2}"
}

# The same for one-line entries; the updates suite then stands on a line of its own.
ranked_lines() {
  awk -v release="$1" '
    $1 != "deb" { next }
    {
      at = 2
      if ($2 ~ /^\[/) while ($at !~ /\]$/ && at < NF) at++
      if ($2 ~ /^\[/) at++
      if ($at ~ /^cdrom:/) next
      head = "deb"
      for (i = 2; i <= at; i++) head = head " " $i
      if ($(at + 1) == release "-updates") updates[$at] = 1
      if ($(at + 1) != release) next
      for (i = at + 2; i <= NF; i++) if ($i == "main") { kept[++n] = head; uri[n] = $at; break }
    }
    END {
      for (i = 1; i <= n; i++) {
        rank = uri[i] in updates ? 1 : kept[i] ~ /debian-archive/ ? 2 : 3
        print rank, kept[i] " " release "-backports main"
        print rank, ""
      }
    }' "${@:2}"
}

# Keeps the first entry of the best rank.
best() { sort -s -n -k1,1 | awk '{ sub(/^[0-9]+ ?/, "") } !NF { full = 1 } !full { print }'; }

# Prints the backports entry for release $1 in the format this machine uses.
backports_entry() {
  local stanzas=() lines=()
  shopt -s nullglob
  stanzas=("$lists"/sources.list.d/*.sources)
  lines=("$lists"/sources.list.d/*.list)
  [ ! -e "$lists/sources.list" ] || lines=("$lists/sources.list" "${lines[@]}")
  local found=""
  if [ ${#stanzas[@]} -gt 0 ]; then found=$(ranked_stanzas "$1" "${stanzas[@]}" | best); fi
  if [ -z "$found" ] && [ ${#lines[@]} -gt 0 ]; then found=$(ranked_lines "$1" "${lines[@]}" | best); fi
  [ -n "$found" ] || fail "no sources entry for $1 to derive the backports suite from"
  printf '%s\n' "$found"
}

add_backports() {
  local entry ending=sources
  entry=$(backports_entry "$1")
  case $entry in "deb "*) ending=list ;; esac
  printf '%s\n' "$entry" | as_root tee "$lists/sources.list.d/rackpress-backports.$ending" >/dev/null
  apt_get update
}

install_kicad() {
  local suite=()
  if ! is_9 "$(offered_kicad)"; then
    # Nothing is added where the suite is already in use.
    grep -rqsE "^[^#]*[ :]$1-backports( |$)" "$lists/sources.list" "$lists/sources.list.d" || add_backports "$1"
    suite=(-t "$1-backports")
  fi
  apt_get install -y --no-install-recommends "${suite[@]}" kicad kicad-symbols kicad-footprints
}

main() {
  command -v apt-get >/dev/null 2>&1 ||
    fail "this script knows Debian only; install KiCad 9 or newer and PrusaSlicer by hand"
  # shellcheck source=/dev/null
  . "${OS_RELEASE_FILE:-/etc/os-release}"
  local release=${VERSION_CODENAME:?no release code name in /etc/os-release} wanted=()
  command -v prusa-slicer >/dev/null 2>&1 || wanted+=(prusa-slicer)
  command -v gmsh >/dev/null 2>&1 || wanted+=(gmsh)
  command -v ccx >/dev/null 2>&1 || wanted+=(calculix-ccx)
  command -v chromium >/dev/null 2>&1 || wanted+=(chromium)
  command -v dtc >/dev/null 2>&1 || wanted+=(device-tree-compiler)
  local name
  for name in "${libraries[@]}"; do
    dpkg -s "$name" >/dev/null 2>&1 || wanted+=("$name")
  done
  if [ ${#wanted[@]} -gt 0 ] || ! have_kicad_9; then apt_get update; fi
  if [ ${#wanted[@]} -gt 0 ]; then apt_get install -y --no-install-recommends "${wanted[@]}"; fi
  have_kicad_9 || install_kicad "$release"
  have_kicad_9 || fail "KiCad 9 did not install"
  echo "install-tools: KiCad $(kicad-cli version), $(prusa-slicer --help | grep -m 1 -o '^PrusaSlicer-[^ ]*' || true)"
}

case ${1:-} in
  --print-entry) backports_entry "${2:?--print-entry needs the release, such as bookworm}" ;;
  "") main ;;
  *) fail "unknown option $1; there is only --print-entry RELEASE" ;;
esac
