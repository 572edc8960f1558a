"""Accept decides between the stream and the page."""

import pytest
from django.test import RequestFactory

from mailevents.http.negotiation import preferred

STREAM, PAGE = "text/event-stream", "application/json"


@pytest.mark.parametrize(
    ("accept", "form"),
    [
        (None, STREAM),
        ("", STREAM),
        ("*/*", STREAM),
        ("text/html", STREAM),
        ("text/event-stream", STREAM),
        ("application/json", PAGE),
        ("APPLICATION/JSON", PAGE),
        ("application/*", PAGE),
        ("application/json; charset=utf-8", PAGE),
        ("application/json;charset=utf-8;q=0.5, */*;q=0.1", PAGE),
        ("application/json, text/event-stream", PAGE),
        ("text/event-stream, application/json", STREAM),
        ("application/json;q=0.5, text/event-stream;q=0.9", STREAM),
        ("application/json;q=0", STREAM),
        ("text/event-stream;q=0, */*", PAGE),
        ("application/json;q=oh", PAGE),
        (",;,/,", STREAM),
    ],
)
def test_the_form_that_is_liked_best_is_taken(accept, form):
    request = RequestFactory().get("/events", headers={} if accept is None else {"Accept": accept})
    assert preferred(request, STREAM, PAGE) == form
