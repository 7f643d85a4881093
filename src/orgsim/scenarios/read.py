"""The only reader of scenario and study YAML: safe, strict, and able to name the line of every word.

The YAML library is used as far as its stream of events. Nothing is ever constructed from a file – no objects, no
dates, no numbers – so a file can do nothing but be read: every scalar stays the text that was written, and what it
means is decided where its parameter is known. Anchors, aliases and tags have no use here and are refused.
"""

from __future__ import annotations

import stat
from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    Event,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)

from orgsim.errors import InputError
from orgsim.scenarios.nodes import INVISIBLE, Node, Row, Table, Word, quoted

EXAMPLE = "extends: baseline"
MOST_BYTES = 1_000_000
MOST_NODES = 20_000
DEEPEST = 8


def read(path: Path, what: str = "scenario", example: str = EXAMPLE) -> Table:
    """The mapping a file holds; InputError if the file cannot be read, is no text, or is not one strict mapping.

    `what` it is called in complaints, and an `example` of a line in it.
    """
    return parse(_text(path, what), str(path), what, example)


@lru_cache(maxsize=64)
def parse(text: str, file: str, what: str = "scenario", example: str = EXAMPLE) -> Table:
    """The mapping that `text` holds; `file` is its name in complaints, each of which is an InputError.

    Reading the same words again costs nothing: nodes are frozen.
    """
    text = text.removeprefix("\ufeff")
    _refuse_characters(text, file)
    events = _Events(text, file)
    top = events.document()
    if top is None or (isinstance(top, Word) and top.empty):
        raise InputError("the file is empty", file=file)
    if not isinstance(top, Table):
        found = "a list" if isinstance(top, Row) else "text"
        raise top.error(f"this is {found}, where a {what} has keys and values such as '{example}'{_hint(text)}")
    return top


def _text(path: Path, what: str) -> str:
    try:
        status = path.stat()
        if stat.S_ISDIR(status.st_mode):
            raise InputError(f"is a directory, not a {what} file", file=path)
        if not stat.S_ISREG(status.st_mode):
            raise InputError("is not an ordinary file", file=path)
        if status.st_size > MOST_BYTES:
            size = f"{status.st_size / 1e6:.1f} MB"
            raise InputError(f"is {size} long; a {what} is a page, and 1 MB is the most that is read", file=path)
        with path.open("rb") as stream:
            data = stream.read(MOST_BYTES + 1)  # the file may have grown since its size was asked
    except FileNotFoundError:
        raise InputError("does not exist", file=path) from None
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        raise InputError(f"cannot be read: {reason}", file=path) from None
    return _decoded(data, path)


def _decoded(data: bytes, path: Path) -> str:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise InputError("is saved as UTF-16; save it as UTF-8", file=path)
    if b"\0" in data:
        line = data.count(b"\n", 0, data.index(b"\0")) + 1
        raise InputError("is not a text file: it holds NUL bytes", file=path, line=line)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise InputError("is not UTF-8 text (perhaps GBK); save it as UTF-8", file=path, line=line) from None


def _refuse_characters(text: str, file: str) -> None:
    """Tabs as indentation and invisible characters mislead the eye; neither has a place in a file."""
    hidden = INVISIBLE.search(text)
    if hidden is not None:
        number = text.count("\n", 0, hidden.start()) + 1
        code = f"U+{ord(hidden[0]):04X}"
        raise InputError(f"holds the invisible character {code}; remove it", file=file, line=number)
    for number, line in enumerate(text.splitlines(), start=1):
        if "\t" in line[: len(line) - len(line.lstrip())]:
            raise InputError("a tab is used for indentation; use spaces", file=file, line=number)


