"""A register read: organizations with what is known of them, and an account of every column, cell and row."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import numpy as np

from orgsim.core.calendar import month_number
from orgsim.core.parameters import Text
from orgsim.errors import InputError
from orgsim.register import KNOWN, Register, first_id
from orgsim.scenarios.nodes import quoted
from orgsim.scenarios.registers.account import Account, Column, Entry, Reading
from orgsim.scenarios.registers.cells import Wrong, read_cell
from orgsim.scenarios.registers.checks import consistent
from orgsim.scenarios.registers.headings import BY_NAME, Heading, known_headings, meant, recognized
from orgsim.scenarios.registers.notes import notes_on
from orgsim.scenarios.registers.sheet import SEARCHED, Row, Sheet, content_of, letter, read_sheet

BUREAU = {"区级", "区本级", "区直", "区民政局", "民政局", "bureau", "district", "district bureau"}
"""Seats that mean the district bureau rather than a street or town office."""
SAMPLE = 5
"""Rows kept as they are written, to be shown."""


def read_register(path: Path, start: str) -> Reading:
    """The organizations a file lists, as they are when a scenario begins in `start` ('2026-01').

    Raises InputError if the file cannot be read, has no known heading, no column of kinds, or no row that can be used.
    """
    return read_content(content_of(path), str(path), start)


def read_content(data: bytes, file: str, start: str) -> Reading:
    """Like `read_register`, for the bytes of a file that need not lie on a disk; `file` is its name in complaints."""
    sheet = read_sheet(data, file, known_headings)
    top, headings = _headings(sheet)
    _refuse_merged(sheet, top[0])
    account = Account(headings)
    now = month_number(start)
    body = [row for row in sheet.rows if row[0] > top[0]]
    entries = list(_unique(_entries(body, sheet, headings, account, now - 1), account))
    if not entries:
        none = Text(en="there are none below the headings", zh="表头之下没有内容")
        row, why = next(((p.row, p.why) for p in account.problems), (top[0], none))
        raise InputError(f"no row can be used: {why.en}", file=file, line=row, zh=f"没有可采用的行：{why.zh}")
    offices = tuple(sorted({e.words["office"] for e in entries if "office" in e.words} - BUREAU))
    seen = {h.column for h in headings}
    return Reading(
        register=_register(entries, offices, now, sheet, account),
        form=sheet.form,
        rows=len(body),
        columns=tuple(_column(h, entries, account) for h in headings),
        ignored=tuple(
            (letter(n), text.strip(), meant(text)) for n, text in enumerate(top[1]) if text.strip() and n not in seen
        ),
        problems=tuple(sorted(account.problems, key=lambda p: (p.row, p.column or ""))),
        notes=tuple(notes_on(entries, headings)),
        offices=offices,
        sample=tuple(cells for _, cells in (top, *body[:SAMPLE])),
    )


def _headings(sheet: Sheet) -> tuple[Row, list[Heading]]:
    """The row of headings, and those of them that are known."""
    top = max(sheet.rows[:SEARCHED], key=lambda row: known_headings(row[1]), default=(1, ()))
    found = [heading for n, text in enumerate(top[1]) if text.strip() and (heading := recognized(n, text))]
    if not found:
        words = next((cell for _, cells in sheet.rows[:1] for cell in cells if cell.strip()), "")
        raise InputError(
            f"no heading is known in the first rows (they begin {quoted(words)}); name columns as the template does: "
            "orgsim register --template my.csv",
            file=sheet.file,
        )
    taken: dict[str, Heading] = {}
    for heading in found:
        other = taken.setdefault(heading.field.name, heading)
        if other is not heading and not heading.field.adds:
            raise InputError(
                f"columns {letter(other.column)} {quoted(other.text)} and "
                f"{letter(heading.column)} {quoted(heading.text)} both tell the {heading.field.title.en}; keep one",
                file=sheet.file,
                line=top[0],
                zh=f"{letter(other.column)} 列{quoted(other.text)}与 {letter(heading.column)} 列{quoted(heading.text)}"
                f"说的都是{heading.field.title.zh}；请只留一列",
            )
    if "kind" not in taken:
        raise InputError(
            f"no column tells the kind of organization; name one 登记类型, 类型 or kind{_near_kind(top[1])}",
            file=sheet.file,
            line=top[0],
        )
    return top, found


def _near_kind(cells: Sequence[str]) -> str:
    near = [text.strip() for n, text in enumerate(cells) if "类" in text and recognized(n, text) is None]
    return f" (is it {quoted(near[0])}?)" if near else ""


def _refuse_merged(sheet: Sheet, top: int) -> None:
    for _first, last, name in sheet.merged:
        if last >= top:
            raise InputError(f"cells {name} are merged; give every row its own values", file=sheet.file)


def _entries(
    body: Sequence[Row], sheet: Sheet, headings: Sequence[Heading], account: Account, last_month: int
) -> Iterator[Entry]:
    for number, cells in body:
        entry = Entry(number, -1)
        refused: Heading | None = None
        gone = False
        for heading in headings:
            name = heading.field.name
            text = cells[heading.column] if heading.column < len(cells) else ""
            try:
                if (number, heading.column) in sheet.formulas:
                    raise Wrong(
                        "a formula whose result is not saved; open and save it in Excel", "公式未保存结果，请重新保存"
                    )
                value = read_cell(text, heading, last_month)
            except Wrong as wrong:
                if name == "kind":
                    refused = heading
                    account.whole(number, wrong.why, heading)
                else:
                    account.cell(number, heading, wrong.why)
                continue
            if value is None:
                continue
            entry.told.add(heading.column)
            if isinstance(value, float):
                entry.known[name] = entry.known.get(name, 0.0) + value if heading.field.adds else value
            elif name == "status":
                gone = gone or value == "gone"
                if value != "gone":
                    entry.words["status"] = value
            else:
                entry.words[name] = value
        if refused:
            continue
        if "kind" not in entry.known:
            account.whole(number, Text(en="the kind is missing; the row cannot be placed", zh="缺少登记类型，无法归类"))
        elif gone:
            account.whole(number, Text(en="is no longer on the register", zh="已注销或撤销，不在登记之列"))
        else:
            yield _finished(entry, account)


def _finished(entry: Entry, account: Account) -> Entry:
    """The row's words as values, and its values checked against each other."""
    entry.kind = int(entry.known.pop("kind"))
    status = entry.words.pop("status", None)
    if status is not None:
        for name in ("dormant", "listed"):
            entry.known.setdefault(name, 1.0 if status == name else 0.0)
    entry.known = consistent(entry.known, lambda name, why: account.named(entry.row, name, why))
    return entry


