"""daphne in this process, on a socket that is already listening.

It knows what may not be served yet (an incomplete database), nothing of streams or mail.
"""

import socket
from typing import Any

from django.db import DEFAULT_DB_ALIAS, DatabaseError, connections
from django.db.migrations.executor import MigrationExecutor

from mailevents.errors import DatabaseNotReady


def require_migrated() -> None:
    """DatabaseNotReady where the database cannot be reached or lacks migrations."""
    connection = connections[DEFAULT_DB_ALIAS]
    if connection.settings_dict["NAME"] == ":memory:":
        raise DatabaseNotReady("a database in memory is lost with whoever opened it. Look at DATABASE_URL.")
    try:
        executor = MigrationExecutor(connection)
        missing = executor.migration_plan(executor.loader.graph.leaf_nodes())
    except DatabaseError as error:
        told = str(error).strip().partition("\n")[0]
        raise DatabaseNotReady(f"the database cannot be used: {told}. Look at DATABASE_URL.") from error
    finally:
        connection.close()
    if missing:
        names = ", ".join(f"{migration.app_label}.{migration.name}" for migration, _ in missing[:3])
        more = " and more" if len(missing) > 3 else ""
        raise DatabaseNotReady(f"the database lacks migrations ({names}{more}). Run: manage.py migrate")


def application_for_daphne() -> Any:
    """The product, made for daphne: it looks which server there is, so that one comes first."""
    import daphne.server  # noqa: F401 - installs Twisted's reactor

    from agenticmail.asgi import application

    return application


def serve(application: Any, listener: socket.socket) -> None:
    """Serves until SIGTERM or SIGINT."""
    from daphne.server import Server

    # daphne closes the descriptor that it is given, after it has made its own of it
    Server(application=application, endpoints=[f"fd:fileno={listener.detach()}"]).run()


def url_of(listener: socket.socket) -> str:
    """Where a browser on this machine finds it."""
    host, port = listener.getsockname()[:2]
    host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104 - read, not bound
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"
