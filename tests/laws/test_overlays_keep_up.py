"""Overrides while the manual moves: each is current, drifted or orphaned, as a plain model says.

The model is a list of chapters with sections of words. It shares nothing with the package: a section whose id is gone
is orphaned; one whose title or words are others has drifted; white space and what happens elsewhere change nothing.
"""

import copy
import tempfile
import textwrap
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from livingmanual.adapters.cache_store import CacheStore
from livingmanual.compose.assemble import assemble
from livingmanual.compose.drift import drift, target_fingerprint
from livingmanual.compose.overlay import lay
from livingmanual.merge.three_way import CONTEXT, merge, same
from livingmanual.model.document import Document, Node
from livingmanual.model.manual import Action, Manual, Overlay, Override
from livingmanual.source import config
from livingmanual.source.tokens import Notations
from livingmanual.workflows import countries
from livingmanual.workflows.check import check
from livingmanual.workflows.editions import Shelf, make_edition, open_draft
from livingmanual.workflows.load import load, parse
from livingmanual.workflows.refresh import refresh
from livingmanual.workflows.start_override import start

SETTINGS = "id: m\ntitle: M\nchapters: [a.md, b.md]\n"
ACTIONS = list(Action)[:-1]
WORDS = ["the", "State", "answers", "within", "days", "and", "tells", "public", "of", "it"]


@dataclass
class Section:
    """A heading and its paragraphs."""

    id: str
    title: str
    paragraphs: list[str]
    norms: list[tuple[str, str]] = field(default_factory=list)
    """Ids and words of its norms."""
    width: int = 60
    gap: int = 1
    origin: str = ""
    """The id that it had at first."""

    def text(self) -> str:
        norms = [f"::: {{#{name} .norm}}\n{words}\n:::" for name, words in self.norms]
        body = ("\n" * (self.gap + 1)).join([*(textwrap.fill(p, self.width) for p in self.paragraphs), *norms])
        return f"## {self.title} {{#{self.id}}}\n\n{body}\n"

    def said(self) -> tuple[object, ...]:
        return self.id, self.title, tuple(self.paragraphs), tuple(self.norms)


@dataclass
class Model:
    """Two chapters of sections."""

    chapters: list[list[Section]] = field(default_factory=list)

    def files(self) -> dict[str, str]:
        names = ("manual/a.md", "manual/b.md")
        return {
            name: f"# Chapter {name[7]} {{#{name[7]}}}\n\n" + "\n".join(s.text() for s in sections)
            for name, sections in zip(names, self.chapters, strict=True)
        }

    def said(self, target: str) -> object:
        """What stands under a target; None if it is gone."""
        for name, sections in zip("ab", self.chapters, strict=True):
            if target == name:
                return [s.said() for s in sections]
            for section in sections:
                if section.id == target:
                    return section.said()
                for norm, words in section.norms:
                    if norm == target:
                        return norm, words
        return None

    def sections(self) -> Iterator[Section]:
        for chapter in self.chapters:
            yield from chapter


def begin() -> Model:
    """The manual that the overrides were made from."""
    sections = [
        Section(
            f"sec-{n}",
            f"Title {n}",
            [f"Paragraph {n} {k} says that {WORDS[n]} {k * 3} answers." for k in "xy"],
            [(f"N0{n}", f"A body {n} {WORDS[n + 1]} {WORDS[n + 2]} exists.")] if n % 2 else [],
            origin=f"sec-{n}",
        )
        for n in range(6)
    ]
    return Model([sections[:3], sections[3:]])


def nodes_of(model: Model) -> list[Node]:
    """The manual as the package reads it."""
    manual = config.read_manual("manual/manual.yaml", SETTINGS).value
    assert isinstance(manual, Manual)
    found = {path: parse(path, text, Notations(), CacheStore(None)).value for path, text in model.files().items()}
    outcome = assemble(manual, found)
    assert outcome.diagnostics == ()
    return outcome.value


OF_NORMS = ("norm-edit", "norm-rename", "norm-move", "norm-delete", "norm-add")
STEPS = st.lists(
    st.tuples(
        st.sampled_from(["edit", "title", "rename", "move", "split", "delete", "rewrap", "swap", "add", *OF_NORMS]),
        st.integers(0, 5),
    ),
    max_size=8,
)


