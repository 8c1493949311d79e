"""Which format a file has, told by what it holds. Its name settles only what the content leaves open."""

from __future__ import annotations

import re

from litcheck.documents.formats import FORMAT_BY_SUFFIX, FORMATS

#: How many characters of a text are looked at. Licence notices and comments before the first command or entry are shorter.
HEAD = 50_000
#: Notebooks say what they are at their end.
_TAIL = 500
#: Formats that older files of XML do not name themselves.
_OF_XML = frozenset({"docbook", "fb2", "opml", "ipynb"})

_MAGIC: tuple[tuple[bytes, str], ...] = (
    (b"%PDF-", "pdf"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "doc"),
    (b"\x89PNG\r\n\x1a\n", "image"),
    (b"\xff\xd8\xff", "image"),
    (b"GIF87a", "image"),
    (b"GIF89a", "image"),
    (b"II*\x00", "image"),
    (b"MM\x00*", "image"),
    (b"\x1f\x8b", "gzip"),
    (b"BZh", "archive"),
    (b"\xfd7zXZ\x00", "archive"),
    (b"7z\xbc\xaf\x27\x1c", "archive"),
    (b"Rar!\x1a\x07", "archive"),
    (b"\x28\xb5\x2f\xfd", "archive"),
    (b"%!PS", "postscript"),
    (b"AT&TFORM", "djvu"),
)

#: The stream in which new Office documents are kept once they have a password, in the container of the old ones.
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")

#: The main part of a Word document; some programs number it.
_WORD_PART = re.compile(rb"word/document\d{0,3}\.xml")

#: Readers of PDF accept its mark anywhere in this many bytes.
_PDF_HEAD = 1024
#: A mark and a few blank lines may stand before RTF's.
_RTF_HEAD = 64

_MARKUP = re.compile(
    r"""
    (?P<html> <!doctype\s+html | <html\b | <head\b | <body\b )
  | (?P<odt> <office:document\b )
  | (?P<endnote> <xml>\s{0,200}<records\b | <records>\s{0,200}<record\b )
  | (?P<docbook> <!doctype\s{1,20}\w{1,20}\s{1,20}public\s{1,20}"-//oasis//dtd\ docbook
            | (?:<!doctype\s{1,20}\w{1,20}\s{0,20}>\s{0,200})?
              <\w{1,20}\b[^<>]{0,2000}\bxmlns(?::\w{1,20})?="http://docbook\.org/ns/docbook" )
  | (?P<fb2> <fictionbook\b )
  | (?P<opml> <opml\b )
  | (?P<jats> <!doctype\s+article\b | <pmc-articleset\b | <(?:\w{1,20}:)?ref-list\b
            | <article\s{0,20}>\s{0,200}<(?:front|body|back)\b
            | <article\b[^<>]{0,2000}\b(?:article-type|dtd-version|xmlns:xlink)\b )
    """,
    re.IGNORECASE | re.VERBOSE,
)
#: What a part of a page holds that has no beginning of its own.
_PAGE_MARKS = re.compile(r"</?(?:p|br|div|sup|h[1-6]|[ou]l|li|table)\b[^<>]{0,500}>|&[a-z]{2,8};", re.I)
_FIRST_LINE: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"TY {1,3}- ?[A-Z]"), "ris"),
    (re.compile(r"PMID {0,3}- {0,3}\d"), "nbib"),
    (re.compile(r"%0 [A-Z]"), "refer"),
    (re.compile(r"(?:[.']\\\"[^\n]{0,500}\n){0,100}\.TH[ \t]"), "man"),
    # Browsers write a few lines of mail's headers before the page.
    (
        re.compile(r"(?:[\w-]{1,40}:[^\n]{0,1000}\n(?:[ \t][^\n]{0,1000}\n){0,9}){1,9}Content-Type:\s{0,9}multipart/related"),
        "mhtml",
    ),
    (re.compile(r"FN (?:Clarivate|Thomson|ISI)"), "wos"),
    (re.compile(r"\[\s{0,100}\{\s{0,100}\"|\{\s{0,100}\""), "csl-json"),
)
#: Databases put a few lines of "Key: value", or a number, before the first record.
_EXPORT_HEADING = re.compile(r"(?:Provider|Database|Content|Export Date|Record): ?\S|\d{1,5}\.[ \t]*\r?\nTY {1,3}-")
_RIS_RECORD = re.compile(r"^TY {1,3}- ?[A-Z]{2,7}[ \t]*\r?\n[A-Z][A-Z0-9] {1,3}- ", re.MULTILINE)
_COMMENT_LINES = re.compile(r"(?:[ \t]*(?:%[^\n]*)?\r?\n)*+[ \t]*")
_BIBTEX_START = re.compile(r"@[A-Za-z]\w{0,40}[ \t]{0,20}[{(]")
_BIBTEX_ENTRY = re.compile(
    r"^[ \t]{0,20}@(?!(?:comment|preamble|string)\b)[A-Za-z]\w{0,40}[ \t]{0,20}[{(]\s{0,20}[^\s{}(),=]{1,200}\s{0,20},",
    re.IGNORECASE | re.MULTILINE,
)
_LATEX_DOCUMENT = re.compile(r"\\(?:documentclass|documentstyle|begin\s{0,5}\{document\})")
#: How a report says in HTML what wrote it.
_OWN_REPORT = '<meta name="generator" content="litcheck '
_LATEX_CHAPTER = re.compile(r"\\documentclass\s{0,5}(?:\[[^\[\]]{0,300}\])?\s{0,5}\{subfiles\}")
_LATEX_COMMAND = re.compile(r"\\[A-Za-z]{2,30}\*?[\[{]")
_PANDOC_CITATION = re.compile(r"\[(?:[^\[\]\n@]{0,80}\s)?-?@[\w{]")
_CSL_YAML = re.compile(r"^(?:references:[ \t]*$|-[ \t]+(?:id|title|type):)", re.MULTILINE)
_FRONT_MATTER = re.compile(r"---[ \t]*\r?\n[\w-]{1,40}:")


