"""How the registry itself would print a citation: BibTeX by content negotiation, through habanero.

habanero puts a DOI into an address as it is, so "10.1000/ab#12" would fetch another work, and splits it at white space. Only
DOIs in quoted form get past this module. Nor does it pace or try again: ask for one citation at a time.
"""

from __future__ import annotations

from urllib.parse import quote

from litcheck.sources.answers import CouldNotAsk

#: Seconds for the whole answer.
TIMEOUT = 20.0


def citation_bibtex(doi: str, *, address: str = "https://doi.org") -> str | None:
    """The BibTeX entry that the DOI's agency gives, ``None`` where doi.org at ``address`` does not know the DOI.

    Raises ``CouldNotAsk``.
    """
    import httpx2
    from habanero import cn  # type: ignore[import-untyped]  # it has no annotations

    try:
        text = cn.content_negotiation(ids=quote(doi, safe=""), format="bibtex", url=address.rstrip("/"), timeout=TIMEOUT)
    except httpx2.HTTPStatusError as error:
        if error.response.status_code == 404:
            return None
        raise CouldNotAsk(f"{address} answered with status {error.response.status_code}") from error
    except httpx2.HTTPError as error:
        raise CouldNotAsk(f"{address} could not be asked ({error})") from error
    if not isinstance(text, str) or not text.lstrip().startswith("@"):
        raise CouldNotAsk(f"{address} answered with something that is not BibTeX")
    return text.strip()
