"""What a request did wrong, as a problem document (RFC 9457): always `application/problem+json`."""

from functools import wraps
from http import HTTPStatus
from typing import Any

from django.core.exceptions import TooManyFieldsSent
from django.http import HttpResponse

from mailevents import metrics
from mailevents.jsontext import dumps


class Problem(Exception):
    """Ends a request. `detail` names what is wrong and what would be right."""

    def __init__(self, status: int, detail: str, **headers: str) -> None:
        super().__init__(detail)
        self.status = status
        self.detail = detail
        self.headers = {name.replace("_", "-"): value for name, value in headers.items()}

    def response(self) -> HttpResponse:
        document = {
            "type": "about:blank",
            "title": HTTPStatus(self.status).phrase,
            "status": self.status,
            "detail": self.detail,
        }
        metrics.refused.labels(str(self.status)).inc()
        response = HttpResponse(
            dumps(document), status=self.status, content_type="application/problem+json", headers=self.headers
        )
        response["Cache-Control"] = "no-store"
        return response


def unauthorized(detail: str) -> Problem:
    return Problem(401, detail, WWW_Authenticate='Bearer realm="agenticmail"')


def answering_problems(view: Any) -> Any:
    """An async view whose Problems become responses."""

    @wraps(view)
    async def answering(*args: Any, **kwargs: Any) -> Any:
        try:
            return await view(*args, **kwargs)
        except Problem as problem:
            return problem.response()
        except TooManyFieldsSent:
            return Problem(400, "There are too many parameters; one of each type, sender and so on will do.").response()

    return answering