class _Events:
    """The events of one text, turned into nodes; each limit is checked before more of the text is looked at."""

    def __init__(self, text: str, file: str) -> None:
        self._text = text
        self._file = file
        self._stream: Iterator[Event] = YAML(typ="safe", pure=True).parse(text)
        self._nodes = 0
        self._line = 1

    def document(self) -> Node | None:
        """The only document; None if there is none."""
        top: Node | None = None
        found = False
        while (event := self._next()) is not None:
            if not isinstance(event, DocumentStartEvent):
                continue
            if found:
                raise self._wrong("a second document starts here ('---'); a file holds one only")
            found = True
            top = self._node(self._must(), depth=0)
        return top

    def _wrong(self, message: str) -> InputError:
        return InputError(message, file=self._file, line=self._line)

    def _next(self) -> Event | None:
        try:
            event = next(self._stream, None)
        except MarkedYAMLError as error:
            raise self._broken(error) from None
        # The library meets some absurd escapes and directives with errors of Python's own.
        except (YAMLError, ValueError, ArithmeticError, LookupError, TypeError, AttributeError, AssertionError):
            raise self._wrong("this is not YAML from here on") from None
        if event is not None:
            self._line = event.start_mark.line + 1
        return event

    def _broken(self, error: MarkedYAMLError) -> InputError:
        problem = str(error.problem or error.context or "")
        # What is opened and never closed is noticed too late; the person needs the line where it was opened.
        late = any(sign in problem for sign in ("end of stream", "stream end", "could not find expected ':'"))
        mark = (error.context_mark if late else None) or error.problem_mark or error.context_mark
        lines = max(1, len(self._text.splitlines()))
        line = self._line if mark is None else min(mark.line + 1, lines)
        return InputError(f"{_plainly(problem)}{_hint(self._text, line)}", file=self._file, line=line)

    def _must(self) -> Event:
        event = self._next()
        if event is None:
            raise self._wrong("the file ends too early")
        return event

    def _node(self, event: Event, depth: int) -> Node:
        line = self._line
        self._nodes += 1
        if self._nodes > MOST_NODES:
            raise self._wrong(f"more than {MOST_NODES} entries; a page has fewer")
        if depth > DEEPEST:
            raise self._wrong(f"lists and mappings are nested more than {DEEPEST} deep; four are enough")
        self._refuse_magic(event)
        if isinstance(event, ScalarEvent):
            text = str(event.value)
            if INVISIBLE.search(text):
                raise self._wrong(f"{quoted(text)} holds an invisible control character; remove it")
            return Word(self._file, line, text, quoted=not event.implicit[0])
        if isinstance(event, SequenceStartEvent):
            items = []
            while not isinstance(inner := self._must(), SequenceEndEvent):
                items.append(self._node(inner, depth + 1))
            return Row(self._file, line, tuple(items))
        if isinstance(event, MappingStartEvent):
            return Table(self._file, line, tuple(self._entries(depth)))
        raise self._wrong("this is not YAML from here on")

    def _entries(self, depth: int) -> Iterator[tuple[Word, Node]]:
        first: dict[str, int] = {}
        while not isinstance(event := self._must(), MappingEndEvent):
            key = self._node(event, depth + 1)
            if not isinstance(key, Word) or key.empty:
                raise key.error("a key must be a word")
            if key.text in first:
                raise key.error(f"{quoted(key.text)} is given twice (first in line {first[key.text]})")
            first[key.text] = key.line
            value = self._node(self._must(), depth + 1)
            if isinstance(value, Word) and not value.text and not value.quoted:
                value = replace(value, line=key.line)  # nothing at all is noticed lines later
            yield key, value

    def _refuse_magic(self, event: Event) -> None:
        if isinstance(event, AliasEvent) or getattr(event, "anchor", None):
            mark = "*" if isinstance(event, AliasEvent) else "&"
            name = quoted(f"{mark}{getattr(event, 'anchor', '')}")
            raise self._wrong(f"{name}: anchors and aliases are not allowed; write the value out")
        tag = getattr(event, "tag", None)
        if tag is not None:
            shown = quoted(str(tag).replace("tag:yaml.org,2002:", "!!"))
            raise self._wrong(f"the tag {shown} is not allowed; a file holds plain values only")


_PLAINLY = (
    ("mapping values are not allowed", "a second ':' on this line makes no sense; put text that holds ': ' in quotes"),
    ("character '\\t'", "a tab stands here; use spaces"),
    ("could not find expected ':'", "a ':' is missing, so this is neither a key nor a value"),
    ("that cannot start any token", "a value cannot start with this character; put it in quotes"),
    ("unexpected end of stream", "a quotation mark is opened and never closed"),
    ("expected <block end>", "the indentation does not fit the lines above"),
    ("expected ',' or '}'", "a '{' is opened and not closed, or a ',' is missing"),
    ("expected ',' or ']'", "a '[' is opened and not closed, or a ',' is missing"),
    ("expected the node content", "a value is missing here, or a bracket is one too many"),
    ("sequence entries are not allowed", "a '-' begins a list here; put it in quotes if it is text"),
    ("alphabetic or numeric character", "'&', '*', '!' and '%' have a meaning of their own; put the text in quotes"),
    ("chomping or indentation", "'|' and '>' have a meaning of their own; put the text in quotes"),
    ("a comment or a line break", "'|' and '>' have a meaning of their own; put the text in quotes"),
    ("'<document start>'", "this does not belong to what stands above it; is a ':' or an indentation missing?"),
    ("escape sequence", "the backslash in double quotes means nothing; use single quotes"),
    ("unknown escape character", "the backslash in double quotes means nothing; use single quotes"),
)


def _plainly(problem: str) -> str:
    """The library's complaint in words for somebody who has never heard of tokens."""
    for theirs, ours in _PLAINLY:
        if theirs in problem:
            return ours
    return f"this is not YAML: {problem}"


def _hint(text: str, line: int | None = None) -> str:
    lines = text.splitlines()
    shown = lines if line is None else lines[max(0, line - 2) : line]
    return "; is a full-width '：' used instead of ': '?" if any("：" in one for one in shown) else ""
