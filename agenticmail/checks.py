"""System checks over the settings: what is wrong is said at start, with what would be right."""

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, Warning, register

TAG = "agenticmail"
SHORT = 32  # characters
RANDOM = f"Use at least {SHORT} random characters: python -c 'import secrets; print(secrets.token_urlsafe({SHORT}))'"


@register(Tags.security, TAG)
def check_settings(**_: Any) -> list[CheckMessage]:
    """Every variable of the environment that could not be used (agenticmail.E001), and missing keys (E002)."""
    found: list[CheckMessage] = [
        Error(f"{problem.variable} {problem.message}.", hint=f"It takes {problem.takes}.", id="agenticmail.E001")
        for problem in settings.AGENTICMAIL_PROBLEMS
    ]
    if not settings.AGENTICMAIL_MAILBOX_KEYS and not settings.DEBUG:
        found.append(
            Error(
                "AGENTICMAIL_MAILBOX_KEYS is not set, so mailbox passwords cannot be encrypted.",
                hint="Set it to a long random text (several, comma-separated, newest first, to rotate); "
                "only with DEBUG=true may it be missing.",
                id="agenticmail.E002",
            )
        )
    if len(settings.SECRET_KEY) < SHORT and not settings.DEBUG:
        found.append(Warning("SECRET_KEY is short.", hint=RANDOM, id="agenticmail.W002"))
    found += [
        Warning(
            f"Key {number} of AGENTICMAIL_MAILBOX_KEYS is short.",
            hint=RANDOM,
            id="agenticmail.W001",
        )
        for number, key in enumerate(settings.AGENTICMAIL_MAILBOX_KEYS, 1)
        if len(key) < SHORT
    ]
    return found
