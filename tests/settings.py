"""The suite's settings: the project's own, with keys and a database of its own."""

import os
import shutil
import tempfile
from atexit import register

os.environ["DEBUG"] = "false"
os.environ["SECRET_KEY"] = "a-key-for-tests-only-" + "x" * 48
os.environ["AGENTICMAIL_MAILBOX_KEYS"] = "a-mailbox-key-for-tests-only-0123456789"
if "DATABASE_URL" not in os.environ:
    folder = tempfile.mkdtemp(prefix="agenticmail-")
    register(shutil.rmtree, folder, ignore_errors=True)
    os.environ["DATABASE_URL"] = f"sqlite:///{folder}/test.sqlite3"
os.environ.setdefault("EMAIL_URL", "smtp://127.0.0.1:1")

from agenticmail.settings import *  # noqa: F403

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
