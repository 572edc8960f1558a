"""The form of a mailbox. Its password goes in and never comes out."""

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from agenticmail.saving import UntouchedStays
from mailevents.accounts import SmtpUrlInvalid, parse_smtp_url
from mailevents.enrolment import save_account
from mailevents.models import Mailbox, Security
from mailevents.secrets import encrypt

HOST = re.compile(r"[\w-]+(\.[\w-]+)*\.?|[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*")
CONTROL = re.compile(r"[\x00-\x1f\x7f]")


class MailboxForm(UntouchedStays):
    """`password` and `smtp` are kept encrypted; empty means that what is stored stays."""

    port = forms.IntegerField(min_value=1, max_value=65535, initial=993, help_text="993 for TLS, 143 for STARTTLS.")
    password = forms.CharField(
        required=False,
        max_length=1024,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text="Stored encrypted and never shown again. Empty: the stored one stays. "
        "Gmail, Fastmail, iCloud and Yahoo want an app password here.",
    )

    smtp = forms.CharField(
        label="SMTP account",
        required=False,
        max_length=2048,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password", "size": 60}),
        help_text="What replies and forwards of this mailbox go out by: smtp+tls://USER:PASSWORD@smtp.example.com:587, "
        "user and password percent-encoded. Stored encrypted and never shown again. Empty: what is stored stays.",
    )
    forget_smtp = forms.BooleanField(
        label="Forget it", required=False, help_text="Mail then goes out by the account of EMAIL_URL."
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

    def clean_smtp(self) -> str:
        url: str = self.cleaned_data["smtp"]
        if url:
            try:
                parse_smtp_url(url)
            except SmtpUrlInvalid as error:
                raise ValidationError(str(error)) from None
        return url

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
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
        if self.cleaned_data["smtp"]:
            self.instance.smtp_url_encrypted = encrypt(self.cleaned_data["smtp"])
        elif self.cleaned_data["forget_smtp"]:
            self.instance.smtp_url_encrypted = ""
        mailbox: Mailbox = super().save(commit=False)
        if commit:
            save_account(mailbox)
        return mailbox