def step(model: Model, what: str, number: int, stamp: int) -> None:
    """Change the manual as its authors would."""
    places = [(chapter, n) for chapter in model.chapters for n in range(len(chapter))]
    if not places:
        return
    chapter, at = places[number % len(places)]
    section = chapter[at]
    match what:
        case "edit":
            section.paragraphs[0] += f" Edited {stamp}."
        case "title":
            section.title += f" {stamp}"
        case "rename":
            section.id += f"-new{stamp}"
        case "move":
            del chapter[at]
            other = model.chapters[1] if chapter is model.chapters[0] else model.chapters[0]
            other.append(section)
        case "split" if len(section.paragraphs) > 1:
            chapter.insert(at + 1, Section(f"half-{stamp}", "Half", [section.paragraphs.pop()]))
        case "delete":
            del chapter[at]
        case "rewrap":
            section.width, section.gap = 20 + stamp, 2
        case "swap":
            chapter.append(chapter.pop(at))
        case "add":
            chapter.insert(at, Section(f"added-{stamp}", "Added", ["A new section."]))
        case "norm-add":
            section.norms.append((f"X{stamp}", f"Another norm {stamp}."))
        case _ if what in OF_NORMS:
            step_of_norm(model, what, number, stamp)


def step_of_norm(model: Model, what: str, number: int, stamp: int) -> None:
    """Change a norm, or take it to another section."""
    places = [(section, n) for section in model.sections() for n in range(len(section.norms))]
    if not places:
        return
    section, at = places[number % len(places)]
    name, words = section.norms.pop(at)
    match what:
        case "norm-edit":
            section.norms.insert(at, (name, f"{words} Edited {stamp}."))
        case "norm-rename":
            section.norms.insert(at, (f"{name}-{stamp}", words))
        case "norm-move":
            sections = list(model.sections())
            sections[(number + 1) % len(sections)].norms.append((name, words))


def override_of(target: str, action: Action, print_: str) -> Override:
    """An override whose text does not matter here."""
    return Override(Document(f"{target}.md", "", {}, [], 0), target, action, "r", fingerprint=print_)


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(STEPS)
def test_every_override_is_current_drifted_or_orphaned_as_the_model_says(steps: list[tuple[str, int]]) -> None:
    before = begin()
    first = nodes_of(before)
    targets = ["a", "b", *(f"sec-{n}" for n in range(6)), "N01", "N03", "N05"]
    overrides = [override_of(t, ACTIONS[n % len(ACTIONS)], target_fingerprint(first, t)) for n, t in enumerate(targets)]
    assert all(one.fingerprint for one in overrides)
    after = copy.deepcopy(before)
    for stamp, (what, number) in enumerate(steps):
        step(after, what, number, stamp)
    today = nodes_of(after)
    for override in overrides:
        was, is_ = before.said(override.target), after.said(override.target)
        expected = "orphaned" if is_ is None else "current" if is_ == was else "drifted"
        assert drift(today, override).state == expected, override.target
    laid = lay(today, [Overlay("KE", False, "o.yaml", (), (), {}, {}, tuple(overrides))], {})
    told = {d.position.path for d in laid.diagnostics if d.position}
    gone = {o.document.path for o in overrides if after.said(o.target) is None}
    assert gone <= told, "an override without a target is never dropped in silence"


@settings(max_examples=300, deadline=None)
@given(st.data())
def test_edits_of_other_words_need_no_person_and_lose_neither_side(data: st.DataObject) -> None:
    size = data.draw(st.integers(12, 50))
    base = [f"{WORDS[n % len(WORDS)]}{n}" for n in range(size)]
    ours, theirs, both = [], [], []
    since = CONTEXT
    for number, word in enumerate(base):
        kind = (
            data.draw(st.sampled_from(["keep", "keep", "change", "insert", "delete"])) if since >= CONTEXT else "keep"
        )
        new = {"keep": [word], "change": [f"new{number}"], "insert": [f"new{number}", word], "delete": []}[kind]
        since = since + 1 if kind == "keep" else 1 if kind == "insert" else 0
        mine = data.draw(st.booleans())
        ours += new if mine else [word]
        theirs += [word] if mine else new
        both += new
    gap = data.draw(st.sampled_from([" ", "\n"]))
    merged = merge(" ".join(base), gap.join(ours), " ".join(theirs))
    assert merged.conflicts == ()
    assert merged.text().split() == both
    again = merge(" ".join(theirs), merged.text(), " ".join(theirs))
    assert again.text() == merged.text(), "merging twice is merging once"


