"""What Django's admin lacks, for every app: errors that are the asker's.

By a dozen of Django's lookups a number beyond 64 bits reaches the database, whose error is of its own kind.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.admin import AdminSite
from django.contrib.admin.apps import AdminConfig
from django.contrib.admin.views.main import ERROR_FLAG
from django.db import DataError, ProgrammingError
from django.http import Http404, HttpRequest, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.template.response import SimpleTemplateResponse

View = Callable[..., HttpResponseBase]


class Administration(AdminConfig):
    """`django.contrib.admin`, with the site below."""

    default_site = "agenticmail.administration.Site"


class Site(AdminSite):
    """A value that no column can hold, in an address or a selection, is the asker's mistake."""

    def admin_view(self, view: View, cacheable: bool = False) -> Any:
        return super().admin_view(_refusing(view), cacheable)


def _refusing(view: View) -> View:
    """The view, rendered, or what Django itself answers to filters that make no sense."""

    @wraps(view)
    def answering(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        try:
            response = view(request, *args, **kwargs)
            return response.render() if isinstance(response, SimpleTemplateResponse) else response
        except (OverflowError, DataError, ProgrammingError) as error:
            if isinstance(error, ProgrammingError) and not _asks_for_a_range(request):
                raise
            if _is_a_list(request):
                return HttpResponseRedirect(f"{request.path}?{ERROR_FLAG}=1")
            if request.method in ("GET", "HEAD"):
                raise Http404("No such row.") from error
            raise

    return answering


def _asks_for_a_range(request: HttpRequest) -> bool:
    """Django hands a range's text to the database letter by letter."""
    return any(name.endswith("__range") for name in request.GET)


def _is_a_list(request: HttpRequest) -> bool:
    """And one that was asked for something."""
    match = request.resolver_match
    asked = request.method == "POST" or bool(set(request.GET) - {ERROR_FLAG})
    return asked and match is not None and (match.url_name or "").endswith("_changelist")
