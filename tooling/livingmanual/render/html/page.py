"""From pandoc's fragment to a whole page that needs nothing else.

Ids that travelled in empty spans become attributes, tables get their scopes, pictures come inside as data, and around
the text stand a title block, the contents list and the stamp. The page's own security policy allows its style, its
pictures and its one small script, and nothing from any other place.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Mapping, Sequence
from pathlib import PurePosixPath

from lxml import html

from livingmanual.model.edition import ContentsEntry
from livingmanual.render.html.plan import BLOCK, EMBLEM, TYPES, HtmlPlan
from livingmanual.render.marking import KINDS

TEXT = "lm-text"
"""Id of the element that holds the text."""
WHOLE = frozenset({"p", "td", "th", "dt", "dd", "h2", "h3", "h4", "h5", "h6"})
"""Elements that take over what is said of the only passage in them."""
SCRIPT = (
    "var d=document.querySelector('nav.contents details');"
    "if(d&&matchMedia('(max-width:62rem)').matches)d.removeAttribute('open');"
    "addEventListener('beforeprint',function(){if(d)d.setAttribute('open','open')})"
)
"""Closes the contents list on a narrow screen, and opens it to print; without scripts it merely stands open."""


def page(fragment: str, plan: HtmlPlan, media: Mapping[str, bytes], style: str) -> bytes:
    """The page, UTF-8.

    `fragment` is what pandoc made of `plan.ast`; `media` holds the contents of `plan.media` by name, and a picture that
    is not in it is replaced by its words; `style` is the text of the style sheet.
    """
    text = _text(fragment)
    _identify(text)
    _embed(text, media)
    _tables(text)
    _notes(text, plan)
    _marks(text, plan)
    skip = _element("a", plan.words["skip-to-text"], {"class": "skip", "href": f"#{TEXT}"})
    body = _element(
        "body", "", {}, skip, _title(plan, media), _contents(plan), text, _foot(plan), _element("script", SCRIPT)
    )
    root = _element("html", "", {"lang": plan.language, "dir": plan.direction}, _head(plan, style), body)
    written: str = html.tostring(root, encoding="unicode", doctype="<!DOCTYPE html>")
    return (written + "\n").encode("utf-8")


def _element(
    name: str, text: str = "", attributes: Mapping[str, str] | None = None, *children: html.HtmlElement
) -> html.HtmlElement:
    element: html.HtmlElement = html.Element(name, dict(attributes or {}))
    element.text = text or None
    element.extend(children)
    return element


def _text(fragment: str) -> html.HtmlElement:
    document = html.document_fromstring(
        f"<html><body><main>{fragment}</main></body></html>".encode(),
        parser=html.HTMLParser(encoding="utf-8", huge_tree=True),
    )
    main: html.HtmlElement = document.find("body/main")
    main.set("id", TEXT)
    main.set("tabindex", "-1")
    return main


def _head(plan: HtmlPlan, style: str) -> html.HtmlElement:
    around = plan.frame
    script = base64.b64encode(hashlib.sha256(SCRIPT.encode()).digest()).decode()
    policy = f"default-src 'none'; img-src data:; style-src 'unsafe-inline'; script-src 'sha256-{script}'"
    described = ". ".join(part for part in (around.subtitle, around.edition, around.language) if part)
    named = {
        "viewport": "width=device-width, initial-scale=1",
        "description": described,
        "edition-stamp": around.stamp,
        "generator": "livingmanual",
        "author": ", ".join(around.authors),
        "date": "{:04}-{:02}-{:02}".format(*around.day) if around.day else "",
    }
    metas = [
        _element("meta", "", {"charset": "utf-8"}),
        _element("meta", "", {"http-equiv": "Content-Security-Policy", "content": policy}),
        _element("title", " – ".join(part for part in (around.title, around.country) if part)),
    ]
    metas += [_element("meta", "", {"name": name, "content": content}) for name, content in named.items() if content]
    return _element("head", "", {}, *metas, _element("style", style))


def _title(plan: HtmlPlan, media: Mapping[str, bytes]) -> html.HtmlElement:
    around = plan.frame
    emblem = [
        _element("img", "", {"class": "emblem", "src": _inside(name, media[name]), "alt": around.emblem_alt})
        for name in plan.media
        if PurePosixPath(name).stem == EMBLEM and name in media
    ]
    lines = {
        "subtitle": around.subtitle,
        "country": around.country or around.edition,
        "official": around.official,
        "facts": " · ".join(part for part in (around.language, around.date) if part),
        "draft": around.draft,
        "status": around.status,
        "authors": ", ".join(around.authors),
    }
    shown = [_element("p", words, {"class": name}) for name, words in lines.items() if words]
    if around.translation:
        said = [_element("p", sentence) for sentence in around.translation]
        shown.append(_element("div", "", {"class": "translation"}, *said))
    return _element("header", "", {"class": "title"}, *emblem, _element("h1", around.title), *shown)


def _foot(plan: HtmlPlan) -> html.HtmlElement:
    stamp = plan.frame.stamp
    label = plan.frame.stamp_line.removesuffix(stamp)
    words = _element("p", label, {"class": "stamp"}, _element("bdi", stamp, {"dir": "ltr"}))
    return _element("footer", "", {}, words)


def _contents(plan: HtmlPlan) -> html.HtmlElement:
    summary = _element("summary", plan.words["contents"])
    inside = _element("details", "", {"open": "open"}, summary, _entries(plan.contents, 0))
    return _element("nav", "", {"class": "contents", "aria-label": plan.words["contents"]}, inside)


def _entries(entries: Sequence[ContentsEntry], level: int) -> html.HtmlElement:
    """A list of the entries, deeper ones as lists inside the entry before them."""
    out = _element("ol")
    position = 0
    while position < len(entries):
        end = position + 1
        while end < len(entries) and entries[end].level > entries[position].level:
            end += 1
        out.append(_entry(entries[position], entries[position + 1 : end]))
        position = end
    return out


def _entry(entry: ContentsEntry, below: Sequence[ContentsEntry]) -> html.HtmlElement:
    link = _element("a", "", {"href": f"#{entry.id}"})
    if entry.number:
        link.append(_element("span", entry.number, {"class": "number"}))
        link[-1].tail = f" {entry.title}"
    else:
        link.text = entry.title
    item = _element("li", "", {"class": f"level-{entry.level}"}, link)
    if below:
        item.append(_entries(below, entry.level + 1))
    return item


def _identify(text: html.HtmlElement) -> None:
    """Move each block's id from the empty span at its start to its element, where that has none yet."""
    for carrier in list(text.iter("span")):
        if carrier.get("class") != BLOCK:
            continue
        parent = carrier.getparent()
        first = parent.index(carrier) == 0 and not (parent.text or "").strip()
        if first and parent.get("id") is None:
            parent.set("id", carrier.get("id", ""))
            carrier.drop_tag()
        else:
            del carrier.attrib["class"]


