"""The form of a mailbox. Its password goes in and never comes out."""

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from mailevents.enrolment import save_account
from mailevents.models import Mailbox, Security
from mailevents.secrets import encrypt

HOST = re.compile(r"[\w-]+(\.[\w-]+)*\.?|[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*")
CONTROL = re.compile(r"[\x00-\x1f\x7f]")


class MailboxForm(forms.ModelForm):
    """`password` is kept encrypted; empty means that the stored one stays."""

    port = forms.IntegerField(min_value=1, max_value=65535, initial=993, help_text="993 for TLS, 143 for STARTTLS.")
    password = forms.CharField(
        required=False,
        max_length=1024,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text="Stored encrypted and never shown again. Empty: the stored one stays. "
        "Gmail, Fastmail, iCloud and Yahoo want an app password here.",
    )

    class Meta:
        model = Mailbox
        fields = ("host", "port", "security", "user", "password", "folder", "watch", "authserv_id")

    def clean_host(self) -> str:
        host: str = self.cleaned_data["host"].strip()
        if not HOST.fullmatch(host):
            raise ValidationError("A host name or an IP address, such as imap.example.com, without imaps:// or a port.")
        return host

    def clean_password(self) -> str:
        password: str = self.cleaned_data["password"]
        if not password and not self.instance.password_encrypted:
            raise ValidationError("A mailbox needs a password.")
        if CONTROL.search(password):
            raise ValidationError("A password holds no control characters.")
        return password

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        for name in ("user", "folder"):
            if CONTROL.search(cleaned.get(name) or ""):
                self.add_error(name, "No control characters.")
        port, security = cleaned.get("port"), cleaned.get("security")
        if port == 993 and security and security != Security.TLS:
            self.add_error("security", "Port 993 speaks TLS from the start: set TLS, or the port to 143.")
        if port == 143 and security == Security.TLS:
            self.add_error("port", "Port 143 begins without TLS: set 993, or the security to STARTTLS.")
        return cleaned

    def save(self, commit: bool = True) -> Mailbox:
        if self.cleaned_data["password"]:
            self.instance.password_encrypted = encrypt(self.cleaned_data["password"])
        mailbox: Mailbox = super().save(commit=False)
        if commit:
            save_account(mailbox)
        return mailbox
