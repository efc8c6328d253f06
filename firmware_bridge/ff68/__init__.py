"""Call-and-rate sets on an addressed line, host side (contract: ff68)."""
