"""Where a target has gone: told by its text first, by its id where no text is left."""

from livingmanual.merge.successor import Candidate, fate

FIRST = "The committee keeps a register of alerts and of the answers to them."
SECOND = "Every answer is given in writing within thirty days of the alert."
OTHER = "Nothing in this paragraph is like what the committee once wrote down."


def candidate(name: str, *paragraphs: str) -> Candidate:
    """A section without smaller ones in it."""
    text = "\n\n".join(paragraphs)
    return Candidate(name, "a.md", 1, text, text)


def test_the_same_text_under_another_id_was_renamed() -> None:
    found = fate("sec-old", f"{FIRST}\n\n{SECOND}", [candidate("x", OTHER), candidate("y", FIRST, SECOND)])
    assert (found.what, [heir.target for heir in found.heirs]) == ("renamed", ["y"])
    assert found.heirs[0].likeness == 100


def test_text_under_two_ids_was_split() -> None:
    found = fate(
        "sec-old", f"{FIRST}\n\n{SECOND}", [candidate("x", FIRST), candidate("y", SECOND), candidate("z", OTHER)]
    )
    assert (found.what, {heir.target for heir in found.heirs}) == ("split", {"x", "y"})


def test_text_inside_a_larger_section_was_moved() -> None:
    found = fate("sec-old", FIRST, [candidate("x", OTHER, OTHER[::-1], FIRST, SECOND)])
    assert (found.what, [heir.target for heir in found.heirs]) == ("moved", ["x"])


def test_what_is_nowhere_was_deleted_and_only_the_id_can_help() -> None:
    found = fate("sec-warning", FIRST, [candidate("sec-warnings", OTHER), candidate("unlike", OTHER)])
    assert (found.what, [heir.target for heir in found.heirs]) == ("deleted", ["sec-warnings"])
    assert fate("sec-warning", "", [candidate("unlike", OTHER)]).heirs == ()
