"""Line ends of every system as one, without moving a character."""

from __future__ import annotations


def unix_newlines(text: str) -> str:
    """``text`` with lines that end in a line feed alone, every other character at its old offset.

    Old Macintosh files end lines with a carriage return, Windows files with both; the return of a pair becomes a space.
    """
    if "\r" not in text:
        return text
    return text.replace("\r\n", " \n").replace("\r", "\n")
