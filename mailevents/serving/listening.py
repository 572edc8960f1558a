"""The socket that streams are served on, and the process's limit of open files.

What is set here, accepted connections inherit (Linux): a client that vanished without a FIN, or stopped reading,
is noticed by the system and cut, where a server would wait for minutes; and a small event is sent at once.
It knows nothing of the server that takes the socket over.
"""

import contextlib
import errno
import resource
import socket

from agenticmail.commandline import shown
from mailevents.errors import CannotListen

BACKLOG = 4096  # connections that may wait while a fleet comes back at once; the system bounds it further
# Sent data that nobody takes ends the connection after this (RFC 5482): a client that only pauses for a minute
# costs little (`backpressure`), one that has vanished is noticed soon enough.
USER_TIMEOUT_MS = 90_000
KEEPALIVE_S = (10, 5, 3)  # idle time, interval, count: where nothing is sent, a vanished client is found like this

_REASONS = {
    errno.EADDRINUSE: "is in use by another program",
    errno.EACCES: "is not ours to take (ports below 1024 are root's)",
    errno.EADDRNOTAVAIL: "is on an address that this machine does not have",
}


def listen(host: str, port: int) -> socket.socket:
    """A listening socket on `host` (a name or an address, IPv6 too). CannotListen says why there is none."""
    if not 0 <= port <= 65535:
        raise CannotListen(f"port {port} is not between 0 and 65535")
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(
            host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
    except (socket.gaierror, UnicodeError) as error:  # the latter of labels that no name has
        raise CannotListen(f"{shown(host)} is neither an address nor a name that can be resolved") from error
    listener = socket.socket(family, kind, protocol)
    try:
        _configure(listener)
        listener.bind(address)
        listener.listen(BACKLOG)
    except OSError as error:
        listener.close()
        raise CannotListen(f"port {port} of {shown(host)} {_REASONS.get(error.errno or 0, error.strerror)}") from error
    return listener


def _configure(listener: socket.socket) -> None:
    idle, interval, count = KEEPALIVE_S
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
    options = {
        "TCP_NODELAY": 1,
        "TCP_KEEPIDLE": idle,
        "TCP_KEEPINTVL": interval,
        "TCP_KEEPCNT": count,
        "TCP_USER_TIMEOUT": USER_TIMEOUT_MS,
    }
    for name, value in options.items():
        if hasattr(socket, name):  # not every system has all of them
            listener.setsockopt(socket.IPPROTO_TCP, getattr(socket, name), value)


def raise_file_limit() -> int:
    """As many open files as the system lets this process have: each stream and each mailbox is one."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if soft != hard:
        with contextlib.suppress(OSError, ValueError):  # macOS says "unlimited" and refuses it
            resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    return resource.getrlimit(resource.RLIMIT_NOFILE)[0]
