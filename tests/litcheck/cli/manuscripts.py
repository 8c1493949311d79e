"""Small manuscripts of our own, shared by the tests of the commands."""

from __future__ import annotations

import json
from pathlib import Path

MANUSCRIPT = """Trust in citations

Most citations are right (Lee, 2020; Müller & Roy, 2019), as Lee (2020) found.

References

Lee, A. (2020). Counting what is cited. Journal of Small Studies, 4(2), 10–19. https://doi.org/10.5555/lee

Müller, B., & Roy, C. (2019). What reviewers read. Journal of Small Studies, 3(1), 1–9. https://doi.org/10.5555/roy
"""

#: The records of both works; the second differs in its year.
WORKS = [
    {
        "DOI": "10.5555/lee",
        "type": "journal-article",
        "title": ["Counting what is cited"],
        "author": [{"family": "Lee", "given": "Anna", "sequence": "first"}],
        "container-title": ["Journal of Small Studies"],
        "issued": {"date-parts": [[2020, 3]]},
        "volume": "4",
        "issue": "2",
        "page": "10-19",
    },
    {
        "DOI": "10.5555/roy",
        "type": "journal-article",
        "title": ["What reviewers read"],
        "author": [
            {"family": "Müller", "given": "Bernd", "sequence": "first"},
            {"family": "Roy", "given": "Chitra", "sequence": "additional"},
        ],
        "container-title": ["Journal of Small Studies"],
        "issued": {"date-parts": [[2016, 5]]},
        "volume": "3",
        "issue": "1",
        "page": "1-9",
    },
]


def write_works(directory: Path) -> Path:
    """The records as a file that ``litcheck index build`` reads."""
    path = directory / "works.jsonl"
    path.write_text("".join(json.dumps(work) + "\n" for work in WORKS), encoding="utf-8")
    return path
