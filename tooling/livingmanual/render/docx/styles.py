"""The styles of our Word files, as one table.

Names that Word knows are used wherever there is one (Heading 1, Caption, List Bullet, Quote…), so that a reader's own
template and Word's navigation work. Sizes are in half-points and distances in twentieths of a point, as in the file.
"""

from __future__ import annotations

from dataclasses import dataclass

BLUE, TEAL, OCHRE, DARK_OCHRE, INK, GREY = "1F3A5F", "1F6B6B", "B8862B", "8A6214", "1B2430", "5B6573"
"""Ochre is for lines and bars; as the colour of letters it is too light, and the dark one stands in."""
PALE_BLUE, PALE_TEAL, PALE_OCHRE, PALE_GREY, LINE = "E9EEF5", "EDF5F5", "FBF4E4", "F4F5F7", "C9D1DB"

SERIF = '<w:rFonts w:ascii="Cambria" w:hAnsi="Cambria" w:eastAsia="Cambria" w:cs="Times New Roman"/>'
SANS = '<w:rFonts w:ascii="Calibri" w:hAnsi="Calibri" w:eastAsia="Calibri" w:cs="Arial"/>'
MONO = '<w:rFonts w:ascii="Consolas" w:hAnsi="Consolas" w:eastAsia="Consolas" w:cs="Courier New"/>'
"""Faces that come with Word on Windows and Mac, and with metric twins (Caladea, Carlito) in LibreOffice."""

KEEP = "<w:keepNext/><w:keepLines/>"
WHOLE = "<w:suppressAutoHyphens/>"
"""No word is divided in titles, headings, lists of contents and addresses."""
RIGHT_EDGE = 9070
"""Text width of an A4 page with margins of 25 mm, in twips."""


@dataclass(frozen=True, slots=True)
class Style:
    """One style; `paragraph` and `character` are the inner XML of `w:pPr` and `w:rPr`, in the schema's order."""

    id: str
    name: str
    based_on: str = ""
    paragraph: str = ""
    character: str = ""
    following: str = ""
    """Style of the next paragraph when somebody presses Enter."""
    kind: str = "paragraph"
    known: bool = True
    """True for a name that Word itself knows; ours are marked as custom."""
    table: str = ""
    """For a table style: what follows `w:pPr` and `w:rPr`."""

    @property
    def xml(self) -> str:
        """The `w:style` element."""
        custom = "" if self.known else ' w:customStyle="1"'
        default = ' w:default="1"' if self.id == "Normal" else ""
        parts = [f'<w:style w:type="{self.kind}"{default}{custom} w:styleId="{self.id}"><w:name w:val="{self.name}"/>']
        parts.append(f'<w:basedOn w:val="{self.based_on}"/>' if self.based_on else "")
        parts.append(f'<w:next w:val="{self.following}"/>' if self.following else "")
        parts.append("<w:qFormat/>" if self.kind != "table" else "")
        parts.append(f"<w:pPr>{self.paragraph}</w:pPr>" if self.paragraph else "")
        parts.append(f"<w:rPr>{self.character}</w:rPr>" if self.character else "")
        return "".join([*parts, self.table, "</w:style>"])


def face(size: int, colour: str = "", bold: bool = False, italic: bool = False, font: str = "") -> str:
    """Inner XML of `w:rPr`; `size` in half-points, also for complex scripts."""
    weight = "<w:b/><w:bCs/>" if bold else ""
    slant = "<w:i/><w:iCs/>" if italic else ""
    ink = f'<w:color w:val="{colour}"/>' if colour else ""
    return f'{font}{weight}{slant}{ink}<w:sz w:val="{size}"/><w:szCs w:val="{size + 2}"/>'


def space(before: int, after: int, line: int = 0) -> str:
    """`w:spacing`; `line` in 240ths of a line."""
    height = f' w:line="{line}" w:lineRule="auto"' if line else ""
    return f'<w:spacing w:before="{before}" w:after="{after}"{height}/>'


def bar(colour: str, fill: str, size: int = 24, gap: int = 8, above: bool = False, below: bool = False) -> str:
    """A bar at the leading edge and a tint behind: equal ones in a row join to one box.

    `above` and `below` leave some tint over the first and under the last line of the box.
    """
    edge = f'w:val="single" w:sz="{size}" w:space="{gap}" w:color="{colour}"'
    rim = f'w:val="single" w:sz="4" w:space="3" w:color="{fill}"'
    top, bottom = f"<w:top {rim}/>" if above else "", f"<w:bottom {rim}/>" if below else ""
    tint = f'<w:shd w:val="clear" w:color="auto" w:fill="{fill}"/>'
    return f"<w:pBdr>{top}<w:left {edge}/>{bottom}</w:pBdr>{tint}"


