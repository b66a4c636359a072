"""Where a server with an OpenAI-compatible API is, and whether it is there at all."""

from __future__ import annotations

from urllib.parse import urlsplit, urlunsplit

from assistant.llm import LLMUnavailable

_LONGEST_LOOK = 3.0  # seconds


def is_there(url: str) -> bool:
    """Whether something replies at an API's URL, be it with a refusal or late. It is sent no key and no prompt."""
    import httpx

    try:
        httpx.get(f"{url.partition('?')[0]}/models", timeout=_LONGEST_LOOK)
    except (httpx.ConnectError, httpx.ConnectTimeout):
        return False
    except httpx.HTTPError:
        return True
    return True


def api_url(url: str) -> str:
    """The URL under which `/chat/completions` is; a bare host gets the usual `/v1`."""
    try:
        parts = urlsplit(url)
        if parts.scheme not in {"http", "https"} or not parts.hostname or parts.port == 0:
            raise ValueError
    except ValueError:
        raise LLMUnavailable("llm: not the URL of a server; it starts with http:// or https://") from None
    return urlunsplit((parts.scheme, parts.netloc, parts.path.rstrip("/") or "/v1", parts.query, ""))


def shown_url(url: str) -> str:
    """The URL without a password or a query, which may be a key."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}{parts.path}"
