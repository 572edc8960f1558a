from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailevents.jsontext import dumps, seconds, timestamp

zones = st.timedeltas(timedelta(hours=-23), timedelta(hours=23)).map(
    lambda by: timezone(timedelta(minutes=by.seconds // 60 % 1400))
)


@given(st.datetimes(datetime(1000, 1, 2), datetime(9999, 12, 30), timezones=zones))
def test_a_time_is_the_same_moment_in_utc_and_has_one_length(moment: datetime) -> None:
    text = timestamp(moment)
    assert len(text) == 27
    assert datetime.fromisoformat(text) == moment


@pytest.mark.parametrize("year", [1, 33, 999])
def test_the_years_of_absurd_date_headers_have_four_digits(year: int) -> None:
    moment = datetime(year, 6, 1, tzinfo=UTC)
    assert timestamp(moment) == f"{year:04}-06-01T00:00:00.000000Z"
    assert seconds(moment) == f"{year:04}-06-01T00:00:00Z"


def test_no_time_is_null() -> None:
    assert seconds(None) is None


def test_text_stays_as_it_is_and_nothing_is_padded() -> None:
    assert dumps({"a": ["é", "\u2028", "\n"], "b": None}) == '{"a":["é","\u2028","\\n"],"b":null}'