def heading(level: int, size: int, colour: str, before: int, after: int, new_page: bool = False) -> Style:
    """A heading style; it stays with what follows and shows in the navigation pane."""
    page = "<w:pageBreakBefore/>" if new_page else ""
    layout = f'{KEEP}{page}{WHOLE}{space(before, after, 252)}<w:outlineLvl w:val="{level - 1}"/>'
    look = face(size, colour, bold=True, font=SANS)
    return Style(f"Heading{level}", f"heading {level}", "Normal", layout, look, "BodyText")


def contents(level: int, indent: int, before: int, bold: bool) -> Style:
    """A line of the contents list; its page number stands at the right edge.

    No dots lead to it: until Word prints the file or is asked to update its fields there is no number, and dots that
    lead to nothing look like a fault. (`w:updateFields` would fetch the numbers when the file is opened, but Word asks
    a worrying question first, and with Track Changes on it may count the numbers as changes. Numbers worked out here
    would be those of other fonts and another program: wrong, and nobody would see it.)
    """
    tabs = f'<w:tabs><w:tab w:val="right" w:pos="{RIGHT_EDGE}"/></w:tabs>'
    # No indent at the right: LibreOffice hides what a tab carries beyond it, which would be the page number.
    margins = f'<w:ind w:left="{indent}"/>'
    layout = ("<w:keepNext/>" if bold else "") + tabs + WHOLE + space(before, 20, 240) + margins
    look = face(21 if bold else 20, BLUE if bold else INK, bold, font=SANS)
    return Style(f"TOC{level}", f"toc {level}", "Normal", layout, look)


def boxed(family: str, name: str, colour: str, fill: str, strong: bool) -> list[Style]:
    """The styles of one kind of box: label, statement, text, term, definition, list item; one edge, one tint for all.

    `strong` boxes say their text in bold.
    """
    indent = '<w:ind w:left="227" w:right="113"/>'
    edge = bar(colour, fill, below=True)
    # Word joins neighbours of one border to one box. A hair of another colour makes it begin a new box at every label.
    own_edge = bar(f"{int(colour, 16) + 1:06X}", fill, above=True)
    label = face(20, colour, bold=True, font=SANS)
    term = face(18, colour, bold=True, font=SANS)
    item = face(19, font=SANS)
    said = face(22 if strong else 20, INK, bold=strong)
    layout = {
        family: ("<w:keepLines/>" + edge + space(0, 80), said),
        f"{family}Label": (KEEP + own_edge + space(240, 0), label),
        f"{family}Start": ("<w:keepLines/>" + own_edge + space(240, 0), said),
        f"{family}Text": ("<w:keepLines/>" + edge + space(20, 60), face(20, INK)),
        f"{family}Term": (KEEP + edge + space(40, 0), term),
        f"{family}Definition": ("<w:keepLines/>" + edge + space(0, 60), item),
        f"{family}List": ("<w:keepLines/>" + edge + space(0, 0), item),
    }
    return [
        Style(key, key.replace(family, name + " ").strip(), "Normal", inside + indent, look, known=False)
        for key, (inside, look) in layout.items()
    ]


