"""LED lines above a counter (contract: Window strips)."""
