"""What the browser may load and run: only what this server itself serves, whatever a document or an answer holds."""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Callable, Iterable
from hashlib import sha256

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

_INLINE = re.compile(r"<script(?![^>]*\ssrc=)[^>]*>(.*?)</script>", re.DOTALL)
_HEADERS = {"X-Content-Type-Options": "nosniff", "Referrer-Policy": "no-referrer"}

Rewriting = Callable[[str, str], str]
"""Of an HTML document, with the Accept-Language header of who asks for it."""


def content_security_policy(scripts: Iterable[str] = ()) -> str:
    """The policy of a page with these inline scripts; no other inline script runs, nor what stands in an attribute.

    Gradio makes functions of its templates and of the scripts that it is given, so evaluation must be let; and it sets
    styles in attributes.
    """
    known = "".join(f" 'sha256-{b64encode(sha256(script.encode()).digest()).decode()}'" for script in scripts)
    return "; ".join(
        (
            "default-src 'self'",
            f"script-src 'self' 'unsafe-eval'{known}",
            "style-src 'self' 'unsafe-inline'",
            "img-src 'self' data: blob:",
            "font-src 'self' data:",
            "connect-src 'self'",
            "object-src 'none'",
            "base-uri 'self'",
            "form-action 'self'",
            "frame-src 'none'",
            "frame-ancestors 'self'",
        )
    )


class SafeHeaders:
    """Middleware that adds the policy to every reply. The page itself is rewritten before its scripts are noted."""

    def __init__(self, app: ASGIApp, rewritten: Rewriting) -> None:
        self._app = app
        self._rewritten = rewritten

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, and its reply back with the policy."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
        elif scope["path"] == "/" and scope["method"] == "GET":
            accepted = Headers(scope=scope).get("accept-language", "")
            await self._app(scope, receive, _Whole(send, lambda page: self._rewritten(page, accepted)))
        else:
            await self._app(scope, receive, _Safe(send))


class _Safe:
    """Sends a reply on with the policy."""

    def __init__(self, send: Send) -> None:
        self._send = send

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            MutableHeaders(scope=message).update(_HEADERS | {"Content-Security-Policy": content_security_policy()})
        await self._send(message)


class _Whole:
    """Holds the page back until all of it is there: the policy, which goes before it, names the scripts in it."""

    def __init__(self, send: Send, rewritten: Callable[[str], str]) -> None:
        self._send = send
        self._rewritten = rewritten
        self._start: Message = {}
        self._body = b""

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self._start = message
            return
        self._body += message.get("body", b"")
        if message.get("more_body"):
            return
        page = self._rewritten(self._body.decode())
        body = page.encode()
        policy = content_security_policy(_INLINE.findall(page))
        headers = {"Content-Security-Policy": policy, "Content-Length": str(len(body)), "Vary": "Accept-Language"}
        MutableHeaders(scope=self._start).update(_HEADERS | headers)
        await self._send(self._start)
        await self._send({"type": "http.response.body", "body": body})
