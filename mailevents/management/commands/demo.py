"""`demo`: a fleet, a mail server and the product in one process, with lines to paste."""

import os
import shutil
import sys
import threading
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from mailevents.demo.fleet import OUTSIDE, found, new_passwords
from mailevents.demo.ports import HOST, PortRefused, Ports, chosen, environment_for
from mailevents.demo.story import tell
from mailevents.demo.words import welcome
from mailevents.embedded import EmbeddedMail
from mailevents.serving.listening import listen, raise_file_limit
from mailevents.serving.server import application_for_daphne, serve, url_of

STARTED_OVER = "AGENTICMAIL_DEMO_FOLDER"


class Command(BaseCommand):
    help = "A small fleet with a mail server of its own on this machine, to try the product. Nothing to configure."
    requires_system_checks = []  # noqa: RUF012 - Django's name; the settings are the demo's own, made below

    def handle(self, *_: Any, **__: Any) -> None:
        try:
            ports = chosen(os.environ)
        except PortRefused as error:
            raise CommandError(str(error)) from error
        folder = os.environ.get(STARTED_OVER)
        if folder is None:
            _start_over(ports)
        else:
            self._run(ports, Path(folder))

    def _run(self, ports: Ports, folder: Path) -> None:
        passwords = new_passwords()
        stop = threading.Event()
        mail = EmbeddedMail(passwords, host=HOST, imap_port=ports.imap, smtp_port=ports.smtp, catch_all=OUTSIDE)
        with mail, listen(HOST, ports.http) as listener:
            call_command("migrate", verbosity=0)
            fleet = found(passwords, HOST, ports.imap, folder)
            raise_file_limit()
            application = application_for_daphne()
            self.stdout.write(welcome(url_of(listener), fleet, ports, sys.executable))
            self.stdout.flush()
            story = threading.Thread(target=tell, args=(mail, stop), name="demo-story", daemon=True)
            story.start()
            serve(application, listener)
            stop.set()
            story.join()
        self.stdout.write("Stopped.")


def _start_over(ports: Ports) -> None:
    """The same process again, with settings of the demo's own: Django reads them once."""
    folder = Path(settings.BASE_DIR) / "var" / "demo" / str(ports.http)
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    environment = environment_for(ports, folder) | {STARTED_OVER: str(folder)}
    os.execve(sys.executable, [sys.executable, *sys.orig_argv[1:]], environment)  # noqa: S606 - itself
