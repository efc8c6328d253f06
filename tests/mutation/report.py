"""A mutant, and how it differs from the file."""

import ast
from dataclasses import dataclass
from difflib import unified_diff
from pathlib import Path


@dataclass(frozen=True)
class Mutant:
    """`fate`: killed, timeout, survived, no tests."""

    name: str
    file: str
    fate: str


def difference(copy: Path, one: Mutant) -> str:
    """The changed lines with those around them. The copy has every mutant beside what it is made of."""
    source = (copy / one.file).read_text("utf-8")
    changed = one.name.rpartition(".")[2]
    original = changed.rpartition("__mutmut_")[0] + "__mutmut_orig"
    texts = {
        node.name: (ast.get_source_segment(source, node) or "").splitlines()[1:]
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.FunctionDef) and node.name in {original, changed}
    }
    return "\n".join(list(unified_diff(texts[original], texts[changed], n=2, lineterm=""))[2:])
