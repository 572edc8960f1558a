"""What Django answers where no view does: problem documents too, but to a browser its own pages."""

from django.core.exceptions import DisallowedHost
from django.http import HttpRequest, HttpResponse
from django.views import defaults

from mailevents.http.negotiation import preferred
from mailevents.problems import Problem

PROBLEM, PAGE = "application/problem+json", "text/html"
NO_ROUTE = "There is no such route; /docs names them all."
OTHER_HOST = "This server is not known under the host that was asked for; ALLOWED_HOSTS names those it answers to."


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """For `handler400`."""
    if preferred(request, PROBLEM, PAGE) == PAGE:
        return defaults.bad_request(request, exception)
    detail = OTHER_HOST if isinstance(exception, DisallowedHost) else "The request cannot be read."
    return Problem(400, detail).response()


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """For `handler404`."""
    if preferred(request, PROBLEM, PAGE) == PAGE:
        return defaults.page_not_found(request, exception)
    return Problem(404, NO_ROUTE).response()
