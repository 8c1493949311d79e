"""How the registry itself would print a citation: BibTeX or formatted text by content negotiation, through habanero.

habanero puts a DOI into an address as it is, so "10.1000/ab#12" would fetch another work, and splits it at white space. Only
DOIs in quoted form get past this module. Nor does it pace or try again: ask for one citation at a time.

https://citation.doi.org/docs.html
"""

from __future__ import annotations

import re
from urllib.parse import quote

from litcheck.errors import UnusableSettings
from litcheck.sources.address import divide_address
from litcheck.sources.answers import CouldNotAsk

#: Seconds for the whole answer.
TIMEOUT = 20.0

_STYLE = re.compile(r"[a-z0-9][a-z0-9-]{0,99}")


def registry_citation(doi: str, *, style: str = "", address: str = "https://doi.org") -> str | None:
    """The entry that the DOI's agency gives, ``None`` where doi.org at ``address`` does not know the DOI.

    In BibTeX, or as text in a CSL ``style`` ("apa", "vancouver"). Raises ``CouldNotAsk``, and ``UnusableSettings`` for what is
    no name of a style.
    """
    import httpx2
    from habanero import cn  # type: ignore[import-untyped]  # it has no annotations

    if style and not _STYLE.fullmatch(style):
        raise UnusableSettings(f"{style!r} is no name of a CSL style, such as apa or vancouver.")
    shown, credentials = divide_address(address)
    if credentials is not None:
        raise UnusableSettings("a citation cannot be fetched through an address with a user and a password.")
    wanted = {"format": "text", "style": style} if style else {"format": "bibtex"}
    try:
        text = cn.content_negotiation(ids=quote(doi, safe=""), url=shown, timeout=TIMEOUT, **wanted)
    except httpx2.HTTPStatusError as error:
        if error.response.status_code == 404:
            return None
        raise CouldNotAsk(f"{shown} answered with status {error.response.status_code}") from error
    except httpx2.HTTPError as error:
        raise CouldNotAsk(f"{shown} could not be asked ({error})") from error
    begins = text.lstrip()[:1] if isinstance(text, str) else ""
    if not begins or begins == "<" or (not style and begins != "@"):
        raise CouldNotAsk(f"{shown} answered with something that is no citation")
    return str(text).strip()
