"""Entries as people write them, and the keys under which a message finds them."""

import ipaddress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spamfilter import lists
from spamfilter.names import ip_address


@pytest.mark.parametrize(
    ("written", "key"),
    [
        ("ann@example.com", "a:ann@example.com"),
        ("  Ann@EXAMPLE.com. ", "a:ann@example.com"),
        ("@example.com", "d:example.com"),
        ("@*.Example.com", "d:example.com"),
        ("example.com", "d:example.com"),
        ("@bücher.example", "d:xn--bcher-kva.example"),
        ("192.0.2.1", "n:192.0.2.1/32"),
        ("192.0.2.0/24", "n:192.0.2.0/24"),
        ("2001:DB8::/32", "n:2001:db8::/32"),
        ("2001:db8:0:0::1", "n:2001:db8::1/128"),
        ("::ffff:198.51.100.7", "n:198.51.100.7/32"),
        ("::ffff:198.51.100.0/120", "n:198.51.100.0/24"),
        ("::ffff:0:0/96", "n:0.0.0.0/0"),
        ("::/90", "n:::/90"),
        ("@xyz", "d:xyz"),
        ("link:zip", "h:zip"),
        ("link:Evil.example", "h:evil.example"),
    ],
)
def test_an_entry_has_one_key_however_it_is_written(written, key):
    assert lists.normalised_line(written) == key
    assert lists.normalised_line(lists.readable(key)) == key


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("", "is none of"),
        ("nobody", "is none of"),
        ("ann@", "is not an address"),
        ("a b@example.com", "is not an address"),
        ("ann@exa mple.com", "is not an address"),
        ("@-example.com", "is not an address"),
        ("192.0.2.300", "is not an IP address"),
        ("192.0.2.1/24", "the network is 192.0.2.0/24"),
        ("2001:db8::/200", "is not an IP address"),
        ("link:", "is not a host name"),
    ],
)
def test_what_is_no_entry_is_refused_with_what_it_takes(written, told):
    with pytest.raises(ValueError, match=told):
        lists.normalised_line(written)


def test_a_network_of_one_host_reads_as_its_address():
    assert lists.readable("n:192.0.2.1/32") == "192.0.2.1"
    assert lists.readable("n:2001:db8::1/128") == "2001:db8::1"
    assert lists.readable("n:2001:db8::/32") == "2001:db8::/32"


def test_exactly_one_of_sender_ip_and_link_is_taken():
    assert lists.normalised(sender="ann@example.com") == "a:ann@example.com"
    assert lists.normalised(ip="192.0.2.0/24") == "n:192.0.2.0/24"
    assert lists.normalised(link="example.com") == "h:example.com"
    for wrong in ({}, {"sender": "ann@example.com", "ip": "192.0.2.1"}):
        with pytest.raises(ValueError, match="either sender"):
            lists.normalised(**wrong)
    with pytest.raises(ValueError, match="is not an address"):
        lists.normalised(sender="192.0.2.1")


@given(st.ip_addresses(), st.data())
def test_an_address_finds_every_network_it_is_in_and_no_other(address, data):
    address = ipaddress.ip_address(ip_address(str(address)))  # as it is looked up: IPv4 without IPv6 clothes
    keys = lists.network_keys(str(address))
    assert len(keys) == len(set(keys)) == address.max_prefixlen + 1
    length = data.draw(st.integers(0, address.max_prefixlen))
    network = ipaddress.ip_network((address, length), strict=False)
    assert lists.normalised(ip=str(network)) in keys
    other = data.draw(st.ip_addresses(v=address.version))
    if other not in network:
        assert lists.normalised(ip=str(network)) not in lists.network_keys(str(other))


def test_what_is_no_ip_address_is_in_no_network():
    assert lists.network_keys("unknown") == ()


@given(st.text(max_size=60))
def test_any_line_is_an_entry_or_a_plain_refusal(line):
    try:
        key = lists.normalised_line(line)
    except ValueError:
        return
    assert len(key) <= lists.LONGEST_KEY
    assert key[:2] in ("a:", "d:", "n:", "h:")