def _unique(entries: Iterator[Entry], account: Account) -> Iterator[Entry]:
    """Rows with a registration number that a row above has are left out."""
    first: dict[str, int] = {}
    heading = next((h for h in account.headings if h.field.name == "number"), None)
    for entry in entries:
        number = entry.words.get("number", "").upper()
        if number and number in first:
            where = first[number]
            account.whole(
                entry.row,
                Text(
                    en=f"registration number {quoted(number)} stands in row {where} already",
                    zh=f"登记号{quoted(number)}与第 {where} 行重复",
                ),
                heading,
            )
            continue
        if number:
            first[number] = entry.row
        yield entry


def _register(entries: Sequence[Entry], offices: Sequence[str], now: int, sheet: Sheet, account: Account) -> Register:
    """Numbers of all rows, sorted by kind and id, so that the order of rows in the file means nothing."""
    row_of = {name: float(number) for number, name in enumerate(offices, start=1)}
    ids = _ids(entries)
    order = sorted(range(len(entries)), key=lambda n: (entries[n].kind, ids[n]))
    columns = {name: np.full(len(entries), np.nan) for name in KNOWN}
    for place, number in enumerate(order):
        known = dict(entries[number].known)
        if (founded := known.pop("founded", None)) is not None:
            columns["age"][place] = now - 1 - int(founded)
        if (office := entries[number].words.get("office")) is not None:
            columns["office"][place] = row_of.get(office, 0.0)
        for name, value in known.items():
            columns[name][place] = value
    for values in columns.values():
        values.setflags(write=False)
    return Register(
        kinds=np.array([entries[n].kind for n in order], np.int64),
        ids=np.array([ids[n] for n in order], np.uint64),
        columns=columns,
        file=sheet.file,
        digest=sheet.digest,
        left_out=(account.refused, len(account.problems) - account.refused),
    )


def _ids(entries: Sequence[Entry]) -> list[int]:
    """Ids made of number or name; rows that have neither, or share one, are told apart by their order."""
    ids: list[int] = []
    taken: set[int] = set()
    seen: Counter[str] = Counter()
    for entry in entries:
        own = entry.words.get("number", "").upper() or entry.words.get("name", "")
        word = f"{entry.kind}:{own}"
        seen[word] += 1
        found = first_id(entry.kind, f"{own}#{seen[word]}")
        while found in taken:
            found = (found & ~0x7FFFFFFF) | ((found + 1) & 0x7FFFFFFF)
        taken.add(found)
        ids.append(found)
    return ids


def _column(heading: Heading, entries: Sequence[Entry], account: Account) -> Column:
    place = letter(heading.column)
    wrong = {problem.row for problem in account.problems if problem.column == place}
    unusable = sum(entry.row in wrong for entry in entries)
    given = sum(heading.column in entry.told and entry.row not in wrong for entry in entries)
    missing = len(entries) - given - unusable
    return Column(place, heading.text, heading.field.name, heading.unit, given, missing, unusable)


def title_of(name: str) -> Text:
    """What a recognized column is called."""
    return BY_NAME[name].title


def drawn(reading: Reading) -> Mapping[str, int]:
    """For each thing a register may tell: of how many organizations it does not, so that it is drawn."""
    return {name: int(np.isnan(values).sum()) for name, values in reading.register.columns.items()}