def recognise_bytes(data: bytes) -> str | None:
    """The name of the format that the first bytes prove, ``None`` for what may be text."""
    for magic, name in _MAGIC:
        if data.startswith(magic):
            return "encrypted" if name == "doc" and _ENCRYPTED in data else name
    if data[:_RTF_HEAD].lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{\\rtf"):
        return "rtf"
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _recognise_zip(data)
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "image"
    if b"%PDF-" in data[:_PDF_HEAD] and b"endobj" in data:
        return "pdf"
    return None


def recognise_text(text: str, suffix: str = "") -> str:
    """The name of the format that a text has. ``suffix`` is the end of its file's name (".md"), empty if there is none."""
    head = text[:HEAD].lstrip()
    named = "csl-json" if suffix.lower() == ".json" else FORMAT_BY_SUFFIX.get(suffix.lower(), "")
    if head.startswith("<") and (found := _recognise_markup(head)):
        return named if found == "xml" and named in _OF_XML else found
    if named == "html" and (head.startswith("<") or _PAGE_MARKS.search(head)):
        return "html"
    if head.startswith("{") and '"cells"' in head and ('"nbformat"' in head or '"nbformat"' in text[-_TAIL:]):
        return "ipynb"
    for first_line, name in _FIRST_LINE:
        if first_line.match(head):
            return name
    # What comes before the first record of an export is a heading, and what is broken in it is for its reader to say.
    if named in ("ris", "nbib", "csl-json"):
        return named
    if _EXPORT_HEADING.match(head) and _RIS_RECORD.search(head):
        return "ris"
    comments = _COMMENT_LINES.match(head)
    after_comments = head[comments.end() :] if comments else head
    if named == "bibtex" or _is_bibtex(head, after_comments):
        return "bibtex"
    if after_comments.startswith("\\") and _LATEX_DOCUMENT.search(head):
        return "latex"
    if named == "latex" and _LATEX_COMMAND.search(head):
        return "latex"
    if suffix.lower() in (".yaml", ".yml") and _CSL_YAML.search(head):
        return "csl-yaml"
    if named == "markdown" or (named and FORMATS[named].pandoc and named not in _OF_XML):
        return named
    if not named and (_FRONT_MATTER.match(head) or _PANDOC_CITATION.search(head)):
        return "markdown"
    return "text"


def stands_alone(head: str, suffix: str) -> bool:
    """Whether a file that was found in a folder, and that nobody named, is a document by itself.

    A LaTeX file without a class, or with that of ``subfiles``, is a chapter of another one; a web page may be a report of
    litcheck's; XML may be anything, and is a document in the formats that are read. ``head`` are its first characters, ``HEAD``
    at most, ``suffix`` the end of its name.
    """
    named = FORMAT_BY_SUFFIX.get(suffix.lower())
    if named == "latex":
        return bool(_LATEX_DOCUMENT.search(head)) and not _LATEX_CHAPTER.search(head)
    if named == "html":
        return _OWN_REPORT not in head
    return suffix.lower() != ".xml" or recognise_text(head, suffix) not in ("xml", "text")


def _is_bibtex(head: str, after_comments: str) -> bool:
    """Whether the text is a bibliography: it begins with a block of BibTeX and holds an entry."""
    return bool(_BIBTEX_START.match(after_comments) and _BIBTEX_ENTRY.search(head))


def _recognise_zip(data: bytes) -> str:
    # The formats that are ZIP files inside name themselves in a first, uncompressed file, or by the names of their parts.
    if b"application/epub+zip" in data[:200]:
        return "epub"
    if b"application/vnd.oasis.opendocument.text" in data[:200]:
        return "odt"
    if _WORD_PART.search(data):
        return "docx"
    if b"xl/workbook" in data or b"ppt/presentation" in data or b"application/vnd.oasis.opendocument" in data[:200]:
        return "office"
    return "archive"


def _recognise_markup(head: str) -> str | None:
    """HTML, JATS, EndNote's or other XML; ``None`` for a text that begins with "<" by chance."""
    found = _MARKUP.search(head)
    if found:
        return str(found.lastgroup)
    return "xml" if head.startswith("<?xml") else None
