"""Builds the wanted mail of `innocent_texts` as raw messages, sent the ways such mail is sent. Deterministic.

The collections hold hardly any receipts, codes and newsletters of today; points fitted without them would learn
that a page with buttons is spam. Companies, people and hosts are invented.
"""

import html
import random
from collections.abc import Iterator
from email.header import Header
from email.mime.application import MIMEApplication
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText
from email.utils import formataddr, formatdate

from benchmarks.spam.innocent_texts import TEXTS

Content = MIMEMultipart | MIMEText
SHOPS = ("Nordlicht", "Kestrel Books", "Almond & Oak", "Bluebird", "Trailhead", "Papaya Market", "Lumen", "Harvest Box")
ENDINGS = ("com", "com", "net", "de", "co.uk", "fr", "shop", "io", "store", "com.br", "co.jp", "org")
START = 1_700_000_000


def innocents(seed: int = 7, copies: int = 2) -> Iterator[tuple[str, bytes]]:
    """Pairs of a name and a raw message."""
    chance = random.Random(seed)
    for language, lines in TEXTS.items():
        for number, line in enumerate(lines.strip().splitlines()):
            for copy in range(copies):
                kind, subject, *sentences = [piece.strip() for piece in line.split("|")]
                yield f"{language}-{number}-{kind}-{copy}", _message(chance, kind, subject, sentences)


def _message(chance: random.Random, kind: str, subject: str, sentences: list[str]) -> bytes:
    shop = chance.choice(SHOPS)
    name = "".join(c for c in shop.lower() if c.isalnum())
    domain = f"{name}.{chance.choice(ENDINGS)}"
    values = {
        "shop": shop,
        "code": str(chance.randrange(100_000, 999_999)),
        "sum": chance.choice(("€ 49,90", "$59.00", "£25", "1.299,00 TL", "¥4,980", "R$ 89,90")),
        "site": domain,
    }
    subject = subject.format(**values)
    sentences = [sentence.format(**values) for sentence in sentences]
    service = chance.random() < 0.5  # sent by a mailing service, or by the company's own server
    content = _content(chance, kind, sentences, domain, service)
    _address(content, chance, kind, subject, shop, domain, service)
    return content.as_bytes()


def _content(
    chance: random.Random, kind: str, sentences: list[str], domain: str, service: bool
) -> MIMEMultipart | MIMEText:
    text = "\n\n".join(sentences) + f"\n\nhttps://www.{domain}/\n"
    if kind in ("personal", "quote", "bounce", "away") or chance.random() < 0.15:
        return MIMEText(text, "plain", "utf-8")
    page = MIMEText(_page(chance, sentences, domain, service), "html", "utf-8")
    if chance.random() < 0.35:
        content: Content = page
    else:
        content = MIMEMultipart("alternative")
        content.attach(MIMEText(text, "plain", "utf-8"))
        content.attach(page)
    if kind in ("invoice", "ticket"):
        whole = MIMEMultipart("mixed")
        whole.attach(content)
        pdf = MIMEApplication(b"%PDF-1.7\n" + chance.randbytes(600), "pdf")
        pdf.add_header("Content-Disposition", "attachment", filename=f"{kind}-{chance.randrange(9999)}.pdf")
        whole.attach(pdf)
        return whole
    return content


def _page(chance: random.Random, sentences: list[str], domain: str, service: bool) -> str:
    host = (
        f"click.{domain}" if not service or chance.random() < 0.5 else f"u{chance.randrange(10**7)}.ct.mailservice.net"
    )
    link = f"https://{host}/ls/click?upn=" + chance.randbytes(24).hex()
    rows = "".join(f"<tr><td style='padding:12px'>{html.escape(sentence)}</td></tr>" for sentence in sentences)
    button = f"<a href='{link}' style='background:#0a5;color:#fff;padding:12px'>{html.escape(sentences[-1][:40])}</a>"
    footer = f"<a href='https://www.{domain}/'>{domain}</a> · <a href='{link}&u=1'>Unsubscribe</a>"
    return (
        "<!DOCTYPE html><html><head><meta charset='utf-8'><title></title><style>.m{color:#333}</style></head><body>"
        f"<div style='display:none;max-height:0'>{html.escape(sentences[0])}</div>"
        f"<table width='600' align='center'><tr><td><img src='https://cdn.{domain}/logo.png' width='180' "
        f"alt='{domain}'></td></tr>{rows}<tr><td>{button}</td></tr>"
        f"<tr><td style='font-size:11px;color:#888'>{footer}</td></tr></table>"
        f"<img src='https://{host}/o.gif' width='1' height='1' alt=''></body></html>"
    )


def _address(
    content: MIMEMultipart | MIMEText,
    chance: random.Random,
    kind: str,
    subject: str,
    shop: str,
    domain: str,
    service: bool,
) -> None:
    people = kind in ("personal", "quote", "away")
    local = (
        "ann.miller"
        if people
        else chance.choice(("no-reply", "noreply", "info", "hello", "news", "service", "support"))
    )
    name = "Ann Miller" if people else chance.choice((shop, f"{shop} Team", f"{shop} Support", ""))
    reader = chance.choice(("tom@reader.example", "t.berger@office.example", "maria.silva@reader.example"))
    sent = START + chance.randrange(60_000_000)
    server = f"mta-{chance.randrange(99)}.mailservice.net" if service else f"mail.{domain}"
    ip = f"198.{chance.choice((20, 21, 41, 45))}.{chance.randrange(256)}.{chance.randrange(1, 255)}"
    bounce = f"bounce-{chance.randrange(10**9)}@{'bounce.' + domain if chance.random() < 0.7 else 'mailservice.net'}"
    content["Return-Path"] = f"<{bounce}>"
    content["Received"] = (
        f"from {server} ({server} [{ip}]) by mx.reader.example with ESMTPS id {chance.randbytes(6).hex()} "
        f"for <{reader}>; {formatdate(sent + 4)}"
    )
    content["DKIM-Signature"] = f"v=1; a=rsa-sha256; c=relaxed/relaxed; d={domain}; s=k1; h=from:to:subject; bh=x; b=y"
    content["From"] = formataddr((str(Header(name, "utf-8")) if not name.isascii() else name, f"{local}@{domain}"))
    content["To"] = reader if chance.random() < 0.6 else formataddr(("Tom Berger", reader))
    content["Subject"] = subject if subject.isascii() else Header(subject, "utf-8")  # type: ignore[assignment]
    content["Date"] = formatdate(sent)
    maker = domain if chance.random() < 0.6 else "mailservice.net"
    content["Message-ID"] = f"<{chance.randbytes(12).hex()}.{sent}@{maker}>"
    if kind in ("newsletter", "digest", "job"):
        content["List-Unsubscribe"] = f"<https://click.{domain}/u/{chance.randbytes(8).hex()}>"
        content["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
        content["Precedence"] = "bulk" if chance.random() < 0.5 else "list"
    if people:
        content["In-Reply-To"] = f"<{chance.randbytes(8).hex()}@reader.example>"
