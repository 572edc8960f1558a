"""Which process this is among all that share the database, and whether another of this host is still there."""

import os
import secrets
import socket

HOST = socket.gethostname()[:32]
OWNER = f"{HOST}:{os.getpid()}:{secrets.token_hex(4)}"


def is_dead(owner: str) -> bool:
    """Whether `owner` was a process of this host that is gone: then nobody need wait for its lease to run out."""
    host, _, rest = owner.rpartition(":")[0].rpartition(":")
    if host != HOST or owner == OWNER or not rest.isdecimal():
        return False
    if int(rest) == os.getpid():  # an earlier process with our number, as in a container that was restarted
        return True
    try:
        os.kill(int(rest), 0)
    except ProcessLookupError:
        return True
    except OSError:
        return False
    return False
