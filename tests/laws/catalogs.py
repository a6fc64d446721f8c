"""PO files as different programs write them: generated catalogs for the laws of reading and of writing.

A catalog is a list of (context, source, translation, flags, comments); `spelt` writes it with any wrapping, any line
ends, with escapes or without, so that a law about the reader holds for what Poedit, Weblate and people save.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from hypothesis import strategies as st

LETTERS = "abcdefé ç\u0645\u062d'\"\\\n\t.,{}[]*_@#|~:\u00a0\U0001f1f0n"
"""With the characters that mean something in a PO file; `n` behind a backslash is the trap."""
text = st.text(LETTERS, max_size=24)
words = st.text(LETTERS, min_size=1, max_size=24).filter(lambda found: found.strip())
comment = st.text("abc é:~.,|", max_size=12).map(lambda found: "x" + found.strip())
ESCAPES = {"\n": "\\n", "\t": "\\t", '"': '\\"', "\\": "\\\\"}


@dataclass(frozen=True)
class Message:
    """What an entry says."""

    context: str
    source: str
    translation: str
    fuzzy: bool = False
    comments: tuple[str, ...] = ()
    extracted: tuple[str, ...] = ()
    previous: str = ""
    obsolete: bool = False


messages = st.builds(
    Message,
    context=st.text("abcé-", min_size=1, max_size=5),
    source=words,
    translation=text,
    fuzzy=st.booleans(),
    comments=st.lists(comment, max_size=2).map(tuple),
    extracted=st.lists(comment, max_size=1).map(tuple),
    previous=st.one_of(st.just(""), words),
    obsolete=st.booleans(),
)
catalogs = st.lists(messages, max_size=5, unique_by=lambda found: (found.context, found.source, found.obsolete)).map(
    lambda found: [m for m in found if not m.obsolete] + [m for m in found if m.obsolete]
)


@st.composite
def spelt(draw: st.DrawFn, found: Sequence[Message]) -> str:
    """The catalog as a file."""
    end = draw(st.sampled_from(["\n", "\r\n"]))
    lines = ['msgid ""', 'msgstr "Content-Type: text/plain; charset=UTF-8\\n"']
    for one in found:
        lines += [""] * draw(st.integers(1, 2))
        lines += [f"# {c}" for c in one.comments]
        lines += [f"#. {c}" for c in one.extracted] if not one.obsolete else []
        lines += ["#, fuzzy"] if one.fuzzy else []
        mark = "#~ " if one.obsolete else ""
        if one.previous:
            lines += draw(_string("msgid", one.previous, "#~| " if one.obsolete else "#| "))
        lines += draw(_string("msgctxt", one.context, mark))
        lines += draw(_string("msgid", one.source, mark))
        lines += draw(_string("msgstr", one.translation, mark))
    last = draw(st.sampled_from([end, "", end + end]))
    return draw(st.sampled_from(["", "\ufeff"])) + end.join(lines) + last


@st.composite
def _string(draw: st.DrawFn, keyword: str, value: str, mark: str) -> list[str]:
    """A string on one line, or cut anywhere into several."""
    characters = [ESCAPES.get(character, character) for character in value]
    cuts = sorted(draw(st.lists(st.integers(0, len(characters)), max_size=3)))
    pieces = ["".join(characters[a:b]) for a, b in zip([0, *cuts], [*cuts, len(characters)], strict=True)]
    first, *more = [f'"{piece}"' for piece in pieces]
    return [f"{mark}{keyword} {first}", *(f"{mark}{line}" for line in more)]
