"""Overrides while the manual moves: each is current, drifted or orphaned, as a plain model says.

The model is a list of chapters with sections of words. It shares nothing with the package: a section whose id is gone
is orphaned; one whose title or words are others has drifted; white space and what happens elsewhere change nothing.
"""

import copy
import textwrap
from dataclasses import dataclass, field

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
from livingmanual.workflows.load import parse

SETTINGS = "id: m\ntitle: M\nchapters: [a.md, b.md]\n"
ACTIONS = list(Action)[:-1]


@dataclass
class Section:
    """A heading and its paragraphs."""

    id: str
    title: str
    paragraphs: list[str]
    width: int = 60
    gap: int = 1

    def text(self) -> str:
        body = ("\n" * (self.gap + 1)).join(textwrap.fill(p, self.width) for p in self.paragraphs)
        return f"## {self.title} {{#{self.id}}}\n\n{body}\n"

    def said(self) -> tuple[str, str, tuple[str, ...]]:
        return self.id, self.title, tuple(self.paragraphs)


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
        return None


def begin() -> Model:
    """The manual that the overrides were made from."""
    sections = [
        Section(f"sec-{n}", f"Title {n}", [f"Paragraph {n} {k} says that the State answers." for k in "xy"])
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


STEPS = st.lists(
    st.tuples(
        st.sampled_from(["edit", "title", "rename", "move", "split", "delete", "rewrap", "swap", "add"]),
        st.integers(0, 5),
    ),
    max_size=6,
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


def override_of(target: str, action: Action, print_: str) -> Override:
    """An override whose text does not matter here."""
    return Override(Document(f"{target}.md", "", {}, [], 0), target, action, "r", fingerprint=print_)


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(STEPS)
def test_every_override_is_current_drifted_or_orphaned_as_the_model_says(steps: list[tuple[str, int]]) -> None:
    before = begin()
    first = nodes_of(before)
    targets = ["a", "b", *(f"sec-{n}" for n in range(6))]
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


WORDS = ["the", "State", "answers", "within", "days", "and", "tells", "public", "of", "it"]


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
