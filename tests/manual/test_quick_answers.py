"""The page of quick answers: each one short, each with a link, each link to a place that is printed."""

import re

import pytest
from ruamel.yaml import YAML

from tests.project.sources import TOP

PAGE = TOP / "manual/front/02-quick-answers.md"
ENTRIES = re.findall(r"^(\S[^\n]*\?)\n:   (.+?)(?=\n\n|\Z)", PAGE.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)


def printed_ids() -> set[str]:
    """Every id in the files that manual.yaml names."""
    settings = YAML(typ="safe").load((TOP / "manual/manual.yaml").read_text(encoding="utf-8"))
    chapters = [path for part in settings["parts"] for path in part["chapters"]]
    files = [*settings["front"], *chapters, *settings["annexes"], *settings["back"]]
    texts = [(TOP / "manual" / path).read_text(encoding="utf-8") for path in files]
    return {name for text in texts for name in re.findall(r"\{[^}\n]*?#([\w-]+)", text)}


def test_the_page_is_in_every_edition() -> None:
    settings = YAML(typ="safe").load((TOP / "manual/manual.yaml").read_text(encoding="utf-8"))
    assert "front/02-quick-answers.md" in settings["front"]


def test_every_question_of_the_page_is_read_here() -> None:
    questions = [line for line in PAGE.read_text(encoding="utf-8").split("\n") if line.endswith("?")]
    assert len(ENTRIES) == len(questions) >= 12


@pytest.mark.parametrize(("question", "answer"), ENTRIES, ids=[entry[0] for entry in ENTRIES])
def test_an_answer_is_short_and_its_links_lead_somewhere(question: str, answer: str) -> None:
    words, _, see = re.sub(r"\s+", " ", answer).rpartition(" See ")
    targets = re.findall(r"\[\]\(#([\w-]+)\)", see)
    assert targets, "an answer names the place that explains it"
    assert set(targets) <= printed_ids()
    assert 1 <= len(re.findall(r"[.!?](?:\s|$)", words)) <= 3, "one or two sentences, and perhaps “Yes” or “No”"
