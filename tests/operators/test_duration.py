"""Lengths of time as an administrator writes them."""

from datetime import timedelta

import pytest

from mailevents.duration import parse_duration


@pytest.mark.parametrize(
    ("text", "length"),
    [
        ("90d", timedelta(days=90)),
        ("12h", timedelta(hours=12)),
        ("30m", timedelta(minutes=30)),
        ("45s", timedelta(seconds=45)),
        (" 1D ", timedelta(days=1)),
        ("36500d", timedelta(days=36500)),
    ],
)
def test_each_unit(text, length):
    assert parse_duration(text) == length


@pytest.mark.parametrize(
    "text", ["", "90", "d", "-1d", "1.5h", "1w", "1 d", "0s", "36501d", "999999999999d", "٣d", "1e3s"]
)
def test_anything_else_says_what_it_takes(text):
    with pytest.raises(ValueError, match="takes"):
        parse_duration(text)
