"""Words of a country for tokens of the manual: `[district]{.term}` reads "county" in Kenya.

Only tokens are changed, never words that look alike, and only tokens with exactly the words that the override names: a
plural or a capital letter is another token, because no rule of ours could form them in every language.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from livingmanual.model.document import Node
from livingmanual.model.manual import Override
from livingmanual.text import fingerprint, tree


def tokens(nodes: list[Node]) -> Iterator[str]:
    """The words of every token, in reading order."""
    for node, _ in tree.walk_inlines(nodes):
        if _is_token(node):
            yield _words(node)


def reword(nodes: list[Node], overrides: Mapping[str, Override]) -> list[Node]:
    """The same blocks with the tokens in a country's words; `overrides` by the tokens' words."""

    def change(node: Node, _: str) -> list[Node] | None:
        override = overrides.get(_words(node)) if _is_token(node) else None
        if override is None:
            return None
        return [{"t": "Span", "c": [node["c"][0], wording(override)], "p": override.document.path}]

    return tree.map_inlines(nodes, change) if overrides else nodes


def wording(override: Override) -> list[Node]:
    """The words of an override of a term: its only paragraph; empty if it is anything else."""
    blocks: Sequence[Node] = override.document.blocks
    return tree.inlines(blocks[0]) if len(blocks) == 1 and blocks[0]["t"] in ("Para", "Plain") else []


def term_fingerprint(nodes: list[Node], words: str) -> str:
    """Fingerprint of a token: its words, and what the glossary says about them; empty if no token has these words."""
    if words not in tokens(nodes):
        return ""
    return fingerprint.of_text(words) if not (said := _definition(nodes, words)) else fingerprint.of_nodes(said)


def _definition(nodes: list[Node], words: str) -> list[Node]:
    for node in nodes:
        if node["t"] == "DefinitionList":
            for term, definitions in node["c"]:
                if tree.string(tree.inlines(term[0])).strip().lower() == words.lower():
                    return [block for definition in definitions for block in definition]
        elif node["t"] == "Div":
            found = _definition(node["c"][1], words)
            if found:
                return found
    return []


def _is_token(node: Node) -> bool:
    return node["t"] == "Span" and "term" in tree.classes(node)


def _words(node: Node) -> str:
    """The token's words in the source: a translated one keeps them beside its own."""
    return node.get("of") or " ".join(tree.string(tree.children_of(node)).split())
