"""New lines end as the lines of the file do."""

import pytest

from livingmanual.merge.apply import Job, apply, with_line_ends
from livingmanual.model.remark import Edit


@pytest.mark.parametrize(
    ("text", "new", "after"),
    [
        ("a\r\nb\r\n", "x\ny", "x\r\ny\r\nb\r\n"),
        ("a\r\nb\r\n", "x\r\ny", "x\r\ny\r\nb\r\n"),
        ("a\nb\n", "x\ny", "x\ny\nb\n"),
        ("a", "x\ny", "x\ny"),
        ("a\r\nb\nc\n", "x\ny", "x\ny\r\nb\nc\n"),
        ("a\r\nb\r\n", "x", "x\r\nb\r\n"),
    ],
)
def test_new_lines_end_as_most_lines_of_the_file_do(text: str, new: str, after: str) -> None:
    job = Job("1", "s", 0, (Edit("a.md", 0, 1, new, "a"),))
    assert apply({"a.md": text}, [with_line_ends(job, {"a.md": text})]) == {"a.md": after}
