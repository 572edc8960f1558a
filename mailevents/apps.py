from django.apps import AppConfig


class MailEventsConfig(AppConfig):
    name = "mailevents"
    verbose_name = "Agents and mail"

    def ready(self) -> None:
        from agenticmail import checks  # noqa: F401 - registers them
