"""No route speaks WebSocket: who asks for one is refused by the server (403), where Django would fail."""

from collections.abc import Callable
from typing import Any


class NoWebSockets:
    """ASGI middleware."""

    def __init__(self, app: Callable[..., Any]) -> None:
        self._app = app

    async def __call__(self, scope: dict[str, Any], receive: Any, send: Any) -> None:
        if scope["type"] != "websocket":
            await self._app(scope, receive, send)
            return
        await receive()
        await send({"type": "websocket.close"})
