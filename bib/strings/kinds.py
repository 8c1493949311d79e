"""What kind of work a reference string describes, as a CSL type."""

from __future__ import annotations

import re

from bib.strings.notes import Notes

_PREPRINT = re.compile(
    r"\b(?:arxiv|bio\s?rxiv|medrxiv|psyarxiv|chemrxiv|socarxiv|edarxiv|eartharxiv|preprints?\.org|research\s?square|ssrn|osf\s?preprints?|preprint|peerj\spreprints)\b",
    re.IGNORECASE,
)
_PREPRINT_DOI = re.compile(
    r"10\.(?:1101/(?:\d{4}\.\d\d\.\d\d\.)?\d{6}|48550/|31234/|26434/chemrxiv|31235/|20944/preprints|21203/rs|2139/ssrn|31219/|7287/peerj\.preprints|36227/techrxiv)"
)
_THESIS = re.compile(
    r"\b(?:ph\.?\s?d\.?|doctoral|master'?s?|master’s|m\.?\s?sc\.?|m\.\s?s\.|bachelor'?s?|undergraduate|honou?rs)\s?(?:thesis|dissertation|disertation|diss\b)|\b(?:unpublished\s)?(?:thesis|dissertation|dissertação|tese|tesis|disertación|dissertationsschrift|habilitationsschrift|diplomarbeit|masterarbeit|thèse|mémoire\sde|proefschrift|tesi\sdi|trabalho\sde\sconclusão|(?-i:TCC)(?=\s?[(–-])|inaugural-?diss|diss\.,?\s(?:univ|tu|eth|phil)|phil\.\s?diss|univ(?:ersität)?\.?,?\sdiss)\b",
    re.IGNORECASE,
)
_REPORT = re.compile(
    r"\b(?:(?:technical|working|research|annual|final|progress|policy|scientific|assessment)\s(?:report|paper|note)|tech\.?\s?rep\.?|report\sno|report\sof|report\sto|white\spaper|working\spaper|discussion\spaper|relatório|informe\stécnico|boletim\sepidemiológico|policy\sbrief|fact\s?sheet|publication\sno\.)",
    re.IGNORECASE,
)
_CONFERENCE = re.compile(
    r"\b(?:proceedings\sof|proc\.|in\sproceedings|conference|symposium|workshop|congress|congreso|congresso|colloquium|anais|actas\sdel?|simpósio|simposio|encontro|meeting|konferenz|tagung|advances\sin\sneural\sinformation|poster\spresented|paper\spresented)",
    re.IGNORECASE,
)
_SOFTWARE = re.compile(
    r"\b(?:computer\s(?:software|program)\b|software|r\spackage|r\sfoundation|python\spackage|source\scode|mobile\sapp|\bversion\s\d+\.\d+|v\d+\.\d+\.\d+)",
    re.IGNORECASE,
)
_DATASET = re.compile(
    r"\[(?:data\s?set|dataset)\]|\bdata\s?set\b|\b(?:dryad|zenodo|figshare|pangaea|dataverse|genbank|mendeley\sdata|kaggle)\b",
    re.IGNORECASE,
)
_STANDARD = re.compile(
    r"\b(?:ISO|IEC|DIN|ASTM|ANSI|IEEE\sStd|ABNT\sNBR|NBR|EN\sISO|BS\sEN|IEEE\sStandard|NIST\sSP)(?:/[A-Z]{2,5})?[\s-]?[A-Z]?\d{2,6}"
)
_LEGISLATION = re.compile(
    r"\b(?:Lei|Decreto(?:-Lei)?|Portaria|Resolução|Instrução\sNormativa|Medida\sProvisória|Ley|Resolución|Directive|Regulation\s\(E[CU]+\)|Gesetz|Verordnung|Public\sLaw|Pub\.\sL\.|Constitui[cç][aã]o)\s?(?:Federal\s|Complementar\s)?(?:n[.ºo°]|N[.ºo°]|\d|No\.|\(|da\sRep|de\s\d)|\b\d{1,3}\sU\.S\.C\.|\b(?:Act|Code)\s(?:of\s)?(?:1[89]|20)\d\d\b|\bC\.F\.R\."
)
_NEWS = re.compile(
    r"\b(?:newspaper|jornal|diario|zeitung|times|guardian|washington\spost|le\smonde|el\spaís|folha)\b", re.IGNORECASE
)


def is_legislation(text: str) -> bool:
    """Whether a law, decree or the like is named."""
    return _LEGISLATION.search(text) is not None


def kind_of(raw: str, fields: dict[str, str], notes: Notes, *, introduced: bool) -> str:
    """The CSL type of a work by its fields and words. ``introduced``: "In" stands before its container."""
    container = fields.get("container", "")
    located = bool(fields.get("volume") or fields.get("issue"))
    if not (container and located):
        if _LEGISLATION.search(raw):
            return "legislation"
        if notes.arxiv or (not located and _PREPRINT.search(container or raw)):
            return "article"
    if _PREPRINT_DOI.match(notes.doi):
        return "article"
    if introduced and not (located and fields.get("pages") and not fields.get("publisher") and not fields.get("location")):
        return "paper-conference" if _CONFERENCE.search(container) else "chapter"
    if not located and _THESIS.search(raw):
        return "thesis"
    if (
        container
        and _CONFERENCE.search(container)
        and not re.match(r"Proc(?:eedings)?\.?\s(?:of\sthe\s)?(?:Nat|R(?:oy)?|Am|Inst|IEEE|Biol|Nutr|Zool)", container)
    ):
        return "paper-conference"
    if container and (located or fields.get("pages")):
        return "article-journal"
    return _unlocated_kind(raw, fields, notes)


def _unlocated_kind(raw: str, fields: dict[str, str], notes: Notes) -> str:
    """The kind of a work that no volume, issue or pages locate."""
    if _STANDARD.search(raw):
        return "standard"
    if _DATASET.search(raw):
        return "dataset"
    if _SOFTWARE.search(raw) and not fields.get("container"):
        return "software"
    if _REPORT.search(raw) and not fields.get("container"):
        return "report"
    if fields.get("container"):
        return "article-newspaper" if _NEWS.search(fields["container"]) else "article-journal"
    if fields.get("publisher") or fields.get("edition") or notes.isbn or fields.get("location"):
        return "webpage" if notes.url and not (notes.isbn or fields.get("edition") or fields.get("location")) else "book"
    return "webpage" if notes.url else "document"
