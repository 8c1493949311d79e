"""Where a service is asked, in two parts: the address that reports may show, and the user and password that they may not."""

from __future__ import annotations

from urllib.parse import unquote, urlsplit

#: A user and a password, as HTTP's basic authentication has them.
Credentials = tuple[str, str]


def divide_address(url: str) -> tuple[str, Credentials | None]:
    """The address without what stands before its "@" and without a slash at its end, and what stood there.

    "https://me:secret@mirror.example/" → ("https://mirror.example", ("me", "secret")).
    """
    parts = urlsplit(url)
    userinfo, at, host = parts.netloc.rpartition("@")
    credentials = None
    if at:
        user, _, password = userinfo.partition(":")
        credentials = (unquote(user), unquote(password))
    return parts._replace(netloc=host).geturl().rstrip("/"), credentials