BODY = [
    Style("Normal", "Normal", "", "", ""),
    Style("BodyText", "Body Text", "Normal", f"<w:widowControl/>{space(0, 130, 276)}"),
    Style("FirstParagraph", "First Paragraph", "BodyText", following="BodyText", known=False),
    Style("Compact", "Compact", "BodyText", space(0, 40), known=False),
    Style("Equation", "Equation", "BodyText", f'{space(60, 160)}<w:jc w:val="center"/>', known=False),
    Style(
        "BlockText",
        "Block Text",
        "BodyText",
        f'{bar(LINE, "auto", 18, 10)}<w:ind w:left="454" w:right="454"/>',
        "<w:i/><w:iCs/>",
    ),
    Style("ListBullet", "List Bullet", "BodyText", space(0, 60, 264)),
    Style("ListNumber", "List Number", "BodyText", space(0, 60, 264)),
    Style("ListContinue", "List Continue", "BodyText", space(0, 60, 264)),
    Style(
        "DefinitionTerm",
        "Definition Term",
        "BodyText",
        f"{KEEP}{space(60, 0)}",
        face(21, BLUE, bold=True),
        "Definition",
        known=False,
    ),
    Style("Definition", "Definition", "BodyText", f'{space(0, 110)}<w:ind w:left="340"/>', known=False),
    Style(
        "SourceCode",
        "Source Code",
        "Normal",
        f'<w:keepLines/><w:shd w:val="clear" w:color="auto" w:fill="{PALE_GREY}"/>{WHOLE}{space(60, 160)}',
        MONO + face(18),
        known=False,
    ),
    Style(
        "Bibliography", "Bibliography", "BodyText", f'<w:keepLines/>{space(0, 90)}<w:ind w:left="454" w:hanging="454"/>'
    ),
    Style(
        "HorizontalRule",
        "Horizontal Rule",
        "Normal",
        f'<w:pBdr><w:bottom w:val="single" w:sz="6" w:space="1" w:color="{LINE}"/></w:pBdr>{space(60, 180)}',
        known=False,
    ),
    Style("FootnoteText", "footnote text", "Normal", space(0, 40), face(18)),
    Style(
        "FootnoteBlockText", "Footnote Block Text", "FootnoteText", '<w:ind w:left="454" w:right="454"/>', known=False
    ),
]
TITLES = [
    heading(1, 40, BLUE, 0, 240, new_page=True),
    heading(2, 29, BLUE, 360, 120),
    heading(3, 24, TEAL, 260, 90),
    heading(4, 22, INK, 200, 60),
    Style(
        "PartTitle",
        "Part Title",
        "Normal",
        f'{KEEP}<w:pageBreakBefore/><w:pBdr><w:bottom w:val="single" w:sz="12" w:space="6" w:color="{OCHRE}"/></w:pBdr>'
        f'{WHOLE}{space(0, 480)}<w:outlineLvl w:val="0"/>',
        face(32, DARK_OCHRE, bold=True, font=SANS),
        "Heading1",
        known=False,
    ),
    Style(
        "TOCHeading",
        "TOC Heading",
        "Normal",
        f"{KEEP}<w:pageBreakBefore/>{WHOLE}{space(0, 240)}",
        face(40, BLUE, bold=True, font=SANS),
    ),
    contents(1, 0, 240, bold=True),
    contents(2, 0, 120, bold=True),
    contents(3, 340, 0, bold=False),
]
COVER = [
    Style(
        "Title",
        "Title",
        "Normal",
        f'{KEEP}{bar(BLUE, "auto", 48, 14)}{WHOLE}{space(2600, 0, 264)}<w:ind w:left="340"/>',
        face(58, BLUE, bold=True, font=SANS),
        "Subtitle",
    ),
    Style(
        "Subtitle",
        "Subtitle",
        "Normal",
        f'{bar(BLUE, "auto", 48, 14)}{WHOLE}{space(0, 0, 264)}<w:ind w:left="340"/>',
        face(30, GREY, font=SANS),
        "BodyText",
    ),
    Style(
        "CoverCountry",
        "Cover Country",
        "Normal",
        WHOLE + space(1300, 120),
        face(38, TEAL, bold=True, font=SANS),
        known=False,
    ),
    Style("CoverLine", "Cover Line", "Normal", space(0, 60), face(24, INK, font=SANS), known=False),
    Style(
        "CoverDraft", "Cover Draft", "Normal", space(200, 60), face(24, DARK_OCHRE, bold=True, font=SANS), known=False
    ),
    Style("CoverStatus", "Cover Status", "Normal", space(200, 0), face(20, GREY, italic=True, font=SANS), known=False),
    Style(
        "ReviewTitle",
        "Review Title",
        "Normal",
        f'{KEEP}{bar(OCHRE, PALE_OCHRE)}{space(900, 60)}<w:ind w:left="227"/>',
        face(23, INK, bold=True, font=SANS),
        known=False,
    ),
    Style(
        "ReviewNote",
        "Review Note",
        "Normal",
        f'{bar(OCHRE, PALE_OCHRE)}{space(0, 80)}<w:ind w:left="227"/>',
        face(21, INK, font=SANS),
        known=False,
    ),
    Style(
        "TranslationTitle",
        "Translation Title",
        "Normal",
        f"{KEEP}<w:pageBreakBefore/>{space(0, 160)}",
        face(23, INK, bold=True, font=SANS),
        known=False,
    ),
    Style("TranslationNote", "Translation Note", "Normal", space(0, 80), face(20, INK, font=SANS), known=False),
    Style(
        "EditionStamp",
        "Edition Stamp",
        "Normal",
        f'<w:pBdr><w:top w:val="single" w:sz="6" w:space="6" w:color="{LINE}"/></w:pBdr>{WHOLE}{space(480, 0)}',
        face(15, GREY, font=SANS),
        known=False,
    ),
    Style(
        "Header",
        "header",
        "Normal",
        f'<w:tabs><w:tab w:val="right" w:pos="{RIGHT_EDGE}"/></w:tabs>{space(0, 0)}',
        face(17, GREY, font=SANS),
    ),
    Style(
        "Footer",
        "footer",
        "Normal",
        f'<w:tabs><w:tab w:val="right" w:pos="{RIGHT_EDGE}"/></w:tabs>{space(0, 0)}',
        face(17, GREY, font=SANS),
    ),
]
TABLES = [
    Style("TableText", "Table Text", "Normal", space(0, 0, 252), face(19, font=SANS), known=False),
    Style(
        "TableHeading",
        "Table Heading",
        "TableText",
        "<w:keepNext/>",
        "<w:b/><w:bCs/>" + f'<w:color w:val="{BLUE}"/>',
        known=False,
    ),
    Style("TableTextSmall", "Table Text Small", "TableText", "", face(17, font=SANS), known=False),
    Style("TableHeadingSmall", "Table Heading Small", "TableHeading", "", face(17, font=SANS), known=False),
    Style("Caption", "caption", "Normal", space(120, 120), face(19, BLUE, bold=True, font=SANS)),
    Style("TableCaption", "Table Caption", "Caption", f"{KEEP}{space(200, 100)}", known=False),
    Style(
        "CaptionedFigure",
        "Captioned Figure",
        "Normal",
        f'<w:keepNext/>{space(200, 60)}<w:jc w:val="center"/>',
        known=False,
    ),
    Style("ImageCaption", "Image Caption", "Caption", f"<w:keepLines/>{space(60, 240)}", known=False),
]
CHARACTERS = [
    Style("DefaultParagraphFont", "Default Paragraph Font", kind="character"),
    Style(
        "VerbatimChar",
        "Verbatim Char",
        "DefaultParagraphFont",
        "",
        f'{MONO}<w:sz w:val="19"/>',
        kind="character",
        known=False,
    ),
    Style(
        "FootnoteReference",
        "footnote reference",
        "DefaultParagraphFont",
        "",
        '<w:vertAlign w:val="superscript"/>',
        kind="character",
    ),
    Style("Hyperlink", "Hyperlink", "DefaultParagraphFont", "", f'<w:color w:val="{TEAL}"/>', kind="character"),
    Style(
        "ToConfirm",
        "To Confirm",
        "DefaultParagraphFont",
        "",
        f'<w:u w:val="dotted" w:color="{OCHRE}"/><w:shd w:val="clear" w:color="auto" w:fill="{PALE_OCHRE}"/>',
        kind="character",
        known=False,
    ),
    Style(
        "CaptionLabel",
        "Caption Label",
        "DefaultParagraphFont",
        "",
        f'<w:color w:val="{TEAL}"/>',
        kind="character",
        known=False,
    ),
    Style("Number", "Number", "DefaultParagraphFont", "", "", kind="character", known=False),
]
EDGE = f'w:val="single" w:space="0" w:color="{BLUE}"'
TABLE_STYLES = [
    Style(
        "TableNormal",
        "Normal Table",
        kind="table",
        table='<w:tblPr><w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar><w:top w:w="0" w:type="dxa"/>'
        '<w:left w:w="108" w:type="dxa"/><w:bottom w:w="0" w:type="dxa"/><w:right w:w="108" w:type="dxa"/>'
        "</w:tblCellMar></w:tblPr>",
    ),
    Style(
        "Table",
        "Table",
        "TableNormal",
        kind="table",
        known=False,
        table=f'<w:tblPr><w:tblStyleRowBandSize w:val="1"/><w:tblBorders><w:top {EDGE} w:sz="8"/>'
        f'<w:bottom {EDGE} w:sz="8"/><w:insideH w:val="single" w:sz="4" w:space="0" w:color="{LINE}"/></w:tblBorders>'
        '<w:tblCellMar><w:top w:w="60" w:type="dxa"/><w:left w:w="85" w:type="dxa"/>'
        '<w:bottom w:w="60" w:type="dxa"/><w:right w:w="85" w:type="dxa"/></w:tblCellMar></w:tblPr>'
        f'<w:tblStylePr w:type="firstRow"><w:tcPr><w:tcBorders><w:bottom {EDGE} w:sz="8"/></w:tcBorders>'
        f'<w:shd w:val="clear" w:color="auto" w:fill="{PALE_BLUE}"/></w:tcPr></w:tblStylePr>',
    ),
]

STYLES: tuple[Style, ...] = (
    *BODY,
    *TITLES,
    *COVER,
    *boxed("Norm", "Norm", TEAL, PALE_TEAL, strong=True),
    *boxed("NotApplicable", "Not Applicable", GREY, PALE_GREY, strong=False),
    *TABLES,
    *CHARACTERS,
    *TABLE_STYLES,
)
"""Every style that a file of ours uses."""

DEFAULTS = (
    f'<w:docDefaults><w:rPrDefault><w:rPr>{SERIF}<w:color w:val="{INK}"/><w:sz w:val="21"/><w:szCs w:val="24"/>'
    '<w:lang w:val="en-GB" w:eastAsia="en-GB" w:bidi="ar-SA"/></w:rPr></w:rPrDefault><w:pPrDefault/></w:docDefaults>'
)
"""What holds where no style says otherwise."""
