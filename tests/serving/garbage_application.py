"""The product, with a way to ask what is left for Python's search for garbage, which is never made otherwise.

With FOREIGN_MIDDLEWARE it is a project with a middleware that the product does not leave out or keep.
"""

import gc
import json
import os
from collections import Counter
from typing import Any

from django.conf import settings

if os.environ.get("FOREIGN_MIDDLEWARE"):
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "agenticmail.settings")
    settings.MIDDLEWARE = [*settings.MIDDLEWARE, "django.middleware.http.ConditionalGetMiddleware"]

from agenticmail.asgi import application as product
from mailevents.garbage import Searches

gc.disable()


async def application(scope: dict[str, Any], receive: Any, send: Any) -> None:
    """`/garbage`: the types of the objects that only a search frees, counted, and freed; whether searches are short."""
    if scope["type"] != "http" or scope["path"] != "/garbage":
        await product(scope, receive, send)
        return
    gc.set_debug(gc.DEBUG_SAVEALL)
    gc.collect()
    found = Counter(f"{type(each).__module__}.{type(each).__qualname__}" for each in gc.garbage)
    gc.set_debug(0)
    gc.garbage.clear()
    gc.collect()
    await send({"type": "http.response.start", "status": 200, "headers": []})
    answer = {"found": found, "short": any(isinstance(each, Searches) for each in gc.callbacks)}
    await send({"type": "http.response.body", "body": json.dumps(answer).encode()})
