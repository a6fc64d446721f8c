"""The laws of merging, and of carrying a reviewer's change to a text that has moved on.

The words of the first manual are all different, so what must become of a change is known without any cleverness; the
second has few words and paragraphs that look alike, and there the law is that nothing is ever overwritten unseen.
"""

import random

from hypothesis import given, settings
from hypothesis import strategies as st

from livingmanual.merge.apply import Job, apply
from livingmanual.merge.carry import Carried, Carrier
from livingmanual.merge.three_way import Conflict, merge, same
from livingmanual.model.remark import Edit, MergeState

EXAMPLES = settings(derandomize=True, deadline=None, max_examples=300)
SEEDS = st.integers(0, 10**9)
TEXTS = st.lists(
    st.sampled_from(["one", "two", "a", "the", "**b**", ".", "\n\n- ", "\n", " ", "  \n", "- ", "é", "{{x}}", "[^1]"]),
    max_size=16,
).map("".join)
HERE, THERE = "manual/chapters/01.md", "manual/chapters/02.md"


@EXAMPLES
@given(TEXTS, TEXTS)
def test_what_one_side_says_is_taken_when_the_other_says_nothing(base: str, new: str) -> None:
    assert merge(base, new, base).text() == new
    assert merge(base, new, new).text() == new
    merged = merge(base, base, new)
    assert merged.conflicts == ()
    assert same(merged.text(), new), "wrapping alone is no change"
    assert same(base, new) or merged.text() == new


@EXAMPLES
@given(TEXTS, TEXTS, TEXTS)
def test_changing_places_changes_nothing_but_the_places(base: str, ours: str, theirs: str) -> None:
    one, other = merge(base, ours, theirs), merge(base, theirs, ours)
    assert len(one.conflicts) == len(other.conflicts)
    for here, there in zip(one.conflicts, other.conflicts, strict=True):
        mirrored = Conflict(there.base, there.theirs, there.ours)
        assert [t.split() for t in (here.base, here.ours, here.theirs)] == [
            t.split() for t in (mirrored.base, mirrored.ours, mirrored.theirs)
        ]
    assert one.text("ours").split() == other.text("theirs").split()
    assert one.text("theirs").split() == other.text("ours").split()


# Carrying


class Manual:
    """Paragraphs of words of which no two are equal, and one change of some words of one paragraph."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)
        self.count = 0
        self.paragraphs = [self.words(self.random.randrange(6, 15)) for _ in range(self.random.randrange(3, 8))]
        self.base = text_of(self.paragraphs)
        self.at = self.random.randrange(len(self.paragraphs))
        words = self.paragraphs[self.at]
        self.first = self.random.randrange(len(words) - 1)
        self.last = min(len(words) - 1, self.first + self.random.randrange(2))
        self.new = " ".join(self.words(self.random.randrange(1, 3)))
        old = " ".join(words[self.first : self.last + 1])
        start = self.base.index(old)
        self.edit = Edit(HERE, start, start + len(old), self.new, old, self.new)

    def words(self, count: int) -> list[str]:
        """Words that stand nowhere else."""
        self.count += count
        return [f"w{n}." if n % 9 == 0 else f"w{n}" for n in range(self.count - count + 1, self.count + 1)]

    def elsewhere(self, paragraphs: list[list[str]], keep: int) -> None:
        """Things happen to the other paragraphs."""
        own = paragraphs[keep]
        for _ in range(self.random.randrange(4)):
            others = [p for p in paragraphs if p is not own]
            deed = self.random.randrange(3)
            if deed == 0:
                paragraphs.insert(self.random.randrange(len(paragraphs) + 1), self.words(5))
            elif deed == 1 and others:
                paragraphs.remove(self.random.choice(others))
            elif others:
                words = self.random.choice(others)
                words[self.random.randrange(len(words))] = self.words(1)[0]

    def carried(
        self, here: list[list[str]] | None, there: list[list[str]] | None = None
    ) -> tuple[Carried, dict[str, str]]:
        """The change on today's texts."""
        texts = {HERE: text_of(here)} if here is not None else {}
        texts |= {THERE: text_of(there)} if there is not None else {}
        return Carrier(HERE, self.base, texts.get(HERE), texts).carry(self.edit), texts

    def said(self, words: list[str], first: int, last: int) -> list[str]:
        """A paragraph with the change in it."""
        return [*words[:first], *self.new.split(), *words[last + 1 :]]


def text_of(paragraphs: list[list[str]]) -> str:
    return "".join(" ".join(words) + "\n\n" for words in paragraphs)


def after(found: Carried, texts: dict[str, str]) -> dict[str, str]:
    """Today's texts with the change."""
    assert found.edit is not None
    return {**texts, **apply(texts, [Job("1", "s", 0, (found.edit,))])}


@EXAMPLES
@given(SEEDS)
def test_a_change_lands_whatever_happens_elsewhere(seed: int) -> None:
    manual = Manual(seed)
    today = [list(words) for words in manual.paragraphs]
    own = today[manual.at]
    manual.elsewhere(today, manual.at)
    found, texts = manual.carried(today)
    assert found.state is MergeState.CLEAN
    wanted = [manual.said(p, manual.first, manual.last) if p is own else p for p in today]
    assert after(found, texts)[HERE] == text_of(wanted)


@EXAMPLES
@given(SEEDS)
def test_a_change_lands_beside_other_changes_of_its_paragraph(seed: int) -> None:
    manual = Manual(seed)
    today = [list(words) for words in manual.paragraphs]
    own = today[manual.at]
    far = [n for n in range(len(own)) if not manual.first - 2 < n < manual.last + 2]
    shift = 0
    for n in sorted(manual.random.sample(far, min(2, len(far)))):
        new = manual.words(manual.random.randrange(3))
        own[n + shift : n + shift + 1] = new
        shift += len(new) - 1 if n < manual.first else 0
        if n > manual.first:
            break
    found, texts = manual.carried(today)
    assert found.state is MergeState.CLEAN
    today[manual.at] = manual.said(own, manual.first + shift, manual.last + shift)
    assert after(found, texts)[HERE] == text_of(today)


