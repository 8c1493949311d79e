"""A report links to the web and to nothing else."""

from __future__ import annotations

import pytest

from reports.links import doi_link, safe_link


@pytest.mark.parametrize(
    ("address", "link"),
    [
        ("https://doi.org/10.5555/ab#12", "https://doi.org/10.5555/ab#12"),
        ("http://example.org/a?b=c&d=e", "http://example.org/a?b=c&d=e"),
        ('https://example.org/"onclick', "https://example.org/%22onclick"),
        ("https://example.org/a(b)", "https://example.org/a%28b%29"),
        ("javascript:alert(1)", ""),
        ("JavaScript:alert(1)//https://example.org", ""),
        ("data:text/html,x", ""),
        ("file:///etc/passwd", ""),
        ("https://example.org/\njavascript:x", ""),
        ("//example.org", ""),
        ("https://user@example.org/", ""),
        ("", ""),
    ],
)
def test_safe_link(address: str, link: str) -> None:
    assert safe_link(address) == link


@pytest.mark.parametrize(
    ("doi", "link"),
    [
        ("10.5555/ab#12", "https://doi.org/10.5555/ab%2312"),
        ("10.5555/a<b>", "https://doi.org/10.5555/a%3Cb%3E"),
        ("", ""),
    ],
)
def test_doi_link(doi: str, link: str) -> None:
    assert doi_link(doi) == link
