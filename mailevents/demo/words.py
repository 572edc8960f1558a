"""What the demo prints."""

import shlex

from mailevents.demo.fleet import Fleet
from mailevents.demo.ports import HOST, Ports

# One line for any shell: no single quote in it, and it needs nothing but Python.
_SEND = """\
{python} -c 'import smtplib, time, email.utils as u; smtplib.SMTP("{host}", {port}).sendmail(\
"ann@customer.example", "support@fleet.example", f"From: Ann <ann@customer.example>\\nTo: support@fleet.example\\n\
Subject: My order 1234, again\\nDate: {{u.formatdate()}}\\nMessage-ID: <{{time.time()}}@customer.example>\\n\\n\
Is there any news of my order?")'"""


def curl_line(url: str, token: str) -> str:
    return f"curl -N -H 'Authorization: Bearer {token}' {url}/watch"


def send_line(python: str, ports: Ports) -> str:
    return _SEND.format(python=shlex.quote(python), host=HOST, port=ports.smtp)


def welcome(url: str, fleet: Fleet, ports: Ports, python: str) -> str:
    return f"""
AgenticMail events, the demo: a main agent `hq` with `billing`, `support` and `research` below it.
All of it is on this machine, and gone at the next start.

  Admin     {url}/admin/   (user: admin   password: {fleet.admin_password})
  Console   {url}/

1. Watch the fleet's mail. Paste this into a second terminal; a few mails then come in by themselves:

{curl_line(url, fleet.tokens["hq"])}

2. Send a mail in. Paste this into a third; it is on the stream at once:

{send_line(python, ports)}

Ctrl-C stops it.
"""
