"""What of an address a report may show."""

from __future__ import annotations

import pytest

from litcheck.sources.address import divide_address


@pytest.mark.parametrize(
    ("url", "shown", "credentials"),
    [
        ("https://api.crossref.org", "https://api.crossref.org", None),
        ("https://api.crossref.org/", "https://api.crossref.org", None),
        ("http://127.0.0.1:8080/v1/", "http://127.0.0.1:8080/v1", None),
        ("https://me:secret@mirror.example:444/crossref", "https://mirror.example:444/crossref", ("me", "secret")),
        ("https://me@mirror.example", "https://mirror.example", ("me", "")),
        ("https://a%40b:c%3Ad@[::1]:80", "https://[::1]:80", ("a@b", "c:d")),
    ],
)
def test_the_user_and_the_password_are_kept_apart(url: str, shown: str, credentials: tuple[str, str] | None) -> None:
    assert divide_address(url) == (shown, credentials)
