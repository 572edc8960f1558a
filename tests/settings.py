"""The suite's settings: the project's own, with keys and a database of its own."""

import os
import tempfile

os.environ["DEBUG"] = "false"
os.environ["SECRET_KEY"] = "a-key-for-tests-only-" + "x" * 48
os.environ["AGENTICMAIL_MAILBOX_KEYS"] = "a-mailbox-key-for-tests-only-0123456789"
os.environ.setdefault("DATABASE_URL", f"sqlite:///{tempfile.mkdtemp(prefix='agenticmail-')}/test.sqlite3")
os.environ.setdefault("EMAIL_URL", "smtp://127.0.0.1:1")

from agenticmail.settings import *  # noqa: F403

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
