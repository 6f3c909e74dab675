"""Refuses request bodies over a limit, whether or not they declare their length."""

from collections.abc import Mapping
from types import MappingProxyType

from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send


class BodyTooLarge(HTTPException):
    """More bytes came than the limit allows; an HTTP error, so that it becomes a page like any other."""

    def __init__(self, max_bytes: int) -> None:
        super().__init__(413, f"The body must be at most {max_bytes} bytes. Send less.")


class BodyLimit:
    """ASGI middleware that ends reading with BodyTooLarge as soon as a body passes `max_bytes`.

    Parameters
    ----------
    larger
        Limits of addresses that take files.
    """

    def __init__(self, app: ASGIApp, max_bytes: int, larger: Mapping[str, int] = MappingProxyType({})) -> None:
        self._app = app
        self._max_bytes = max_bytes
        self._larger = larger

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        came, most = 0, self._larger.get(scope.get("path", ""), self._max_bytes)

        async def counted() -> Message:
            nonlocal came
            message = await receive()
            came += len(message.get("body", b""))
            if came > most:
                raise BodyTooLarge(most)
            return message

        await self._app(scope, counted, send)
