"""Files as LibreOffice saves them, each batch in one run of it: its start costs seconds."""

from __future__ import annotations

import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path

from benchmarks.producing import pandoc
from benchmarks.producing.manuscripts import Manuscript

_SECONDS = 900


def write(
    manuscripts: Sequence[Manuscript], directory: Path, suffix: str, source: str, setting: pandoc.Setting = "printed"
) -> None:
    """NAME.``suffix`` for every manuscript, opened from pandoc's ``source`` ("docx", "odt") and saved anew."""
    with tempfile.TemporaryDirectory() as folder:
        pandoc.write(manuscripts, Path(folder), source, source, setting)
        opened = [f"{folder}/{manuscript.name}.{source}" for manuscript in manuscripts]
        command = ["soffice", f"-env:UserInstallation=file://{folder}/profile", "--headless", "--convert-to", suffix]
        subprocess.run([*command, "--outdir", str(directory), *opened], check=True, capture_output=True, timeout=_SECONDS)
