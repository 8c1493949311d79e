"""PubMed's document summaries (ESummary 2.0, JSON) turned into records.

https://www.ncbi.nlm.nih.gov/books/NBK25499/#chapter4.ESummary
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from bib.identifiers import is_doi, normalise_doi
from bib.model import Name
from litcheck.evidence import PublicationYear, Record, Update
from litcheck.sources.answers import Answer, UnusableAnswer
from litcheck.sources.json_values import listed, mappings, printed_name, text, texts

NAME = "pubmed"

#: What a notice that concerns the article is called, and what kind of update it is.
NOTICES = {
    "retraction in": "retraction",
    "partial retraction in": "partial-retraction",
    "expression of concern in": "expression-of-concern",
    "erratum in": "erratum",
    "corrected and republished in": "correction",
}
RETRACTED = "retracted publication"

_YEAR = re.compile(r"\b(1[5-9]\d\d|20\d\d)\b")
#: A title that PubMed translated stands in brackets: "[On crabs]."
_TRANSLATED = re.compile(r"\[(.*)\]")


def records_of(answer: Answer) -> dict[str, Record]:
    """The records of an answer by PMID; what PubMed has no article for is left out. Raises ``UnusableAnswer``."""
    if answer.status == 200:
        match answer.json():
            case {"result": {"uids": list(uids)} as result}:
                found = ((uid, result.get(uid)) for uid in uids if isinstance(uid, str))
                return {uid: _record(uid, item) for uid, item in found if isinstance(item, dict) and "error" not in item}
    raise UnusableAnswer("answered with JSON that holds no summaries")


def _record(pmid: str, item: Mapping[str, Any]) -> Record:
    title = text(item.get("title")).removesuffix(".")
    translated = _TRANSLATED.fullmatch(title)
    original = text(item.get("vernaculartitle")).removesuffix(".")
    return Record(
        source=NAME,
        doi=_doi(item),
        url=f"https://pubmed.ncbi.nlm.nih.gov/{pmid}/",
        fetched_at=datetime.now(UTC),
        type="journal-article",
        titles=tuple(filter(None, (translated[1] if translated else title, original))),
        authors=tuple(name for author in mappings(item.get("authors")) if (name := _name(author)) is not None),
        years=_years(item),
        containers=texts(item.get("fulljournalname")),
        short_containers=texts(item.get("source")),
        volume=text(item.get("volume")),
        issue=text(item.get("issue")),
        page=text(item.get("pages")),
        updates=_updates(item),
    )


def _doi(item: Mapping[str, Any]) -> str:
    for identifier in mappings(item.get("articleids")):
        doi = normalise_doi(text(identifier.get("value")))
        if identifier.get("idtype") == "doi" and is_doi(doi):
            return doi
    return ""


def _name(author: Mapping[str, Any]) -> Name | None:
    """ "Okafor AB" or the name of a group; investigators and editors are no authors."""
    printed, kind = text(author.get("name")), text(author.get("authtype"))
    if not printed or kind not in ("Author", "CollectiveName", ""):
        return None
    return Name(literal=printed) if kind == "CollectiveName" else printed_name(printed)


def _years(item: Mapping[str, Any]) -> tuple[PublicationYear, ...]:
    told = (("print", "pubdate"), ("online", "epubdate"))
    found = ((kind, _YEAR.search(text(item.get(field)))) for kind, field in told)
    return tuple(PublicationYear(kind=kind, year=int(match[1])) for kind, match in found if match is not None)


def _updates(item: Mapping[str, Any]) -> tuple[Update, ...]:
    notices = []
    for notice in mappings(item.get("references")):
        kind = NOTICES.get(text(notice.get("reftype")).lower())
        if kind is not None:
            notices.append(Update(kind=kind, source=NAME, label=text(notice.get("refsource"))))
    types = {kind.lower() for kind in listed(item.get("pubtype"))}
    if RETRACTED in types and not any(notice.kind == "retraction" for notice in notices):
        notices.append(Update(kind="retraction", source=NAME))
    return tuple(dict.fromkeys(notices))
