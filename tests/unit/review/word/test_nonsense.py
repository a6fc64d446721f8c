"""Nonsense that is well-formed: whatever stands wherever, the reader never raises and loses no change."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from livingmanual.review.count import count_changes
from livingmanual.review.ledger import check_reading
from livingmanual.review.word.reader import read_word
from livingmanual.review.word.views import accepted, rejected
from tests.word.package import word

WRAPPERS = (
    *("w:p", "w:r", "w:tbl", "w:tr", "w:tc", "w:sdt", "w:sdtContent", "w:hyperlink", "w:smartTag", "w:customXml"),
    *("w:fldSimple", "w:ins", "w:del", "w:moveFrom", "w:moveTo", "w14:conflictIns", "w:txbxContent", "w:ruby", "w:rt"),
    *("w:pict", "w:drawing", "w:object", "m:oMath", "m:oMathPara", "m:r", "w:dir", "w:unheardOf", "w:footnote"),
    *("mc:AlternateContent", 'mc:Choice Requires="w14"', 'mc:Choice Requires="zz"', "mc:Fallback", "w:comment"),
)
PROPERTIES = (
    *("w:pPr", "w:rPr", "w:trPr", "w:tcPr", "w:tblPr", "w:tblGrid", "w:tblPrEx", "w:sectPr", "w:numPr", "m:ctrlPr"),
    *("w:sdtPr", "w:sdtEndPr", "w:rPrChange", "w:pPrChange", "w:tcPrChange", "w:trPrChange", "w:tblGridChange"),
)
LEAVES = (
    *(
        "w:cellIns",
        "w:cellDel",
        "w:cellMerge",
        "w:numberingChange",
        "w:b",
        "w:tab",
        "w:br",
        'w:br w:type="page"',
        "w:cr",
    ),
    *(
        'w:bookmarkStart w:id="1" w:name="b"',
        'w:bookmarkEnd w:id="1"',
        'w:commentRangeStart w:id="0"',
        "w:ins",
        "w:del",
    ),
    *(
        'w:commentRangeEnd w:id="0"',
        'w:commentReference w:id="0"',
        'w:footnoteReference w:id="2"',
        "w:sym",
        "w:fldChar",
    ),
    *('w:fldChar w:fldCharType="begin"', 'w:fldChar w:fldCharType="separate"', 'w:fldChar w:fldCharType="end"'),
    *('w:moveFromRangeStart w:id="3" w:name="m"', 'w:moveFromRangeEnd w:id="3"', "w:customXmlInsRangeStart"),
    *('w:customXmlInsRangeEnd w:id="1"', "w:altChunk", "w:subDoc", 'w:gridSpan w:val="x"', 'w:gridBefore w:val="-9"'),
    *('w:outlineLvl w:val="99"', 'w:ilvl w:val="y"', 'w:numId w:val="1"', 'w:pStyle w:val="?"', 'w:rStyle w:val="?"'),
)
TEXTS = ("<w:t>text</w:t>", "<w:delText>gone</w:delText>", "<w:instrText>REF x</w:instrText>", "<m:t>a</m:t>", "stray")

trees = st.recursive(
    st.one_of(st.sampled_from(LEAVES).map(lambda tag: f"<{tag}/>"), st.sampled_from(TEXTS)),
    lambda inner: st.builds(
        lambda tag, inside: f"<{tag}>{''.join(inside)}</{tag.split()[0]}>",
        st.sampled_from(WRAPPERS + PROPERTIES),
        st.lists(inner, max_size=4),
    ),
    max_leaves=25,
)


@settings(max_examples=150, deadline=None)
@given(st.lists(trees, max_size=4), st.lists(trees, max_size=2), st.lists(trees, max_size=2))
def test_nonsense_is_read_and_accounted_for(body: list[str], notes: list[str], comments: list[str]) -> None:
    inside = "".join(comments)
    data = word(*body, footnotes=notes, comments=[f'<w:comment w:id="0">{inside}</w:comment>'])
    result = read_word(data)
    assert result.value is not None
    assert not result.failed
    assert check_reading(result.value, count_changes(data)) == []
    for view in (rejected(result.value.paragraphs), accepted(result.value.paragraphs)):
        assert all(paragraph.origin(0) is not None for paragraph in view.paragraphs if paragraph.text)
    for mark in result.value.marks:
        if mark.start is not None and mark.end is not None:
            assert mark.start <= mark.end
            assert mark.end.paragraph < len(result.value.paragraphs)
