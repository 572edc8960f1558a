"""An IMAP URL becomes an account, or a refusal that says what it takes and repeats no secret."""

from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailevents.imap.url import ImapUrlError, parse_imap_url


@pytest.mark.parametrize(
    ("url", "host", "port", "security", "folder"),
    [
        ("imaps://u:p@mail.example.com", "mail.example.com", 993, "tls", "INBOX"),
        ("imaps://u:p@mail.example.com/", "mail.example.com", 993, "tls", "INBOX"),
        ("IMAPS://u:p@mail.example.com:10993/Work/Bills", "mail.example.com", 10993, "tls", "Work/Bills"),
        ("imap://u:p@localhost", "localhost", 143, "plain", "INBOX"),
        ("imap+starttls://u:p@localhost/R%C3%A9sum%C3%A9", "localhost", 143, "starttls", "Résumé"),
        ("imaps://u:p@[::1]:994/INBOX", "::1", 994, "tls", "INBOX"),
        ("imaps://u:p@192.0.2.7", "192.0.2.7", 993, "tls", "INBOX"),
        ("  imaps://u:p@h\n", "h", 993, "tls", "INBOX"),
    ],
)
def test_each_scheme_has_its_security_and_default_port(url, host, port, security, folder):
    account = parse_imap_url(url)
    assert (account.host, account.port, account.security, account.folder) == (host, port, security, folder)


def test_user_and_password_are_percent_decoded():
    account = parse_imap_url("imaps://ann%40example.com:p%3Aa%2Fs%25s%40@h")
    assert (account.user, account.password) == ("ann@example.com", "p:a/s%s@")


def test_a_plain_at_sign_in_the_user_is_understood():
    assert parse_imap_url("imaps://ann@example.com:pass@h").user == "ann@example.com"


@given(
    user=st.text(st.characters(min_codepoint=33, exclude_categories=("Cs", "Cc")), min_size=1),
    password=st.text(st.characters(min_codepoint=33, exclude_categories=("Cs", "Cc")), min_size=1),
)
def test_whatever_is_quoted_comes_back(user, password):
    account = parse_imap_url(f"imaps://{quote(user, safe='')}:{quote(password, safe='')}@h:1/INBOX")
    assert (account.user, account.password) == (user, password)


@pytest.mark.parametrize(
    ("url", "says"),
    [
        ("", "imaps://, imap://, imap+starttls://"),
        ("pop3://u:hush@h", "imaps://, imap://, imap+starttls://"),
        ("imaps:u:hush@h", "imaps://, imap://, imap+starttls://"),
        ("imaps://h", "names no user"),
        ("imaps://:hush@h", "names no user"),
        ("imaps://u@h", "has no password"),
        ("imaps://u:@h", "has no password"),
        ("imaps://u:hush@", "names no host"),
        ("imaps://u:hush@:993", "names no host"),
        ("imaps://u:hush@h:0", "port"),
        ("imaps://u:hush@h:65536", "port"),
        ("imaps://u:hush@h:imap", "port"),
        ("imaps://u:hush@h:-1", "port"),
        ("imaps://u:hush@a b", "character that no host name has"),
        ("imaps://u:hu%zzsh@h", "%25"),
        ("imaps://u:hush%FF@h", "UTF-8"),
        ("imaps://u:hush\udcff@h", "UTF-8"),  # a byte of the command line that is none
        ("imaps://u:hush%0D%0A@h", "control character in its password"),
        ("imaps://u%00:hush@h", "control character in its user"),
        ("imaps://u:hush@h/IN%0ABOX", "control character in its folder"),
        ("imaps://u:hush@h/INBOX?x", "%3F"),
        ("imaps://u:hu/sh@h", "%2F"),
    ],
)
def test_a_wrong_url_is_refused_in_words_without_its_password(url, says):
    with pytest.raises(ImapUrlError) as caught:
        parse_imap_url(url)
    assert says in str(caught.value)
    assert "hush" not in str(caught.value)


def test_the_password_is_not_in_the_accounts_repr():
    assert "hush" not in repr(parse_imap_url("imaps://u:hush@h"))
