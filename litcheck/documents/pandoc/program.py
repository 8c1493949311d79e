"""pandoc, called as a program: a document's bytes in, its abstract syntax as JSON out.

It runs with ``--sandbox``, in which it opens no file and fetches nothing, with a bounded heap, and is ended when the time or the
size that the limits allow is used up.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import tempfile
from typing import IO

from litcheck.errors import UnreadableDocument
from litcheck.limits import Allowance

PROGRAM = "pandoc"
#: pandoc takes some 30 times a document's size; books of 2 MB take 300 MB.
_HEAP = "1G"
#: Seconds between two looks at the time and at the size of what was written.
_LOOK_EVERY = 0.05
_LONGEST_COMPLAINT = 300
_NO_SUCH_OPTION = 6
_UNKNOWN_READER = 21


def find_pandoc() -> str | None:
    """The path of the program, ``None`` where it is not installed."""
    return shutil.which(PROGRAM)


def run_pandoc(program: str, data: bytes, reader: str, allowance: Allowance) -> object:
    """What pandoc makes of a document in the format that it calls ``reader``, as JSON was read.

    Raises ``UnreadableDocument`` if pandoc fails, or takes or writes more than is allowed.
    """
    command = [program, "--sandbox", "--from", reader, "--to", "json", "+RTS", f"-M{_HEAP}", "-RTS"]
    with tempfile.TemporaryFile() as given, tempfile.TemporaryFile() as made, tempfile.TemporaryFile() as said:
        given.write(data)
        given.seek(0)
        status = _run(command, given, made, said, allowance)
        if status != 0:
            raise UnreadableDocument(_failed(allowance.name, status, reader, _beginning(said)))
        made.seek(0)
        written = made.read(allowance.bytes_left + 1)
    allowance.unpack(len(written))
    try:
        return json.loads(written)
    except (ValueError, RecursionError) as error:
        raise UnreadableDocument(
            f"{allowance.name} was given to pandoc, which wrote something that is not its JSON. Check that {program} is pandoc"
            " (`pandoc --version`), or convert the document to plain text."
        ) from error


def _run(command: list[str], given: IO[bytes], made: IO[bytes], said: IO[bytes], allowance: Allowance) -> int:
    """Its exit status; no process is left when this ends."""
    try:
        process = subprocess.Popen(  # noqa: S603 - the program that the user installed, with arguments of our own
            command, stdin=given, stdout=made, stderr=said, cwd=tempfile.gettempdir(), start_new_session=True
        )
    except OSError as error:
        raise UnreadableDocument(
            f"pandoc cannot be started ({command[0]}): {error.strerror or error}. Install it anew."
        ) from error
    try:
        while True:
            try:
                return process.wait(timeout=_LOOK_EVERY)
            except subprocess.TimeoutExpired:
                allowance.check_time()
                # Raises if the rest of the document could not be taken in any more.
                if os.fstat(made.fileno()).st_size > allowance.bytes_left:
                    allowance.unpack(os.fstat(made.fileno()).st_size)
    finally:
        if process.poll() is None:
            _end(process)


def _end(process: subprocess.Popen[bytes]) -> None:
    if hasattr(os, "killpg"):
        os.killpg(process.pid, signal.SIGKILL)
    else:
        process.kill()
    process.wait()


def _beginning(said: IO[bytes]) -> str:
    said.seek(0)
    return " ".join(said.read(_LONGEST_COMPLAINT).decode("utf-8", "replace").split())


def _failed(name: str, status: int, reader: str, complaint: str) -> str:
    if status in (_NO_SUCH_OPTION, _UNKNOWN_READER):
        return (
            f"{name} needs a newer pandoc: the one installed lacks `--sandbox` or the format {reader} ({complaint}). Install the"
            " current version, or convert the document to plain text."
        )
    return f"pandoc cannot read {name} (exit status {status}: {complaint or 'it says nothing'}). Save it anew, or as plain text."
