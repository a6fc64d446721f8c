"""The round trip of a translated edition: what reviewers change in a translation lands in the catalog.

The same promises as for the manual's own language (`test_round_trip_libreoffice.py`), with LibreOffice as the reviewer:
every edit is found, what is accepted reads as the returned file does, rejecting all of it changes no byte. Paragraphs,
items and rows are the source's: such a change keeps its place and its words, and a person must decide it.
"""

from pathlib import Path

import pytest

from livingmanual.model.remark import AnchorState, Route
from livingmanual.workflows import import_review
from livingmanual.workflows.editions import open_revision
from tests.external.test_round_trip_libreoffice import REVIEWER, Sent, compare, found_by, misplaced
from tests.support import oracle, pseudo, returns
from tests.support.libreoffice import LibreOffice
from tests.support.random_edits import KINDS, random_edits
from tests.support.returns import Workspace

pytestmark = [pytest.mark.client("libreoffice")]
WORDS = ("replace", "insert-before", "insert-after", "delete", "comment", "point", "bold", "italic", "note", "cell")
"""Edits that stay inside a paragraph."""


def sent(manual: Path, folder: Path, language: str, share: float) -> Sent:
    """The review edition of Kenya in a pseudo-translation, in a new workspace."""
    begun = Workspace.of(manual, folder / "workspace")
    pseudo.translate(begun.root, language, share)
    begun.commit("translated")
    begun.git("tag", "-f", "start")
    workspace = Workspace(begun.root, "KE", language)
    path = folder / "sent.docx"
    path.write_bytes(workspace.built())
    shelf = open_revision(workspace.root)
    expected = import_review._expected(shelf, shelf.edition("KE", language).value.key)
    return Sent(workspace, path, dict(expected.blocks))


@pytest.fixture(scope="module")
def portuguese(tmp_path_factory: pytest.TempPathFactory) -> Sent:
    """The Kenya edition, nine of ten blocks of it translated, some of them stale."""
    return sent(returns.KENYA, tmp_path_factory.mktemp("portuguese"), "pt", 0.9)


@pytest.fixture(scope="module")
def arabic(tmp_path_factory: pytest.TempPathFactory) -> Sent:
    """The Kenya edition, all of it from right to left."""
    return sent(returns.KENYA, tmp_path_factory.mktemp("arabic"), "ar", 1)


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Sent:
    """A small manual of all constructs, some of it stale."""
    return sent(returns.SMALL, tmp_path_factory.mktemp("small"), "fr", 0.9)


def round_trip(edition: Sent, libreoffice: LibreOffice, seed: int, n: int, kinds: tuple[str, ...]) -> None:
    """Edit at random, import, reject everything, accept everything, build again."""
    workspace = edition.workspace
    workspace.start_again()
    before = workspace.sources()
    paras = oracle.accepted(edition.data)
    planned = random_edits(paras, seed, n, kinds)
    back = libreoffice.review(edition.path, [p.edit for p in planned], author=REVIEWER)
    done = [p for p, d in zip(planned, back.done, strict=True) if d]
    assert len(done) >= 0.9 * len(planned)
    report = workspace.take(back.data)
    assert report.balanced, report.differences
    assert [p.edit for p in done if not found_by(p, report.remarks, edition.blocks)] == [], "recall is not 100 %"
    assert [w for p in done if (w := misplaced(p, found_by(p, report.remarks, edition.blocks), paras, edition))] == []
    exact = [r for r in report.remarks if r.anchor.state is AnchorState.EXACT]
    assert len(exact) >= 0.99 * len(report.remarks)
    assert all(returns.routed_away(remark) for remark in returns.not_carried([], report))
    assert workspace.apply().commits == () and workspace.sources() == before
    landed = [r for r in report.remarks if r.edits and r.route is Route.CATALOG]
    assert all(edit.path.endswith(".po") for r in landed for edit in r.edits)
    if set(kinds) == set(WORDS):
        assert len(landed) >= 0.5 * len([r for r in report.remarks if r.kind == "suggestion"])
    compare(workspace, back.data, report)


def test_words_of_a_partly_translated_edition(portuguese: Sent, libreoffice: LibreOffice) -> None:
    round_trip(portuguese, libreoffice, 2, 80, WORDS)


def test_words_of_an_arabic_edition(arabic: Sent, libreoffice: LibreOffice) -> None:
    round_trip(arabic, libreoffice, 3, 80, WORDS)


def test_edits_of_all_kinds(small: Sent, libreoffice: LibreOffice) -> None:
    round_trip(small, libreoffice, 4, 30, tuple(KINDS))


def test_an_untouched_return_changes_nothing(small: Sent, libreoffice: LibreOffice) -> None:
    workspace = small.workspace
    workspace.start_again()
    before = workspace.sources()
    report = workspace.take(libreoffice.review(small.path, []).data, author=REVIEWER)
    assert report.remarks == () and report.balanced
    assert workspace.accepted(report).commits == () and workspace.sources() == before
