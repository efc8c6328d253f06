"""How much of anything is read before it is trusted. All bounds are generous for what head office makes."""

from typing import Final

BUNDLE_BYTES: Final = 8 * 1024 * 1024  # contract: a bundle, inflated
PACKED_BYTES: Final = 8 * 1024 * 1024  # as it travels; deflating never doubles anything
ROLE_BYTES: Final = 1024 * 1024
BUNDLE_FILES: Final = 1200  # 1,024 bins, the other roles, and new roots
BIN_BITS: Final = 10  # at most 1,024 hash bins
NEW_ROOTS: Final = 32  # root versions that one bundle may bring
KEYS_IN_ROLE: Final = 32
BLOB_BYTES: Final = 1024 * 1024 * 1024  # one picture or film
SIDE_PIXELS: Final = 8192
RENDITIONS: Final = 16
ITEMS: Final = 2000  # of a programme
CHECKLISTS: Final = 30  # that staff of one bank walk
