"""Which pictures are let in."""

import struct
import zlib

import pytest

from livingmanual.workflows.pictures import judge


def chunk(kind: bytes, body: bytes) -> bytes:
    """One chunk of a PNG file."""
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def png(width: int = 1, height: int = 1) -> bytes:
    """A grey picture."""
    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", zlib.compress(b"\0\0")) + chunk(b"IEND", b"")


def jpeg(width: int = 1, height: int = 1) -> bytes:
    """The frame of a JPEG file."""
    frame = struct.pack(">BHHB", 8, height, width, 1) + b"\x01\x11\x00"
    return (
        b"\xff\xd8\xff\xe0\x00\x02\xff\xc0"
        + struct.pack(">H", len(frame) + 2)
        + frame
        + b"\xff\xda\x00\x02\x00\xff\xd9"
    )


def svg(inside: str = "", head: str = "") -> bytes:
    """An SVG file."""
    names = 'xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'
    return f'{head}<svg {names} width="9" height="9">{inside}</svg>'.encode()


@pytest.mark.parametrize(
    ("path", "data"),
    [
        ("a.png", png()),
        ("a.PNG", png(1000, 1000)),
        ("a.jpg", jpeg()),
        ("a.jpeg", jpeg(4000, 3000)),
        ("a.svg", svg('<rect fill="url(#g)" width="1" height="1"/>')),
        ("a.svg", svg('<use href="#a"/><!-- words -->')),
        ("a.svg", svg('<image href="data:image/png;base64,AAAA"/>')),
        ("a.svg", svg('<a href="https://example.org"><text>x</text></a>')),
        ("a.svg", svg("<style>.a { fill: red }</style>")),
        ("a.svg", svg("<set/>", '<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/svg11.dtd">')),
    ],
)
def test_a_picture_is_let_in(path: str, data: bytes) -> None:
    assert judge(path, data) == ""


@pytest.mark.parametrize(
    ("path", "data", "why"),
    [
        ("a.gif", b"GIF89a", "only PNG, JPEG and SVG"),
        ("a.png", jpeg(), "no PNG"),
        ("a.png", png()[:-6], "cut off"),
        ("a.png", png().replace(b"IDAT", b"IDAX"), "damaged"),
        ("a.png", png(20000, 20000), "pixels"),
        ("a.png", b"version https://git-lfs.github.com/spec/v1\n", "Git LFS"),
        ("a.jpg", png(), "no JPEG"),
        ("a.jpg", jpeg()[:-2], "cut off"),
        ("a.jpg", jpeg(60000, 60000), "pixels"),
        ("a.jpg", b"\xff\xd8\xff\xff\xd9", "damaged"),
        ("a.svg", b"<html/>", "no SVG"),
        ("a.svg", b"<svg", "not well-formed"),
        ("a.svg", b"", "not well-formed"),
        ("a.svg", svg("<script/>"), "script"),
        ("a.svg", svg("<foreignObject/>"), "foreignObject"),
        ("a.svg", svg('<rect onclick="x()"/>'), "onclick"),
        ("a.svg", svg('<image href="other.png"/>'), "other.png"),
        ("a.svg", svg('<image xlink:href="file:///etc/passwd"/>'), "file:///etc/passwd"),
        ("a.svg", svg('<use href="data:image/svg+xml;base64,AAAA"/>'), "data:image/svg"),
        ("a.svg", svg('<a href=" javascript:x()"/>'), "javascript"),
        ("a.svg", svg('<rect style="fill:url(http://x.org/a)"/>'), "style reaches"),
        ("a.svg", svg("<style>@import 'http://x.org/a.css';</style>"), "style reaches"),
        ("a.svg", svg("<style>rect { fill: url( 'http://x.org/a') }</style>"), "style reaches"),
        ("a.svg", svg("", '<?xml-stylesheet href="http://x.org/a.css"?>'), "instructions"),
        ("a.svg", svg("&e;", '<!DOCTYPE svg [<!ENTITY e SYSTEM "file:///etc/passwd">]>'), "entities"),
        ("a.svg", svg("&e;", '<!DOCTYPE svg [<!ENTITY e "x">]>').decode().encode("utf-16"), "entities"),
    ],
)
def test_a_picture_is_refused_and_it_is_said_why(path: str, data: bytes, why: str) -> None:
    assert why in judge(path, data)
