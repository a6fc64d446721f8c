"""What the cache gives back of a parsed file is what was put in, its front matter included."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from livingmanual.adapters.cache_store import CacheStore
from livingmanual.model.diagnostic import Outcome
from livingmanual.model.document import Document
from livingmanual.source.tokens import Notations
from livingmanual.workflows import parsed
from livingmanual.workflows.load import parse, parse_all

HEADS = [
    "a: 1\nb: 1.5\nc: true\nd: null\ne: [x, {y: z}]\n",
    "date: 2026-01-31\nold: 0099-01-01\n",
    "at: 2026-01-31T10:00:00Z\n",
    "1: number as key\n",
    "$date: 2026-01-31\n",
    "inner: {$date: not a date}\n",
    "nothing: .nan\nmore: .inf\n",
    "set: !!set {a, b}\nbytes: !!binary aGVsbG8=\n",
    'odd: "\\ud800 \\0"\n',
    "broken: [\n",
    "- a list\n",
    "",
]
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.dates() | st.datetimes() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5) | st.integers(), inner, max_size=3),
    max_leaves=8,
)


@pytest.mark.parametrize("head", HEADS)
def test_front_matter_comes_back_as_it_was(tmp_path: Path, head: str) -> None:
    text = f"---\n{head}---\n\n# One {{#one}}\n\nWords[^1].\n\n[^1]: In[^1].\n"
    cache = CacheStore(tmp_path)
    first, again = (parse("a.md", text, Notations(), cache) for _ in range(2))
    assert repr(again) == repr(first)
    assert [type(value) for value in again.value.meta.values()] == [type(value) for value in first.value.meta.values()]


@settings(max_examples=300, deadline=None)
@given(st.dictionaries(st.text(max_size=5), VALUES, max_size=3))
def test_what_is_kept_of_front_matter_is_the_same_value(meta: dict[str, object]) -> None:
    outcome = Outcome(Document("a.md", "Words.\n", meta, [], 0))
    back = parsed.recall({"a.md": "Words.\n"}, parsed.packed([outcome]))
    assert back is not None
    assert back["a.md"].value.meta == {} or repr(back["a.md"].value.meta) == repr(meta)


def test_what_cannot_be_read_back_is_parsed_again(tmp_path: Path) -> None:
    cache = CacheStore(tmp_path)
    first = parse("a.md", "Words.\n", Notations(), cache)
    [kept] = (path for path in tmp_path.rglob("*") if path.is_file())
    for damage in (b"", b"[]\n[]", b"[null, 1, 0]\n[", b"\xff\n\xff"):
        kept.write_bytes(damage)
        assert parse("a.md", "Words.\n", Notations(), cache) == first


def test_many_files_are_parsed_as_each_alone(tmp_path: Path) -> None:
    long = "".join(f"## Section {n}\n\nWords *of* it[^{n}].\n\n[^{n}]: Note.\n\n" for n in range(300))
    texts = {f"{n % 2}/{n}.md": f"# File {n}\n\n{long if n % 3 == 0 else 'Words.'}" for n in range(9)}
    alone = {path: parse(path, text, Notations(), CacheStore(None)) for path, text in texts.items()}
    for _ in range(2):
        together = parse_all(texts, Notations(), CacheStore(tmp_path))
        assert list(together) == list(texts)
        assert together == alone
    changed = {**texts, "1/1.md": "Other words.\n"}
    assert parse_all(changed, Notations(), CacheStore(tmp_path)) == {
        **alone,
        "1/1.md": parse("1/1.md", "Other words.\n", Notations(), CacheStore(None)),
    }
