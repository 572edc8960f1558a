"""Which texts may stand as an address in an envelope or a header: fewer than RFC 5321 allows, to be safe there."""

import re

LONGEST_ADDRESS = 254  # RFC 5321 section 4.5.3.1
_LONGEST_LOCAL = 64
# RFC 5321 Dot-string, with the letters of other scripts (RFC 6531); no quoted local parts, no address literals.
_LOCAL = re.compile(r"[\w!#$%&'*+/=?^`{|}~-]+(\.[\w!#$%&'*+/=?^`{|}~-]+)*")
_LABEL = re.compile(r"[^\W_]([\w-]{0,61}[^\W_])?")


def is_address(text: str) -> bool:
    """Whether `text` is one bare address: no name, no angle brackets, nothing before or after it."""
    local, at, domain = text.rpartition("@")
    if not at or len(text) > LONGEST_ADDRESS or not 0 < len(local) <= _LONGEST_LOCAL:
        return False
    return bool(_LOCAL.fullmatch(local)) and all(map(_LABEL.fullmatch, domain.split(".")))
