"""Markdown as people write it and as nobody should: generated files for the laws of reading.

Two kinds: `files()` builds documents from constructs, nested in all ways that CommonMark allows; `rubbish()` strings
markup characters together. A law about reading must hold on both, because the files of a workspace are whatever
somebody saved.
"""

from collections.abc import Callable

from hypothesis import strategies as st

NOTES = ("1", "n-2", "long")
"""Labels of the notes that a generated file defines; each may be referred to any number of times."""

PLAIN_WORDS = ("a", "the", "duty", "peace", "early", "warning", "don't", '"said"', "5.2", "well-known", "Kenya,", "x.")
MARKED_WORDS = (
    "caf\u00e9",
    "cafe\u0301",  # decomposed
    "\u0301x",  # a mark with nothing to stand on
    "q\u0323\u0307",  # two marks in canonical order
    "q\u0307\u0323",  # and in the other
    "\u212bngstr\u00f6m",  # singleton: ANGSTROM SIGN becomes A WITH RING
    "\u1112\u1161\u11ab\u1100\u1173\u11af",  # Hangul as conjoining jamo
    "\ud55c\uae00",
    "\uac00\u11a8",  # a syllable and a final jamo that joins it
    "\u0645\u064f\u062d\u064e\u0645\u0651\u064e\u062f",  # Arabic, vowel marks behind shadda
    "\u0645\u064e\u0651",  # vowel mark before shadda: re-ordered
    "\u0627\u0653",  # alef and madda, which compose
    "\u0928\u093c",  # Devanagari, composes
    "\u0958",  # composition exclusion: decomposes under NFC
    "\U0001f468\u200d\U0001f469\u200d\U0001f467",
    "\U0001f1f0\U0001f1ea",
    "\u00a0x\u202fy",
    "co\u00adop",
    "\u200fab\u200e",
    "\u2028x",
    "\x0cx",
)
MARKUP_WORDS = (
    "\\*", "\\[x\\]", "\\\\", "\\a", "a\\", "\\|", "&amp;", "&copy;", "&#233;", "&#x1F600;", "&nbsp;",
    "&notanentity;", "&", "&ngE;", "a&lt;b", "x_y_z", "2*3", "*", "_", "**", "~", "~~", "^", "`", "<", ">", "<b>",
    "</b>", "<!-- c -->", "[", "]", "(", "!", "$", "$5", "$x^2$", "$$y$$", "H~2~O", "x^2^", "~~old~~",
    "http://example.org/a_b", "<http://example.org>", "<a@b.org>", ":smile:", "@alice", "[@key]",
    "[@key, p. 3; see -@other]", "{{country}}", "{{country.of}}", "{{ country }}", "\\{{country}}", "{{*a*b*c}}",
    "{{#include x}}", "${{ x }}", "^[inline note]", "[](#sec-x)", "[[wiki]]", "{.c}", "{#i}", "'s", "...", "--",
    "---", "|", "#", "1.", "[^1]", "[^n-2]", "[^long]", "[^undefined]", "[ref]", "[text][ref]", "[*em* text][ref]",
    "![alt][ref]", "===", ":", "::: x", "[x]{.y}",
)  # fmt: skip

words = st.one_of(
    st.sampled_from(PLAIN_WORDS),
    st.sampled_from(PLAIN_WORDS),
    st.sampled_from(MARKED_WORDS),
    st.sampled_from(MARKUP_WORDS),
)
gaps = st.sampled_from(
    [" "] * 12 + ["\n", "\n", "\n ", "  ", "\t", " \t", " \n", "  \n", "\\\n", "    \n  ", "\t\n", "", "", "\n\t"]
)


@st.composite
def spaced(draw: st.DrawFn, parts: st.SearchStrategy[str], most: int) -> str:
    """Parts with gaps of all kinds between them."""
    found = draw(st.lists(parts, min_size=1, max_size=most))
    out = found[0]
    for part in found[1:]:
        out += draw(gaps) + part
    return out