@settings(max_examples=200, deadline=None)
@given(*[st.lists(st.sampled_from(WORDS), max_size=15).map(" ".join)] * 3)
def test_what_only_one_side_changed_is_taken_and_nothing_else_is_made_up(base: str, ours: str, theirs: str) -> None:
    assert same(merge(base, ours, base).text(), ours)
    assert same(merge(base, base, theirs).text(), theirs)
    merged = merge(base, ours, theirs)
    for side in ("ours", "theirs"):
        assert set(merged.text(side).split()) <= {*ours.split(), *theirs.split()}
    if not merged.conflicts:
        assert set(ours.split()) - set(base.split()) <= set(merged.text().split())
        assert set(theirs.split()) - set(base.split()) <= set(merged.text().split())


def test_an_empty_overlay_changes_nothing() -> None:
    nodes = nodes_of(begin())
    before = copy.deepcopy(nodes)
    outcome = lay(nodes, [Overlay("ZM", False, "o.yaml", (), (), {}, {}, ())], {})
    assert outcome.value == before
    assert outcome.diagnostics == ()


# The same through the commands' workflows, with files


@dataclass
class Files:
    """A workspace in memory."""

    texts: dict[str, str]

    def read(self, path: str) -> bytes | None:
        return self.texts[path].encode() if path in self.texts else None

    def list(self, folder: str) -> tuple[str, ...]:
        return tuple(sorted(path for path in self.texts if path.startswith(f"{folder}/")))

    def shelf(self) -> Shelf:
        return Shelf(self, load(self, CacheStore(None)), "0" * 40, 0, CacheStore(None))


HOME = "manual/overlays/countries/KE"
HEAD = (
    '---\ntarget: {target}\naction: {action}\nreason: r\nfingerprint: "{print}"\nmade_from: |\n{text}\n---\n\nOurs.\n'
)


def workspace(model: Model, overrides: dict[str, str]) -> Files:
    texts = {**model.files(), "manual/manual.yaml": SETTINGS, f"{HOME}/overlay.yaml": "country: KE\nlanguages: [en]\n"}
    return Files({**texts, **{f"{HOME}/overrides/{name}.md": text for name, text in overrides.items()}})


def made_of(model: Model, targets: list[str]) -> dict[str, str]:
    """An override of each target, as `manual country override` makes them: with the text that it was made from."""
    shelf = workspace(model, {}).shelf()
    nodes, homes = nodes_of(model), countries.homes(shelf)
    out = {}
    for number, target in enumerate(targets):
        text = textwrap.indent(countries.content_of(homes, nodes, target, shelf), "  ", lambda _: True)
        action = ACTIONS[number % len(ACTIONS)].value
        out[target] = HEAD.format(target=target, action=action, print=target_fingerprint(nodes, target), text=text)
    return out


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(STEPS)
def test_status_knows_every_override_and_where_renamed_text_has_gone(steps: list[tuple[str, int]]) -> None:
    before = begin()
    targets = [*(f"sec-{n}" for n in range(6)), "N01", "N03", "N05"]
    overrides = made_of(before, targets)
    after = copy.deepcopy(before)
    for stamp, (what, number) in enumerate(steps):
        step(after, what, number, stamp)
    shelf = workspace(after, overrides).shelf()
    found = {one.override.target: one for one in countries.standings(shelf, list(shelf.loaded.overlays.values()))}
    assert set(found) == set(targets), "no override is dropped"
    errors = {d.position.path for d in make_edition(shelf, "KE", "en").diagnostics if d.position}
    for target, one in found.items():
        was, is_ = before.said(target), after.said(target)
        assert one.state == ("orphaned" if is_ is None else "current" if is_ == was else "drifted"), target
        if one.state == "current":
            assert one.override.made_from.split() == one.text.split()
            continue
        assert one.override.document.path in errors, "what has moved is told in every build"
        if one.state == "orphaned":
            assert one.fate is not None
            assert one.fate.what in ("renamed", "moved", "split", "deleted")
            section = next((s for s in after.sections() if s.origin == target), None)
            if section and section.paragraphs == next(s for s in before.sections() if s.id == target).paragraphs:
                assert section.id in {heir.target for heir in one.fate.heirs}, "renamed text is found again"
    nodes = nodes_of(after)
    for target, one in found.items():
        assert bool(one.today) == bool(target_fingerprint(nodes, target))


