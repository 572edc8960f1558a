"""The ASGI entry: `daphne agenticmail.asgi:application`."""

import os
import sys

from django.contrib.staticfiles.handlers import ASGIStaticFilesHandler
from django.core.asgi import get_asgi_application
from django.core.checks import run_checks

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "agenticmail.settings")
_django = get_asgi_application()

# A server other than manage.py runs no system checks: a wrong setting must stop it too, in words, not a traceback.
_errors = [check for check in run_checks(tags=["agenticmail"]) if check.is_serious()]
if _errors:
    sys.exit("\n".join(map(str, _errors)))

from mailevents.http.by_token import ByToken  # noqa: E402 - needs Django to be set up
from mailevents.serving.backpressure import Backpressure  # noqa: E402
from mailevents.serving.lifespan import Lifespan  # noqa: E402
from mailevents.serving.websockets import NoWebSockets  # noqa: E402
from mailevents.threads import StreamLanes  # noqa: E402

if "daphne.server" in sys.modules:  # whatever serves with it imports it first
    from mailevents.serving.bounds import bound_requests

    bound_requests()
application = Lifespan(NoWebSockets(Backpressure(StreamLanes(ByToken(ASGIStaticFilesHandler(_django))))))