@EXAMPLES
@given(SEEDS)
def test_a_change_lands_in_a_paragraph_that_was_wrapped_anew(seed: int) -> None:
    manual = Manual(seed)
    wrapped = "".join(manual.random.choice(" \n") if sign == " " else sign for sign in manual.base)
    found = Carrier(HERE, manual.base, wrapped, {HERE: wrapped}).carry(manual.edit)
    assert found.state is MergeState.CLEAN
    words = [
        manual.said(p, manual.first, manual.last) if p is manual.paragraphs[manual.at] else p for p in manual.paragraphs
    ]
    assert after(found, {HERE: wrapped})[HERE].split() == text_of(words).split()


@EXAMPLES
@given(SEEDS)
def test_the_same_words_changed_otherwise_are_a_conflict_that_shows_both(seed: int) -> None:
    manual = Manual(seed)
    today = [list(words) for words in manual.paragraphs]
    other = manual.words(2)
    today[manual.at][manual.first : manual.last + 1] = other
    manual.elsewhere(today, manual.at)
    found, texts = manual.carried(today)
    assert found.state is MergeState.CONFLICT
    assert found.edit is not None
    assert " ".join(other) in found.theirs and manual.new in found.edit.new
    assert found.theirs == texts[HERE][found.edit.start : found.edit.end]


@EXAMPLES
@given(SEEDS)
def test_what_was_done_already_is_not_done_again(seed: int) -> None:
    manual = Manual(seed)
    today = [list(words) for words in manual.paragraphs]
    today[manual.at][:] = manual.said(today[manual.at], manual.first, manual.last)
    manual.elsewhere(today, manual.at)
    assert manual.carried(today)[0].state is MergeState.ALREADY_APPLIED


@EXAMPLES
@given(SEEDS)
def test_a_change_goes_with_its_paragraph_and_is_never_put_elsewhere(seed: int) -> None:
    manual = Manual(seed)
    today = [list(words) for words in manual.paragraphs]
    own = today.pop(manual.at)
    assert manual.carried(today)[0].state is MergeState.TEXT_GONE
    assert manual.carried(None)[0].state is MergeState.TEXT_GONE
    there = [manual.words(5), own, manual.words(4)]
    found, texts = manual.carried(today, there)
    assert found.state is MergeState.MOVED
    assert after(found, texts) == {
        HERE: texts[HERE],
        THERE: text_of([there[0], manual.said(own, manual.first, manual.last), there[2]]),
    }
    assert manual.carried(today, [own, own])[0].state is MergeState.TEXT_GONE, "two look alike"


@EXAMPLES
@given(SEEDS)
def test_a_change_of_a_paragraph_that_is_gone_does_not_go_to_its_double(seed: int) -> None:
    manual = Manual(seed)
    own = manual.paragraphs[manual.at]
    there = text_of([manual.words(4), own, manual.words(4)])
    today = text_of([p for p in manual.paragraphs if p is not own])
    texts = {HERE: today, THERE: there}
    earlier = {THERE: there}
    found = Carrier(HERE, manual.base, today, texts, lambda path: earlier.get(path, "")).carry(manual.edit)
    assert found.state is MergeState.TEXT_GONE
    double = text_of([manual.words(4), own])
    here = Carrier(HERE, manual.base + double, today + double, {HERE: today + double})
    assert here.carry(manual.edit).state is MergeState.TEXT_GONE


FEW = ["the", "State", "answers", "in", "writing", "a", "review", ".", ","]


def drawn(chance: random.Random, paragraphs: int) -> str:
    """A text of few words, with paragraphs that look alike."""
    made = [" ".join(chance.choice(FEW) for _ in range(chance.randrange(3, 12))) for _ in range(paragraphs)]
    return "\n\n".join(chance.choice(made) for _ in range(paragraphs)) + "\n"


def redone(chance: random.Random, text: str) -> str:
    """The text after some edits by chance."""
    for _ in range(chance.randrange(1, 5)):
        start = chance.randrange(len(text) + 1)
        end = min(len(text), start + chance.choice([0, 0, 3, 8, 40]))
        text = text[:start] + chance.choice(["", "", "new ", "\n\n", "the State answers "]) + text[end:]
    return text


@settings(EXAMPLES, max_examples=1500)
@given(SEEDS)
def test_nothing_is_ever_overwritten_unseen(seed: int) -> None:
    """What gives way to a carried change is what the reviewer saw; a conflict shows what stands there today."""
    chance = random.Random(seed)
    base = drawn(chance, 6)
    today = redone(chance, base)
    start = chance.randrange(len(base))
    end = min(len(base), start + chance.choice([0, 0, 4, 9]))
    edit = Edit(HERE, start, end, chance.choice(["", "quite", "the "]), base[start:end])
    found = Carrier(HERE, base, today, {HERE: today}).carry(edit)
    if found.state in (MergeState.CLEAN, MergeState.MOVED):
        assert found.edit is not None
        assert today[found.edit.start : found.edit.end].replace("\n", " ") == base[start:end].replace("\n", " ")
        assert found.edit.new == edit.new
    elif found.state is MergeState.CONFLICT:
        assert found.edit is not None
        assert today[found.edit.start : found.edit.end] == found.theirs
        assert found.edit.start <= found.edit.end
    else:
        assert found.edit is None