EDITS: dict[str, Callable[[list[str], int], list[str]]] = {
    "change": lambda words, at: [*words[:at], f"new{words[at]}", *words[at + 1 :]],
    "insert": lambda words, at: [*words[:at], "more", "words", *words[at:]],
    "delete": lambda words, at: [*words[:at], *words[at + 1 :]],
}


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.data())
def test_refresh_of_edits_that_do_not_touch_needs_no_person_and_loses_neither_side(data: st.DataObject) -> None:
    count = data.draw(st.integers(2, 6))
    base = [[f"p{n}w{k}" for k in range(14)] for n in range(count)]
    ours, theirs, both = copy.deepcopy(base), copy.deepcopy(base), copy.deepcopy(base)
    for number in range(count):
        side = data.draw(st.sampled_from([ours, theirs, None]))
        edit = EDITS[data.draw(st.sampled_from(sorted(EDITS)))]
        at = data.draw(st.integers(CONTEXT + 1, 14 - CONTEXT - 2))
        if side is not None:
            side[number] = both[number] = edit(base[number], at)
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        path = root / f"{HOME}/overrides/sec-a.md"
        write(root, base, "Another section.")
        start(root, "KE", "sec-a", "replace", "Our law.")
        path.write_text(path.read_text().split("\n---\n")[0] + f"\n---\n\n{body(ours)}\n")
        write(root, theirs, "Quite another section.")
        done, _ = refresh(root, "KE", commit=False)
        assert [one.outcome for one in done if one.outcome not in ("merged", "recorded")] == []
        assert (len(done) == 1) is (theirs != base)
        after = path.read_text()
        assert after.split("\n---\n", 1)[1].split() == body(both).split()
        shelf = open_draft(root)
        [one] = countries.standings(shelf, list(shelf.loaded.overlays.values()))
        assert one.state == "current"
        assert refresh(root, "KE", commit=False) == ((), "")
        assert path.read_text() == after, "refreshing twice is refreshing once"
        assert [d for d in check(root, cache=False) if d.code in ("drifted", "override-dangling")] == []


def body(paragraphs: list[list[str]]) -> str:
    return "\n\n".join(textwrap.fill(" ".join(words), 40) for words in paragraphs)


def write(root: Path, paragraphs: list[list[str]], other: str) -> None:
    files = {
        "manual/manual.yaml": "id: m\ntitle: M\nchapters: [a.md]\n",
        "manual/a.md": f"# One {{#one}}\n\n## A {{#sec-a}}\n\n{body(paragraphs)}\n\n## B {{#sec-b}}\n\n{other}\n",
        f"{HOME}/overlay.yaml": "country: KE\nlanguages: [en]\n",
    }
    for path, text in files.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text, encoding="utf-8")


EVERYTHING = """# One {#one}

In {{country}}[^n] and *elsewhere*, see [](#sec-a), [](#tbl-a) and [](#N01).

[^n]: A note.

## A {#sec-a}

::: {.table #tbl-a}
A table.

| a |
|---|
| b |
:::

::: {.norm #N01}
A norm.

Yes
:   All.
:::

Words [for Kenya]{.when country=KE}[for members]{.when member=icglr} of [district]{.term}s.
"""


@pytest.mark.parametrize("country", ["KE", "ZM", "TN"])
@pytest.mark.parametrize("language", ["en", "fr"])
def test_an_empty_overlay_gives_the_same_document(country: str, language: str) -> None:
    settings = f"{SETTINGS.replace(', b.md', '')}languages: [en, fr]\nvariables: {{country: your country}}\n"
    texts = {"manual/manual.yaml": settings, "manual/a.md": EVERYTHING}
    empty = {f"manual/overlays/countries/{country}/overlay.yaml": f"country: {country}\n"}
    without = make_edition(Files(texts).shelf(), country, language)
    with_it = make_edition(Files({**texts, **empty}).shelf(), country, language)
    assert with_it.value.blocks == without.value.blocks, "ids, runs and their origins"
    assert with_it.value.nodes == without.value.nodes
    assert with_it.value.contents == without.value.contents
    assert with_it.diagnostics == without.diagnostics
