"""PDF files as LibreOffice exports them: manuscripts as they are handed in, and articles set in two columns."""

from __future__ import annotations

import subprocess
import tempfile
from collections.abc import Iterable
from pathlib import Path
from xml.sax.saxutils import escape

from benchmarks.producing.manuscripts import Block

_NAMESPACES = " ".join(
    f'xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for prefix, name in [
        ("office", "office"),
        ("style", "style"),
        ("text", "text"),
        ("table", "table"),
        ("fo", "xsl-fo-compatible"),
    ]
)
_SECONDS = 900

#: One column, 12 points, double-spaced, every line numbered, as journals ask for.
SUBMISSION = {"size": "12pt", "height": "200%", "columns": "1", "numbered": "true", "align": "start", "small": "10pt"}
#: Two columns, 10 points, justified and hyphenated.
ARTICLE = {"size": "10pt", "height": "100%", "columns": "2", "numbered": "false", "align": "justify", "small": "8pt"}


def write_libreoffice(documents: Iterable[tuple[list[Block], Path]], layout: dict[str, str]) -> None:
    """Writes each document's blocks to its path ("….pdf"), all in one run of LibreOffice."""
    with tempfile.TemporaryDirectory() as folder:
        places = {}
        for blocks, path in documents:
            source = Path(folder) / f"{path.stem}.fodt"
            source.write_text(flat_document(blocks, layout), encoding="utf-8")
            places[source.with_suffix(".pdf")] = path
        profile = f"-env:UserInstallation=file://{folder}/profile"
        command = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", folder]
        command += [str(made.with_suffix(".fodt")) for made in places]
        subprocess.run(command, check=True, capture_output=True, timeout=_SECONDS)
        for made, path in places.items():
            path.write_bytes(made.read_bytes())


def flat_document(blocks: list[Block], layout: dict[str, str]) -> str:
    """The document as flat ODF, with running heads, page numbers and a footnote to its second paragraph."""
    title = escape(blocks[0].text[:70])
    body = []
    noted = False
    for n, block in enumerate(blocks):
        if block.kind == "table":
            body.append(_table(block.text, n))
            continue
        text = "".join(
            f'<text:span text:style-name="Raised">{escape(piece)}</text:span>' if up else escape(piece)
            for piece, up in block.pieces()
        )
        if block.kind == "paragraph" and n > len(blocks) // 4 and not noted:
            noted = True
            text += (
                '<text:note text:note-class="footnote"><text:note-citation>*</text:note-citation><text:note-body>'
                '<text:p text:style-name="Note">Words that stand at the foot of the page, apart from every sentence, and that go'
                " on for more than one line of its text.</text:p></text:note-body></text:note>"
            )
        body.append(f'<text:p text:style-name="{block.kind}">{text}</text:p>')
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document {_NAMESPACES} office:version="1.3"'
        ' office:mimetype="application/vnd.oasis.opendocument.text">'
        f"{_STYLES.format(**layout)}<office:master-styles>"
        '<style:master-page style:name="Standard" style:page-layout-name="Page">'
        f'<style:header><text:p text:style-name="Small">{title}</text:p></style:header>'
        '<style:footer><text:p text:style-name="Small">Page <text:page-number/> of <text:page-count/></text:p></style:footer>'
        f"</style:master-page></office:master-styles><office:body><office:text>{''.join(body)}</office:text></office:body>"
        "</office:document>"
    )


def _table(text: str, number: int) -> str:
    rows = [row.split("\t") for row in text.split("\n")]
    width = max(map(len, rows))
    cells = "".join(
        "<table:table-row>"
        + "".join(
            '<table:table-cell table:style-name="Cell"><text:p text:style-name="Small">'
            f"{escape(cell)}</text:p></table:table-cell>"
            for cell in [*row, *[""] * (width - len(row))]
        )
        + "</table:table-row>"
        for row in rows
    )
    return (
        f'<table:table table:name="T{number}"><table:table-column table:number-columns-repeated="{width}"/>{cells}</table:table>'
    )


_STYLES = """<office:styles>
<style:default-style style:family="paragraph">
<style:paragraph-properties fo:orphans="2" fo:widows="2"/>
<style:text-properties style:font-name="Liberation Serif" fo:font-family="'Liberation Serif'" fo:font-size="{size}"
 fo:language="en" fo:country="GB" fo:hyphenate="true"/>
</style:default-style>
<style:style style:name="paragraph" style:family="paragraph">
<style:paragraph-properties fo:line-height="{height}" fo:text-align="{align}" fo:text-indent="0.4cm"/></style:style>
<style:style style:name="heading" style:family="paragraph">
<style:paragraph-properties fo:margin-top="0.4cm" fo:margin-bottom="0.2cm" fo:keep-with-next="always"/>
<style:text-properties fo:font-weight="bold"/></style:style>
<style:style style:name="title" style:family="paragraph">
<style:paragraph-properties fo:margin-bottom="0.4cm"/><style:text-properties fo:font-size="16pt"/></style:style>
<style:style style:name="entry" style:family="paragraph">
<style:paragraph-properties fo:line-height="{height}" fo:text-align="{align}" fo:margin-left="0.6cm" fo:text-indent="-0.6cm"/>
</style:style>
<style:style style:name="Small" style:family="paragraph">
<style:paragraph-properties text:number-lines="false"/><style:text-properties fo:font-size="{small}"/></style:style>
<style:style style:name="Note" style:family="paragraph">
<style:paragraph-properties text:number-lines="false"/><style:text-properties fo:font-size="{small}"/></style:style>
<style:style style:name="Raised" style:family="text"><style:text-properties style:text-position="super 60%"/></style:style>
<style:style style:name="Line_20_numbering" style:display-name="Line numbering" style:family="text"/>
<text:linenumbering-configuration text:style-name="Line_20_numbering" text:number-lines="{numbered}" text:offset="0.5cm"
 style:num-format="1" text:number-position="left" text:increment="1"/>
</office:styles><office:automatic-styles>
<style:style style:name="Cell" style:family="table-cell"><style:table-cell-properties fo:padding="0.15cm"/></style:style>
<style:page-layout style:name="Page"><style:page-layout-properties fo:page-width="21cm" fo:page-height="29.7cm"
 fo:margin-top="2cm" fo:margin-bottom="2cm" fo:margin-left="2.2cm" fo:margin-right="2.2cm">
<style:columns fo:column-count="{columns}" fo:column-gap="0.7cm"/></style:page-layout-properties>
<style:header-style><style:header-footer-properties fo:min-height="0.8cm" fo:margin-bottom="0.4cm"/></style:header-style>
<style:footer-style><style:header-footer-properties fo:min-height="0.8cm" fo:margin-top="0.4cm"/></style:footer-style>
</style:page-layout></office:automatic-styles>"""
