"""Free-text reference strings to fields."""

from bib.strings.parse import parse_reference, parse_references

__all__ = ["parse_reference", "parse_references"]
