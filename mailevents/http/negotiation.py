"""Which form of an answer the Accept header likes best (RFC 9110, section 12.5.1)."""

from django.http import HttpRequest
from django.http.request import MediaType


def preferred(request: HttpRequest, *offered: str) -> str:
    """The one of `offered` that is liked best; the first where none is named, or all alike.

    Parameters of a type (`charset`) do not count: clients add them, and each form is offered in one way only.
    """
    ranges = [MediaType(text) for text in request.headers.get("Accept", "*/*").split(",") if text.strip()]
    return max(offered, key=lambda form: _liking(ranges, form))


def _liking(ranges: list[MediaType], form: str) -> tuple[float, int]:
    """The quality that the most specific range gives to `form`; among equals the one named first."""
    main, _, sub = form.partition("/")
    fitting = [
        (one.main_type != "*", one.sub_type != "*", -place, one.quality)
        for place, one in enumerate(ranges)
        if one.main_type.lower() in (main, "*") and one.sub_type.lower() in (sub, "*")
    ]
    if not fitting:
        return 0.0, 0
    _main, _sub, place, quality = max(fitting)
    return quality, place
