"""The device-tree overlay of a managed board: each node's line has its name in the kernel.

Bindings: Linux, gpio-pca95xx.yaml ("ti,tca9534", "ti,tca9535") and ti,ina3221.yaml. The interrupt's
line is that of a Raspberry Pi's header; the parameter `int` moves it.
"""

from pcb.managed.pinmap import PinMap, Sensor

INT_GPIO = 4  # of a Raspberry Pi: header pin 7, pulled up when nobody sets it
LEVEL_LOW = 8  # IRQ_TYPE_LEVEL_LOW: INT is an open drain


def overlay(pins: PinMap) -> str:
    """Return the text of the overlay."""
    expanders = "\n".join(_expander(pins, place) for place in range(len(pins.expanders)))
    sensors = "".join(_sensor(pins, place) for place in range(len(pins.sensors)))
    moved = ", ".join(f'<&{_label(one.ref)}>, "interrupts:0"' for one in pins.expanders)
    return f"""// Overlay of {pins.board}. A line at 0 turns its node off; let go, it is on.
/dts-v1/;
/plugin/;

/ {{
	compatible = "brcm,bcm2835";

	fragment@0 {{
		target = <&i2c_arm>;
		__overlay__ {{
			#address-cells = <1>;
			#size-cells = <0>;
			status = "okay";

{expanders}{sensors}
		}};
	}};

	__overrides__ {{
		int = {moved};
	}};
}};
"""


def _expander(pins: PinMap, place: int) -> str:
    one = pins.expanders[place]
    names = {pin.bit: pin.name for pin in pins.outputs if pin.expander == place}
    if pins.ps_on is not None and pins.ps_on.expander == place:
        names[pins.ps_on.bit] = "PS_ON"
    lines = ", ".join(f'"{_quoted(names.get(bit, ""))}"' for bit in range(one.bits))
    return f"""			{_label(one.ref)}: gpio@{one.address:x} {{
				compatible = "ti,{one.chip.lower()}";
				reg = <0x{one.address:x}>;
				gpio-controller;
				#gpio-cells = <2>;
				gpio-line-names = {lines};
				interrupt-parent = <&gpio>;
				interrupts = <{INT_GPIO} {LEVEL_LOW}>;
				#address-cells = <0>;
				interrupt-controller;
				#interrupt-cells = <2>;
			}};"""


def _sensor(pins: PinMap, place: int) -> str:
    one = pins.sensors[place]
    inputs = "".join(_input(pins, one, number) for number in (1, 2, 3))
    return f"""
			sensor@{one.address:x} {{
				compatible = "ti,ina3221";
				reg = <0x{one.address:x}>;
				#address-cells = <1>;
				#size-cells = <0>;{inputs}
			}};"""


def _input(pins: PinMap, one: Sensor, number: int) -> str:
    """Return a channel, which the kernel counts from 0; one that reads nothing is off."""
    read = next((row for row in one.channels if row.channel == number), None)
    lines = ['status = "disabled";']
    if read is not None:
        name = next(pin.name for pin in pins.outputs if pin.output == read.output)
        lines = [f'label = "{_quoted(name)}";', f"shunt-resistor-micro-ohms = <{read.shunt_uohm}>;"]
    told = "".join(f"\n\t\t\t\t\t{line}" for line in (f"reg = <{number - 1}>;", *lines))
    return f"""
				input@{number - 1} {{{told}
				}};"""


def _label(ref: str) -> str:
    return f"rackpress_{ref.lower()}"


def _quoted(text: str) -> str:
    return text.replace("\\", "\\\\").replace('"', '\\"')