def _around(delimiters: list[str]) -> Callable[[st.SearchStrategy[str]], st.SearchStrategy[str]]:
    def wrap(inside: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
        return st.tuples(st.sampled_from(delimiters), inside).map(lambda pair: pair[0] + pair[1] + pair[0])

    return wrap


CODE = (
    "x",
    "a b",
    " a",
    " `b` ",
    "a  b",
    "a\nb",
    "a\n b",
    "\\*",
    "&amp;",
    "a\tb",
    "cafe\u0301",
    "|",
    "{{country}}",
    "",
)
TARGETS = ("u", "<u v>", 'u "t"', "u 't &amp; t'", "#sec-x", "05.md#sec-x", "u_(v)", "")
ATTRIBUTES = ("", "", "", "{.c}", "{#i .c k=v}", '{k="a } b"}', "{.term}", "{.to-confirm}")


@st.composite
def code_span(draw: st.DrawFn) -> str:
    """Code between one, two or three backquotes, perhaps with a space at both ends and attributes behind it."""
    ticks, pad = "`" * draw(st.integers(1, 3)), draw(st.sampled_from(["", " ", "\n"]))
    return ticks + pad + draw(st.sampled_from(CODE)) + pad + ticks + draw(st.sampled_from(ATTRIBUTES))


def _links(inside: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    def made(parts: tuple[str, str, str, str]) -> str:
        return f"{parts[0]}[{parts[1]}]({parts[2]}){parts[3]}"

    return st.tuples(st.sampled_from(["", "", "!"]), inside, st.sampled_from(TARGETS), st.sampled_from(ATTRIBUTES)).map(
        made
    )


def _extend(inside: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    text = spaced(inside, 2)
    return st.one_of(
        _around(["*", "_", "**", "__", "***", "~~", "~", "^"])(text),
        _links(text),
        text.map(lambda t: f"[{t}]{{.term}}"),
        text.map(lambda t: f"[{t}][ref]"),
    )


inlines = st.recursive(st.one_of(words, words, words, code_span()), _extend, max_leaves=3)
paragraphs = spaced(inlines, 5)
lines = paragraphs.map(lambda text: text.replace("\n", " "))


def _prefixed(text: str, first: str, rest: str) -> str:
    head, *others = text.split("\n")
    return "\n".join([first + head, *(rest + line if line.strip() else rest.rstrip() for line in others)])


def _atx(parts: tuple[int, str, str, str]) -> str:
    return f"{'#' * parts[0]} {parts[1]}{parts[2]}{parts[3]}"


headings = st.one_of(
    st.tuples(
        st.integers(1, 6),
        lines,
        st.sampled_from(["", "", " #", " ###"]),
        st.sampled_from(["", " {#h-x}", " {.c #h-y k=v}"]),
    ).map(_atx),
    st.tuples(paragraphs, st.sampled_from(["===", "---", "-"])).map("\n".join),
)

CELLS = st.one_of(
    lines.map(lambda t: t.replace("|", "\\|")), lines, st.just(""), st.just(" "), st.just("`a\\|b`"), st.just("**")
)


@st.composite
def tables(draw: st.DrawFn) -> str:
    """A pipe table, with and without outer bars; cells may be empty, too few or too many."""
    columns = draw(st.integers(1, 3))
    left, right = draw(st.sampled_from([("| ", " |"), ("|", "|"), ("", ""), ("", " |"), ("|\t", "  |  ")]))
    rule = (
        left
        + "|".join(draw(st.lists(st.sampled_from(["---", ":--", "-:", ":-:"]), min_size=columns, max_size=columns)))
        + right
    )
    rows = [draw(st.lists(CELLS, min_size=columns, max_size=columns))]
    rows += draw(st.lists(st.lists(CELLS, min_size=1, max_size=columns + 1), max_size=3))
    shown = [left + draw(st.sampled_from([" | ", "|", "\t|\t"])).join(row) + right for row in rows]
    return "\n".join([shown[0], rule, *shown[1:]])


CODE_LINES = st.lists(
    st.sampled_from(
        ["x = 1", "\tx", "  \ty\tz", "", "   ", "cafe\u0301\t|", "\\* &amp; `", "- no list", "{{country}}", "\t"]
    ),
    max_size=4,
).map("\n".join)


@st.composite
def code_blocks(draw: st.DrawFn) -> str:
    """Fenced with and without attributes, perhaps not closed, or indented."""
    kind = draw(st.sampled_from(["```", "~~~~", "``` python", "```{.c #i}", "indent", "tab", "open"]))
    text = draw(CODE_LINES)
    if kind in ("indent", "tab"):
        return _prefixed(text or "x", *(["    "] * 2 if kind == "indent" else ["\t"] * 2))
    if kind == "open":
        return f"```\n{text}"
    fence = kind[:4] if kind.startswith("~") else "```"
    return f"{kind}\n{text}\n{fence}"


def _lists(inside: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    @st.composite
    def made(draw: st.DrawFn) -> str:
        marker = draw(st.sampled_from(["- ", "* ", "+   ", "1. ", "10) ", "(a) ", "-\t", "- [ ] ", "  - ", "#. "]))
        indent = " " * len(marker.expandtabs(4)) if draw(st.booleans()) else "\t"
        items = draw(st.lists(st.lists(inside, min_size=1, max_size=2), min_size=1, max_size=3))
        loose = draw(st.sampled_from(["\n", "\n\n"]))
        return loose.join(_prefixed("\n\n".join(item), marker, indent) for item in items)

    return made()


def _definitions(inside: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    @st.composite
    def made(draw: st.DrawFn) -> str:
        mark = draw(st.sampled_from([": ", ":   ", ":\t"]))
        blank = draw(st.sampled_from(["\n", "\n\n"]))
        given = draw(st.lists(inside, min_size=1, max_size=2))
        return draw(lines) + blank + "\n\n".join(_prefixed(text, mark, "    ") for text in given)

    return made()


def _quotes(inside: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    marks = st.sampled_from(["> ", ">", "> > ", ">\t", "   > "])
    return st.tuples(inside, marks).map(lambda pair: _prefixed(pair[0], pair[1], pair[1]))


def _divs(inside: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    heads = st.sampled_from(
        ["{.norm #N1}", "note", "{.when country=KE}", "{.table #tbl-a}", '{.table caption="A *caption*"}']
    )
    return st.tuples(heads, inside, st.sampled_from(["\n", "\n\n"])).map(
        lambda parts: f"::: {parts[0]}{parts[2]}{parts[1]}{parts[2]}:::"
    )


def _nested(inside: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    several = st.lists(inside, min_size=1, max_size=2).map("\n\n".join)
    return st.one_of(_lists(inside), _quotes(several), _definitions(inside), _divs(several), _lists(inside))


figures = st.tuples(lines, st.sampled_from(['{#fig-x alt="A picture"}', "", "{width=50%}"])).map(
    lambda parts: f"![{parts[0]}](f.svg){parts[1]}"
)
BARE = st.sampled_from(["---", "***", "<div>\n*html*\n</div>", "<!-- hidden -->", "&nbsp;", "[ref2]: u2", "    ", "\\"])
leaves = st.one_of(paragraphs, paragraphs, paragraphs, headings, tables(), code_blocks(), figures, BARE)
blocks = st.recursive(leaves, _nested, max_leaves=3)

FRONT = ("", "", "", "---\ntitle: T\n---\n\n", "---\r\na: b\r\n...\r\n", "---\n\n", "---\ntext\n---\n", "---\n---\n")


@st.composite
def note_definitions(draw: st.DrawFn) -> str:
    """The notes' texts: of one paragraph, and of several blocks."""
    long = "\n\n".join(_prefixed(draw(blocks), "    ", "    ") for _ in range(draw(st.integers(0, 2))))
    return "\n\n".join(
        [
            f"[^1]: {draw(lines)}",
            f"[^n-2]: {_prefixed(draw(paragraphs), '', '    ')}",
            f"[^long]: {draw(lines)}\n\n{long}",
        ]
    )


@st.composite
def files(draw: st.DrawFn) -> str:
    """A whole file, with the line ends and the byte-order mark that editors put into files."""
    body = "\n\n".join(draw(st.lists(blocks, min_size=1, max_size=4)))
    notes = draw(note_definitions()) if draw(st.booleans()) else ""
    text = f'{draw(st.sampled_from(FRONT))}{body}\n\n{notes}\n\n[ref]: http://example.org "t"\n'
    if draw(st.integers(0, 3)) == 0:
        text = text.replace("\r\n", "\n").replace("\n", "\r\n")
    return ("\ufeff" if draw(st.integers(0, 5)) == 0 else "") + text


LONGER = (" ", "\n", "\n\n", "\n    ", "\t", "\r\n", "e\u0301", "\u0651\u064e", "[^1]", "&amp;", "{.c}", "\n> ", "\n- ")
ALPHABET = [*"ab1 *_`~^[](){}<>!#&;:|\\-+=.@$'\"", *LONGER]


def rubbish() -> st.SearchStrategy[str]:
    """Markup characters in no order at all."""
    return st.lists(st.sampled_from(ALPHABET), max_size=40).map("".join)