def _embed(text: html.HtmlElement, media: Mapping[str, bytes]) -> None:
    """Put every picture inside the page; one that is not there becomes its words."""
    for image in list(text.iter("img")):
        name = image.get("src", "")
        if name in media:
            image.set("src", _inside(name, media[name]))
            continue
        words = _element("span", image.get("alt", ""), {"class": "no-picture"})
        words.tail = image.tail
        image.getparent().replace(image, words)


def _inside(name: str, data: bytes) -> str:
    """A picture as an address that holds it."""
    return f"data:{TYPES[PurePosixPath(name).suffix]};base64,{base64.b64encode(data).decode('ascii')}"


def _tables(text: html.HtmlElement) -> None:
    """Say which cells head a column or a row, and let a wide table be scrolled with the keyboard."""
    for cell in text.iter("th"):
        in_head = cell.getparent().getparent().tag == "thead"
        cell.set("scope", "col" if in_head else "row")
    for around in text.iter("div"):
        table = around.find("table")
        if "table" not in (around.get("class") or "").split() or table is None:
            continue
        around.set("tabindex", "0")
        around.set("role", "region")
        caption = table.find("caption")
        if caption is None:
            around.set("role", "group")
        elif caption.get("id"):
            around.set("aria-labelledby", caption.get("id", ""))
        else:
            around.set("aria-label", " ".join(caption.text_content().split()))


def _marks(text: html.HtmlElement, plan: HtmlPlan) -> None:
    """Say of a passage what a reader must know about it, on its element where it is all that stands there."""
    for span in list(text.iter("span")):
        kind = next((kind for kind in KINDS if kind in (span.get("class") or "").split()), "")
        if not kind:
            continue
        span.set("title", plan.words[f"sign-{kind}"])
        parent = span.getparent()
        alone = len(parent) == 1 and not (parent.text or "").strip() and not (span.tail or "").strip()
        if alone and parent.tag in WHOLE:
            for name, value in span.attrib.items():
                parent.set(name, f"{parent.get('class')} {value}" if name == "class" and parent.get("class") else value)
            span.drop_tag()
        elif parent.tag in WHOLE:
            parent.set("class", f"{parent.get('class', '')} marked".strip())


def _notes(text: html.HtmlElement, plan: HtmlPlan) -> None:
    """The notes get a heading, and the way back from each gets a name."""
    for section in text.iter("section"):
        if "footnotes" not in (section.get("class") or "").split():
            continue
        rule = section.find("hr")
        if rule is not None:
            section.replace(rule, _element("h2", plan.words["notes"]))
    for back in text.iter("a"):
        if back.get("class") == "footnote-back":
            back.set("aria-label", plan.words["back-to-text"])
            back.text = "↩\ufe0e"
