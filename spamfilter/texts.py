"""What a message says, to people, to other readers, and where few look: as written, undisguised, folded. Pure.

Bounded: a check may read everything here without fear of the message's size.
"""

import re
from collections.abc import Iterator
from itertools import islice

from agenticmail.message import Part
from spamfilter.fields import Fields
from spamfilter.filed import File, files_of
from spamfilter.folding import INVISIBLE, fold, plain, strange_in, words_of
from spamfilter.once import once
from spamfilter.page import Page, read_page

MAX_TEXT = 32_768  # characters of text that are read as language
MAX_PATTERN_TEXT = 131_072
MAX_WORDS = 6_000
MAX_FILES = 50

_STYLED = re.compile("[\U0001d400-\U0001d7ff\uff21-\uff3a\uff41-\uff5a\u24b6-\u24e9\U0001f130-\U0001f189]")
_HIDDEN_IN_WORD = re.compile(  # from the first of them, which is quickly looked for
    r"[\u00ad\u034f\u200b-\u200f\u2060-\u2064\ufeff]"
    r"(?:(?<=\w[^\u200c\u200d])[\u00ad\u034f\u200b\u200e\u200f\u2060-\u2064\ufeff]*+(?=\w)"
    r"|(?<=[A-Za-z][\u200c\u200d])[\u200c\u200d]*+(?=[A-Za-z]))"
)
_QUOTED = re.compile(r"(?m)^\s{0,3}[>|]")
_JOINED = re.compile(r"_|(?<=\w)[.-](?=\w)")  # what stands for spaces in the names of files
_MAX_LOCAL = 64
_LOCAL_BACKWARDS = re.compile(r"[\w.+-]+", re.ASCII)
_DOMAIN = re.compile(r"(?:[\w-]{1,63}\.){1,4}[\w-]{2,63}", re.ASCII)
_OWN_HEADERS = ("comments", "keywords", "organization")


class Texts(Fields):
    """The texts of a message, beside what its header fields say."""

    @once
    def has_plain(self) -> bool:
        """Whether the sender wrote a plain text beside any HTML."""
        return any(part.content_type == "text/plain" and not part.filename for part in self.message.parts)

    @property
    def html(self) -> str:
        """The source of the page, "" where there is none."""
        return self.message.html

    @once
    def page(self) -> Page:
        return read_page(self.message.html)

    @once
    def text(self) -> str:
        """What a person reads: the page where there is one, else the text; not yet folded."""
        return self.page.visible[:MAX_TEXT] if self.message.html else self.message.text[:MAX_TEXT]

    @once
    def other_text(self) -> str:
        """The plain text beside a page: another reader, and a language model, reads this one."""
        return self.message.text[:MAX_TEXT] if self.message.html and self.has_plain else ""

    @once
    def folded(self) -> str:
        """The readable text as words in lower case, one space between and at both ends."""
        return f" {fold(self.text)} "

    @once
    def other_folded(self) -> str:
        return f" {fold(self.other_text)} " if self.other_text else ""

    @once
    def words(self) -> list[str]:
        """The words of the readable text, in order; pairs of characters in scripts without spaces."""
        return words_of(self.folded)[:MAX_WORDS]

    @once
    def word_count(self) -> int:
        """How many these are."""
        if self.folded.isspace():
            return 0
        return min(self.folded.count(" ") - 1, MAX_WORDS) if self.folded.isascii() else len(self.words)

    @once
    def all_text(self) -> str:
        """Both readers' texts, and the subject, undisguised; to look for figures and addresses in."""
        return plain("\n".join((self.message.subject[:1_000], self.text, self.other_text)))

    @once
    def written_addresses(self) -> tuple[str, ...]:
        """Mail addresses in the text, in lower case."""
        return tuple(dict.fromkeys(islice(_addresses_in(self.all_text[:12_000]), 50)))

    @once
    def quotes(self) -> int:
        """Lines quoted from an earlier message."""
        text = self.message.text[:MAX_TEXT]
        return len(_QUOTED.findall(text)) if ">" in text or "|" in text else 0

    @once
    def invisible_in_words(self) -> int:
        """Characters without width inside words, in subject and text."""
        text = self.message.subject[:1_000] + self.message.text[:MAX_TEXT]
        return self.invisible_in(text)

    def invisible_in(self, text: str) -> int:
        """Characters without width inside words of `text`."""
        return len(_HIDDEN_IN_WORD.findall(text)) if INVISIBLE.search(strange_in(text)) else 0

    def styled_letters(self, text: str) -> int:
        """Letters of mathematical, full-width or circled alphabets in `text`."""
        return len(_STYLED.findall(text)) if _STYLED.search(strange_in(text)) else 0

    @once
    def spoken_text(self) -> str:
        """Subject, page and plain text as one: what a model gets to read."""
        message = self.message
        parts = (message.subject[:1_000], self.text, self.other_text)
        return "\n\n".join(part for part in parts if part)

    @once
    def spoken_folded(self) -> str:
        return f"{self.subject_folded}{self.folded}{self.other_folded}"

    @once
    def files(self) -> tuple[Part, ...]:
        """Parts that are no text of the message itself."""
        parts = self.message.parts[:MAX_FILES]
        return tuple([part for part in parts if part.filename or not part.content_type.startswith("text/")])

    @once
    def file_names(self) -> list[str]:
        return [item.filename.strip() for item in self.message.attachments[:MAX_FILES] if item.filename]

    @property
    def attached(self) -> bool:
        """Whether anything comes along, be it only by name."""
        return bool(self.files or self.file_names)

    @once
    def read_files(self) -> tuple[File, ...]:
        """What comes as a file and is read as text."""
        return tuple(files_of(self.message))

    @once
    def filed_folded(self) -> str:
        """What these files say."""
        return fold("\n".join(file.said for file in self.read_files))

    @once
    def labels(self) -> str:
        """What few read: names of people and files, descriptions of pictures, the title, the sender's own headers."""
        message = self.message
        files = _JOINED.sub(" ", "\n".join(item.filename or "" for item in message.attachments[:30]))
        people = (message.from_, *message.to[:10], *message.cc[:10], *message.reply_to[:3])
        headers = [
            value[:500]
            for name, value in message.headers[:100]
            if (name[:2] == "x-" or name in _OWN_HEADERS) and value.count(" ", 0, 500) > 4
        ]
        names = "\n".join(person.name for person in people)
        places = (files, names, self.page.labels, self.page.title, "\n".join(headers)[:8_000])
        return "\n\n".join(place for place in places if len(place) > 12)

    @once
    def unseen_folded(self) -> str:
        """What a person does not see, or looks at last."""
        return fold("\n".join((self.page.hidden, self.page.comments, self.labels)))

    @once
    def searched(self) -> str:
        """What patterns of signatures are tried on: subject, text, and the source of the page."""
        message = self.message
        return "\n".join((message.subject[:1_000], message.text[:MAX_PATTERN_TEXT], message.html[:MAX_PATTERN_TEXT]))


def _addresses_in(text: str) -> Iterator[str]:
    done, at = 0, text.find("@")
    while at >= 0:
        local = _LOCAL_BACKWARDS.match(text[max(done, at - _MAX_LOCAL) : at][::-1])
        if local and (domain := _DOMAIN.match(text, at + 1)):
            done = domain.end()
            yield text[at - local.end() : done].lower()
        at = text.find("@", at + 1)
