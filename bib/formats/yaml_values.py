"""YAML as plain strings, lists and mappings, within bounds: what a manuscript or a bibliography says in YAML is no program.

Tags, types and merge keys have no effect: every scalar is the text that stands there. Aliases are followed, and what they repeat
counts, so that no text of a few lines can stand for millions of values.
"""

from __future__ import annotations

import yaml

#: Deeper nesting than any bibliography or front matter has.
_DEEPEST = 40
#: So many values, repeated ones included, are made of a text: a bibliography of 10,000 entries has some 400,000.
_MOST_VALUES = 2_000_000

_Loader: type = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
_OPENING = (yaml.SequenceStartEvent, yaml.MappingStartEvent)
_CLOSING = (yaml.SequenceEndEvent, yaml.MappingEndEvent)


class UnusableYaml(ValueError):
    """The text is no YAML, or goes beyond the bounds; the message says where or how."""


def yaml_node(text: str) -> yaml.Node | None:
    """The root of the first document in a text, ``None`` for an empty one. Raises ``UnusableYaml``."""
    try:
        depth = 0
        for event in yaml.parse(text, Loader=_Loader):
            depth += isinstance(event, _OPENING) - isinstance(event, _CLOSING)
            if depth > _DEEPEST:
                raise UnusableYaml(f"it is nested more than {_DEEPEST} levels deep")
            if isinstance(event, yaml.DocumentEndEvent):
                break
        return next(iter(yaml.compose_all(text, Loader=_Loader)), None)
    except yaml.MarkedYAMLError as error:
        where = f"line {error.problem_mark.line + 1}: " if error.problem_mark else ""
        raise UnusableYaml(f"{where}{error.problem}") from error
    except yaml.YAMLError as error:
        raise UnusableYaml("it holds characters that YAML does not allow") from error


def yaml_value(node: yaml.Node | None) -> object:
    """What a node holds: a string, a list or a dictionary with strings as keys. Raises ``UnusableYaml`` for too much of it."""
    return _Values().of(node, 0)


class _Values:
    def __init__(self) -> None:
        self._left = _MOST_VALUES

    def of(self, node: yaml.Node | None, depth: int) -> object:
        self._left -= 1
        # An alias may stand inside of what it names.
        if self._left < 0 or depth > _DEEPEST:
            raise UnusableYaml("its aliases repeat more than any bibliography holds")
        match node:
            case yaml.ScalarNode():
                return str(node.value)
            case yaml.SequenceNode():
                return [self.of(one, depth + 1) for one in node.value]
            case yaml.MappingNode():
                return {key.value: self.of(value, depth + 1) for key, value in node.value if isinstance(key, yaml.ScalarNode)}
        return ""


def yaml_field(node: yaml.Node | None, name: str) -> yaml.Node | None:
    """The node under a key of a mapping, ``None`` if there is none."""
    if not isinstance(node, yaml.MappingNode):
        return None
    return next((value for key, value in node.value if isinstance(key, yaml.ScalarNode) and key.value == name), None)
