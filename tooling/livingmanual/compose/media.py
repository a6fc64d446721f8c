"""Find out which picture files an edition needs."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Sequence
from functools import partial
from urllib.parse import unquote

from livingmanual.compose.traits import places
from livingmanual.model.document import Node
from livingmanual.text import tree
from livingmanual.text.shared import Shared


def locate(
    nodes: list[Node], root: str = "", shared: Shared | None = None, at: Sequence[int] | None = None
) -> tuple[list[Node], dict[str, str]]:
    """Rewrite the targets of pictures to paths relative to the workspace; returns them as target -> path.

    `root` is the folder from which a target that begins with a slash counts; empty if there is none. `at` are the
    indexes of the blocks that hold pictures.
    A target on the network, an absolute path, and one that leads out of the workspace are left as they are and not
    listed, so that no writer ever opens them (design, promise 10).
    """
    shared = shared or Shared()
    found: dict[str, str] = {}
    out = list(nodes)
    for index in places(nodes, shared).images if at is None else at:
        out[index], targets = shared.once("media", (nodes[index],), root, partial(_located, nodes[index], root))
        found |= targets
    return out, dict(sorted(found.items()))


def _located(block: Node, root: str) -> tuple[Node, dict[str, str]]:
    found: dict[str, str] = {}

    def change(node: Node, path: str) -> list[Node] | None:
        if node["t"] != "Image":
            return None
        target = node["c"][2][0]
        rooted = bool(root) and target.startswith("/") and not target.startswith("//")
        name, folder = (target.lstrip("/"), root) if rooted else (target, posixpath.dirname(path))
        full = posixpath.normpath(posixpath.join(folder, unquote(name)))
        if re.match(r"[a-zA-Z][\w+.-]*:", target) or name.startswith("/") or full.startswith(("..", "/")):
            return None
        found[full] = full
        return [{**node, "c": [node["c"][0], node["c"][1], [full, node["c"][2][1]]]}]

    return tree.map_inlines([block], change)[0], found
