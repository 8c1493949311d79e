"""The formats that are told apart by content: what each is called, and what to do with those that have no reader yet."""

from __future__ import annotations

from collections.abc import Mapping, Set
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Format:
    """A file format. ``phrase`` completes "the file is …"; ``advice`` says what to do while no reader exists.

    ``pandoc`` is what pandoc calls the format, where pandoc reads it for us.
    """

    name: str
    phrase: str
    advice: str = ""
    pandoc: str = ""
    suffixes: tuple[str, ...] = ()


_SAVE_AS_DOCX = "Save a text as DOCX or ODT in the program that made it, other files as plain text, and check that file."
_SAVE_AS_TEXT = "Save it as plain text (UTF-8) in the program that made it and check that file."
_EXPORT_BIBTEX = "Export the references as BibTeX or RIS from your reference manager and check that file."
_UNPACK = "Unpack it and check the files inside."
_RECOGNISE = "Recognise its text (OCR), save that as plain text and check that file."

_ALL = (
    Format(name="text", phrase="plain text", suffixes=(".txt", ".text")),
    Format(name="markdown", phrase="Markdown", suffixes=(".md", ".markdown", ".mdown", ".mkd", ".qmd", ".rmd")),
    Format(name="bibtex", phrase="BibTeX", suffixes=(".bib", ".bibtex", ".biblatex")),
    Format(name="lines", phrase="a list of references, one a line"),
    Format(name="pdf", phrase="a PDF file", suffixes=(".pdf",)),
    Format(name="docx", phrase="a Word document (DOCX)", suffixes=(".docx", ".docm", ".dotx", ".dotm")),
    Format(name="odt", phrase="an OpenDocument text (ODT)", suffixes=(".odt", ".ott", ".fodt")),
    Format(name="epub", phrase="an e-book (EPUB)", suffixes=(".epub",)),
    Format(name="doc", phrase="an old Office document (DOC, XLS or PPT)", advice=_SAVE_AS_DOCX, suffixes=(".doc",)),
    Format(
        name="encrypted",
        phrase="an Office document that is encrypted with a password",
        advice="Save it without the password and check that file.",
    ),
    Format(name="office", phrase="a spreadsheet or presentation", advice=_SAVE_AS_TEXT),
    Format(name="rtf", phrase="a Rich Text document (RTF)", suffixes=(".rtf",)),
    Format(name="html", phrase="a web page (HTML)", suffixes=(".html", ".htm", ".xhtml")),
    Format(
        name="mhtml",
        phrase="a web page in one file with its pictures (MHTML)",
        advice="Save the page as HTML and check that file.",
        suffixes=(".mht", ".mhtml"),
    ),
    Format(name="jats", phrase="JATS XML", suffixes=(".nxml",)),
    Format(name="endnote", phrase="EndNote's XML"),
    Format(name="refer", phrase="an EndNote export in Refer's form (%0, %A, …)", advice=_EXPORT_BIBTEX),
    Format(name="xml", phrase="an XML file", advice=_SAVE_AS_TEXT),
    Format(name="latex", phrase="a LaTeX document", suffixes=(".tex", ".ltx", ".latex")),
    Format(name="ris", phrase="RIS", suffixes=(".ris",)),
    Format(name="nbib", phrase="a PubMed export (NBIB)", suffixes=(".nbib",)),
    Format(name="wos", phrase="a Web of Science export", advice=_EXPORT_BIBTEX),
    Format(name="csl-json", phrase="CSL-JSON", suffixes=(".csljson",)),
    Format(name="csl-yaml", phrase="CSL-YAML"),
    Format(name="org", phrase="an Org document", pandoc="org", suffixes=(".org",)),
    Format(name="rst", phrase="reStructuredText", pandoc="rst", suffixes=(".rst",)),
    Format(name="typst", phrase="a Typst document", pandoc="typst", suffixes=(".typ",)),
    Format(name="mediawiki", phrase="MediaWiki's mark-up", pandoc="mediawiki", suffixes=(".mediawiki", ".wiki")),
    Format(name="textile", phrase="Textile", pandoc="textile", suffixes=(".textile",)),
    Format(name="t2t", phrase="a txt2tags document", pandoc="t2t", suffixes=(".t2t",)),
    Format(name="man", phrase="a manual page (man)", pandoc="man", suffixes=(".man",)),
    Format(name="docbook", phrase="DocBook", pandoc="docbook", suffixes=(".dbk", ".docbook")),
    Format(name="fb2", phrase="an e-book (FictionBook)", pandoc="fb2", suffixes=(".fb2",)),
    Format(name="opml", phrase="an outline (OPML)", pandoc="opml", suffixes=(".opml",)),
    Format(name="ipynb", phrase="a Jupyter notebook", pandoc="ipynb", suffixes=(".ipynb",)),
    Format(name="postscript", phrase="a PostScript file", advice=_SAVE_AS_TEXT),
    Format(name="djvu", phrase="a scanned document (DjVu)", advice=_RECOGNISE),
    Format(name="image", phrase="an image", advice=_RECOGNISE),
    Format(name="gzip", phrase="a compressed file (gzip)", advice=_UNPACK),
    Format(name="archive", phrase="a compressed archive", advice=_UNPACK),
)

#: Every format by its name.
FORMATS: Mapping[str, Format] = {known.name: known for known in _ALL}

#: What else a file may be whose name ends so, without anybody being surprised: exports and drafts are often called ".txt".
_PLAIN_NAMES = (".txt", ".text")
#: What only programs write.
_BY_PROGRAMS = frozenset({"doc", "docx", "odt", "rtf", "pdf", "epub"})
_MARKED_UP = _BY_PROGRAMS | {"html", "jats", "endnote", "docbook", "fb2", "opml", "ipynb"}
#: Names of formats by the end of a file's name.
FORMAT_BY_SUFFIX: Mapping[str, str] = {suffix: known.name for known in _ALL for suffix in known.suffixes}

#: How the names of files end that are read.
READ_SUFFIXES: Set[str] = {suffix for known in _ALL if not known.advice for suffix in known.suffixes}


def misnamed(path: str, format_name: str) -> str:
    """What to say of a file that is not what the end of its name says, nothing if it is, or if its name says nothing.

    ``format_name`` is what it was found to be by its content.
    """
    ending = path[path.rfind(".") :].lower() if "." in path else ""
    if ending in _PLAIN_NAMES:
        wrong = format_name in _MARKED_UP
    else:
        named = FORMAT_BY_SUFFIX.get(ending, format_name)
        # A text may be anything that is marked up by hand; "lines" is what the user says.
        surprising = named in _BY_PROGRAMS if format_name == "text" else format_name not in (named, "lines")
        wrong = surprising and format_name in FORMATS
    return f"{path} is {FORMATS[format_name].phrase}, whatever its name says, and was read as that" if wrong else ""
