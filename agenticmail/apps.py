"""Apps of others, set up as this project wants them."""

from django.apps import AppConfig


class Daphne(AppConfig):
    """daphne, whose `runserver` this is; its own config imports the whole server, 0.4 s of each command."""

    name = "daphne"
