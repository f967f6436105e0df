"""The rack.toml that `rackpress new` writes: short, right, and commented."""

STARTER = """\
# A rack, for Rackpress. Check it with `rackpress check {file}`,
# build it with `rackpress build {file}`.
version = 1
name = "{name}"                  # names the folder of the results
title = "My rack"
rack = "10in"                    # 10in, 10in-250, 19in, or a rack: rackpress catalog list racks
height = "6U"
printer = "bambu-a1"             # rackpress catalog list printers
# calibration = "my-a1.toml"     # of rackpress calibrate: how that printer prints
material = "petg"                # pla softens at 55 °C: not behind warm boards
fill = "open"                    # open, blank or vented: what closes empty slots

# One table for each thing in the rack. A box takes a shelf, a board a tray, several boards a frame
# with sleds; what weighs over 2 kg is held at the rear posts too. Ids: rackpress catalog list
[[item]]
device = "netgear-gs308"

[[item]]
name = "nodes"
device = "raspberry-pi-4b"
count = 3                        # three sleds in one frame; "max": as many as fit
pose = "flat"                    # flat or on-edge
# at_u = 3                       # lowest unit it takes, counted from 1; placed for you if left out
# height = "1U"                  # the smallest that works if left out
# hat = "rpi-poe-hat"            # rackpress catalog list hats
# times = "max"                  # so many such frames; "max": as many as find room

[[item]]
name = "patch"
mount = "panel"                  # other mounts by name: rackpress mount list

[item.set]                       # a mount's further fields: rackpress mount list --json
keystones = 6

# Boards on standoffs, each with a fan, stand beside the rack and take no unit:
# [[item]]
# device = "raspberry-pi-4b"
# mount = "stack"
# count = 5
# set = { fan = "40x10" }

# Several cabinets, from left to right; an item then says cabinet = "left", or goes where there is
# room. face = "rear" hangs it on the rear posts.
# [[cabinet]]
# name = "left"
# height = "6U"

# What stands beside the rack but draws power:
# [[outside]]
# name = "router"
# typical_w = 10

# A power board for the nodes: an ATX 24-pin plug in, one output for each node.
# [[power_board]]
# outputs = 3
# volts = 5
# amps = 3
# connector = "screw"            # barrel-5.5x2.1, screw, wire, jst-vh, mini-fit
"""


def starter(file: str, name: str) -> str:
    """Return a rack.toml to start from.

    Args:
        file: how the comments call it.
        name: the rack's name.
    """
    return STARTER.replace("{file}", file).replace("{name}", name)
