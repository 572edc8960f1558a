"""`serve`: daphne on a socket with the options that streams need."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from mailevents.errors import CannotListen, DatabaseNotReady
from mailevents.serving.listening import listen, raise_file_limit
from mailevents.serving.server import application_for_daphne, require_migrated, serve, url_of


class Command(BaseCommand):
    help = "Serves streams, admin and console with daphne, on a socket set up for streams, until SIGTERM or Ctrl-C."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--port", type=int, default=8000, help="default 8000; 0 takes a free one")
        parser.add_argument("--host", default="127.0.0.1", help="default 127.0.0.1; 0.0.0.0 is every address")

    def handle(self, *_: Any, port: int, host: str, **__: Any) -> None:
        try:
            require_migrated()
            listener = listen(host, port)
        except DatabaseNotReady as error:
            raise CommandError(f"Not serving: {error}") from error
        except CannotListen as error:
            raise CommandError(f"Not serving: {error}. Choose another with --port or --host.") from error
        files = raise_file_limit()
        application = application_for_daphne()
        self.stdout.write(f"Serving on {url_of(listener)} (at most {files} open files). Ctrl-C stops it.")
        self.stdout.flush()
        serve(application, listener)
        self.stdout.write("Stopped.")
