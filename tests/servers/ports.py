"""Ports to listen on."""

import random
import socket

_RANDOM = random.SystemRandom()  # the suite re-seeds the shared generator before every test
_given: set[int] = set()


def free_port() -> int:
    """A TCP port nobody listens on, outside the range that outgoing connections take theirs from.

    So a server that is stopped and started again finds its port free, however many clients run meanwhile.
    """
    for _ in range(1000):
        port = _RANDOM.randrange(15000, 32000)
        if port not in _given and _is_free(port):
            _given.add(port)
            return port
    raise OSError("no free port between 15000 and 32000")


def _is_free(port: int) -> bool:
    with socket.socket() as probe:
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
        return True
