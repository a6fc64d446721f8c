"""A pseudo-translation: every word in letters that no source has, everything that is not words as it was.

What is still in the source's letters in an edition of it was not taken from a catalog.
"""

import codecs
import random
import re
from pathlib import Path

from livingmanual.text.quoted import escape
from livingmanual.translate.messages import NOT_WORDS
from livingmanual.workflows import catalogs
from livingmanual.workflows.editions import open_draft
from livingmanual.workflows.translate import wanted_in

KEPT = re.compile(rf"{NOT_WORDS.pattern}|https?://\S+|`[^`]*`")
ARABIC = str.maketrans(
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ,;?",
    "ابتثجحخدذرزسشصضطظعغفقكلمنهابتثجحخدذرزسشصضطظعغفقكلمنه،؛؟",
)
HEADER = 'msgid ""\nmsgstr ""\n"Language: {language}\\n"\n"Content-Type: text/plain; charset=UTF-8\\n"\n'


def pseudo(text: str, language: str = "xx") -> str:
    """The text with its words in other letters: Arabic ones for `ar`, else each letter thirteen further."""
    out: list[str] = []
    at = 0
    for found in [*KEPT.finditer(text), None]:
        words = text[at : found.start() if found else len(text)]
        out.append(words.translate(ARABIC) if language == "ar" else codecs.encode(words, "rot13"))
        if found:
            out.append(found.group())
            at = found.end()
    return "".join(out)


def translate(root: Path, language: str, share: float = 1.0) -> None:
    """Write pseudo-translations of a `share` of all messages into the working tree: text, settings, labels of figures.

    If it is less than 1, every tenth of them is fuzzy, so that an edition has blocks of every state.
    """
    for source, items in wanted_in(open_draft(root), language).items():
        out = [HEADER.format(language=language)]
        for message in (item.message for item in items):
            chance = random.Random(f"{message.context} {message.text}")
            if chance.random() > share:
                continue
            stale = share < 1 and chance.random() < 0.1
            words = f'msgid "{escape(message.text)}"\nmsgstr "{escape(pseudo(message.text, language))}"\n'
            head = '#, fuzzy\n#| msgid "before"\n' if stale else ""
            out.append(f'{head}msgctxt "{escape(message.context)}"\n{words}')
        path = root / catalogs.path_of(language, source)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("\n".join(out), encoding="utf-8")
