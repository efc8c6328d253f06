"""Our own pads' protocol, host side (contract: padlink)."""
