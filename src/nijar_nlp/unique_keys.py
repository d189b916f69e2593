"""YAML in which a key given twice is an error: only one of its values would count."""

from collections.abc import Hashable
from typing import Any

import yaml
from yaml.constructor import BaseConstructor


class UniqueKeys(BaseConstructor):
    """For a loader of PyYAML, before its own base; MarkedYAMLError says which key stands twice, and where."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, Any]:
        """The mapping, once its keys are known to differ."""
        seen: set[str] = set()
        for key, _ in node.value:
            if (name := str(key.value)) in seen:
                raise yaml.MarkedYAMLError(problem=f"key {name!r} twice", problem_mark=key.start_mark)
            seen.add(name)
        return super().construct_mapping(node, deep)
