"""`GET /events/N/message`, once it is known whose message it is: which form is asked for, and what can go wrong."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.http import HttpRequest, HttpResponse

from mailevents.errors import MailboxError, SecretUnreadable
from mailevents.http.negotiation import preferred
from mailevents.imap.connecting import Account
from mailevents.problems import Problem
from mailevents.retrieval import reading, showing
from mailevents.retrieval.fetching import Busy, Fetching

RFC822, JSON = "message/rfc822", "application/json"
HEADERS = {
    "Cache-Control": "no-store",
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "sandbox; default-src 'none'",  # a browser that shows it all the same runs nothing
}


async def message(request: HttpRequest, fetching: Fetching, account: Account, sought: reading.Sought) -> HttpResponse:
    """The message, a part of it, or what is in it."""
    show = _asked(request)
    with mailbox_problems():
        shown = await fetching.message(account, sought, show)
    return HttpResponse(
        shown.body, content_type=shown.content_type, headers=HEADERS | {"Content-Disposition": shown.disposition}
    )


def _asked(request: HttpRequest) -> Callable[[reading.Found], showing.Shown]:
    values = request.GET.getlist("part")
    if values:
        if len(values) > 1 or not showing.SECTION.fullmatch(values[0]):
            raise Problem(400, "The parameter 'part' takes one section number, such as 2 or 1.2.")
        return lambda found: showing.part(found, values[0])
    return showing.as_json if preferred(request, RFC822, JSON) == JSON else showing.raw


@contextmanager
def mailbox_problems() -> Iterator[None]:
    """What keeps a message from being read, as a Problem."""
    try:
        yield
    except (reading.MessageGone, reading.MailboxGone) as error:
        raise Problem(410, str(error)) from None
    except showing.NoSuchPart as error:
        raise Problem(404, str(error)) from None
    except reading.MessageTooLarge as error:
        raise Problem(413, str(error)) from None
    except Busy as error:
        raise Problem(503, str(error), Retry_After="2") from None
    except (MailboxError, SecretUnreadable) as error:
        raise Problem(502, f"The mailbox cannot be read now. {error}") from None
