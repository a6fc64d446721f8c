"""How characters look: direct formatting over character styles."""

import pytest

from livingmanual.model.returned import Look
from tests.word.package import p, r
from tests.word.reading import paragraph, piece, read

STYLES = """
<w:style w:type="character" w:styleId="Strong"><w:name w:val="Strong"/><w:rPr><w:b/></w:rPr></w:style>
<w:style w:type="character" w:styleId="Loud"><w:name w:val="Loud"/><w:basedOn w:val="Strong"/>
  <w:rPr><w:i/></w:rPr></w:style>
<w:style w:type="character" w:styleId="V"><w:name w:val="Verbatim Char"/></w:style>
<w:style w:type="character" w:styleId="Kw"><w:name w:val="KeywordTok"/><w:basedOn w:val="V"/></w:style>
<w:style w:type="character" w:styleId="L"><w:name w:val="Hyperlink"/><w:rPr><w:u w:val="single"/></w:rPr></w:style>
<w:style w:type="character" w:styleId="C1"><w:name w:val="Circle"/><w:basedOn w:val="C2"/></w:style>
<w:style w:type="character" w:styleId="C2"><w:name w:val="Circle 2"/><w:basedOn w:val="C1"/>
  <w:rPr><w:b/></w:rPr></w:style>
<w:style w:type="paragraph" w:styleId="H"><w:name w:val="heading 1"/><w:rPr><w:b/></w:rPr></w:style>
"""


@pytest.mark.parametrize(
    ("properties", "look"),
    [
        ("<w:b/>", Look(bold=True)),
        ('<w:b w:val="1"/><w:i w:val="0"/>', Look(bold=True)),
        ('<w:b w:val="false"/>', Look()),
        ('<w:i w:val="on"/>', Look(italic=True)),
        ("<w:strike/>", Look(strike=True)),
        ("<w:dstrike/>", Look(strike=True)),
        ('<w:u w:val="single"/>', Look(underline=True)),
        ('<w:u w:val="none"/>', Look()),
        ('<w:vertAlign w:val="superscript"/>', Look(vertical="super")),
        ('<w:vertAlign w:val="subscript"/>', Look(vertical="sub")),
        ('<w:vertAlign w:val="baseline"/>', Look()),
        ("<w:smallCaps/>", Look(small_caps=True)),
        ("<w:vanish/>", Look(hidden=True)),
        ('<w:highlight w:val="yellow"/>', Look(highlight="yellow")),
        ('<w:highlight w:val="none"/>', Look()),
        ("<w:rtl/><w:b/>", Look(rtl=True)),
        ("<w:rtl/><w:bCs/>", Look(rtl=True, bold=True)),
        ("<w:cs/><w:iCs/>", Look(italic=True)),
        ('<w:lang w:val="fr-FR" w:bidi="ar-SA"/>', Look(lang="fr-FR")),
        ('<w:rtl/><w:lang w:val="fr-FR" w:bidi="ar-SA"/>', Look(rtl=True, lang="ar-SA")),
        ('<w:rStyle w:val="Strong"/>', Look(bold=True, style="Strong")),
        ('<w:rStyle w:val="Strong"/><w:b w:val="0"/>', Look(style="Strong")),
        ('<w:rStyle w:val="Loud"/>', Look(bold=True, italic=True, style="Loud")),
        ('<w:rStyle w:val="V"/>', Look(code=True, style="Verbatim Char")),
        ('<w:rStyle w:val="Kw"/>', Look(code=True, style="KeywordTok")),
        ('<w:rStyle w:val="L"/>', Look(style="Hyperlink")),
        ('<w:rStyle w:val="L"/><w:u w:val="single"/>', Look(style="Hyperlink", underline=True)),
        ('<w:rStyle w:val="C1"/>', Look(bold=True, style="Circle")),
        ('<w:rStyle w:val="Gone"/>', Look(style="Gone")),
    ],
)
def test_looks(properties: str, look: Look) -> None:
    assert piece(r("x", properties), styles=STYLES).look == look


def test_the_paragraphs_style_does_not_count() -> None:
    assert read(p(r("x"), style="H"), styles=STYLES).paragraphs[0].pieces[0].look == Look()


def test_links() -> None:
    found = paragraph(
        f'<w:hyperlink r:id="rL">{r("out")}</w:hyperlink>',
        f'<w:hyperlink w:anchor="here">{r("in")}</w:hyperlink>',
        f'<w:hyperlink r:id="rL" w:anchor="there">{r("both")}</w:hyperlink>',
        f'<w:hyperlink r:id="missing">{r("nowhere")}</w:hyperlink>',
        links={"rL": ("hyperlink", "https://example.org/")},
    )
    assert [(item.text, item.look.link) for item in found.pieces] == [
        ("out", "https://example.org/"),
        ("in", "#here"),
        ("both", "https://example.org/#there"),
        ("nowhere", None),
    ]


def test_direction_wrappers() -> None:
    found = paragraph(f'<w:dir w:val="rtl">{r("a")}</w:dir><w:bdo w:val="ltr">{r("b", "<w:rtl/>")}</w:bdo>')
    assert [(item.text, item.look.rtl) for item in found.pieces] == [("a", True), ("b", False)]
