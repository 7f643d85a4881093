"""Every mistake a person can make in a scenario file ends in one sentence with file and line."""

from __future__ import annotations

import os
import re
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from orgsim.core.parameters import ParameterSpace
from orgsim.errors import InputError
from orgsim.scenarios import load, load_text

Write = Callable[[str, str], Path]

BAD: list[tuple[str, str, int | None, list[str]]] = [
    # what the file is
    ("empty", "", None, ["empty"]),
    ("only a comment", "# nothing yet\n", None, ["empty"]),
    ("only dashes", "---\n", None, ["empty"]),
    ("a list", "- extends: root\n", 1, ["a list", "keys and values"]),
    ("plain text", "hello\n", 1, ["text", "keys and values"]),
    ("full-width colon", "extends：root\n", 1, ["full-width"]),
    ("full-width colon later", "extends: root\nmonths：12\nset:\n", 2, ["full-width"]),
    ("two documents", "extends: root\n---\nextends: root\n", 2, ["second document"]),
    # YAML
    ("tab as indentation", "extends: root\nset:\n\tcontracts.duration: 12\n", 3, ["tab", "spaces"]),
    ("tab before a value", "extends: root\nset:\n  contracts.duration:\t@\n", 3, ["tab"]),
    ("duplicate key", "extends: root\nmonths: 12\nmonths: 24\n", 3, ["'months'", "twice", "line 2"]),
    (
        "lever set twice",
        "extends: root\nset:\n  contracts.duration: 12\n  contracts.duration: 24\n",
        4,
        ["'contracts.duration'", "twice", "line 3"],
    ),
    ("python tag", "extends: !!python/object/apply:os.system ['true']\n", 1, ["tag", "!!python/object"]),
    ("custom tag", "extends: root\nmonths: !years 3\n", 2, ["tag", "'!years'"]),
    ("standard tag", "extends: root\nmonths: !!int 3\n", 2, ["tag", "'!!int'"]),
    ("tag on a mapping", "extends: root\nset: !!map\n  contracts.duration: 12\n", 2, ["tag"]),
    ("anchor", "extends: &a root\n", 1, ["'&a'", "anchors"]),
    ("alias", "extends: root\ntitle: &t Words\nquestion: *t\n", 2, ["'&t'", "anchors"]),
    (
        "YAML bomb",
        "a: &a [x, x, x, x]\nb: &b [*a, *a, *a, *a]\nc: &c [*b, *b, *b, *b]\nd: [*c, *c, *c, *c]\n",
        1,
        ["'&a'", "anchors", "not allowed"],
    ),
    ("merge key", "extends: root\n<<: 3\n", 2, ["no key '<<'"]),
    ("mapping as key", "? {a: b}\n: c\n", 1, ["key must be a word"]),
    ("empty key", "extends: root\n'': 3\n", 2, ["key must be a word"]),
    ("two colons", "title: Contracts: longer\n", 1, ["':'", "quotes"]),
    ("no colon", "extends: root\nmonths\nset:\n", 2, ["':' is missing"]),
    ("open quotation mark", "extends: root\ntitle: 'Long\nmonths: 12\n", 2, ["never closed"]),
    ("open brace", "extends: root\npopulation: {funders: 3\nmonths: 12\n", 3, ["'{' is opened"]),
    ("brace open at the end", "extends: root\npopulation: {funders: 3\n", 2, ["'{' is opened"]),
    ("indentation", "extends: root\nset:\n    contracts.duration: 12\n  fees.price: 1\n", 4, ["indentation"]),
    ("at sign", "extends: @root\n", 1, ["quotes"]),
    ("backslash", 'extends: root\ntitle: "C:\\qux"\n', 2, ["backslash"]),
    ("absurd escape", 'title: "\\UFFFFFFFF"\n', 1, ["not YAML"]),
    ("half a character", 'title: "\\ud800"\n', 1, []),
    ("control character by escape", 'extends: root\ntitle: "red \\e[31m"\n', 2, ["invisible"]),
    ("control character", "extends: root\ntitle: red \x1b[31m\n", 2, ["invisible", "U+001B"]),
    ("direction mark", "extends: root\ntitle: a\u202eb\n", 2, ["invisible", "U+202E"]),
    ("deep nesting", "extends: root\nset: " + "[" * 5000 + "\n", 2, ["nested"]),
    ("too many entries", "extends: root\nset:\n" + "".join(f"  a{i}: 1\n" for i in range(11_000)), 10_000, ["entries"]),
    # keys
    ("unknown key", "extends: root\nmoths: 12\n", 2, ["'moths'", "did you mean 'months'"]),
    ("strange key", "extends: root\nzzzz: 12\n", 2, ["'zzzz'", "extends", "assumptions"]),
    ("title without Chinese", "extends: root\ntitle: {en: Words}\n", 2, ["zh", "both"]),
    ("title as a list", "extends: root\ntitle: [a, b]\n", 2, ["title takes words"]),
    ("title in French", "extends: root\ntitle: {en: a, zh: b, fr: c}\n", 2, ["'fr'"]),
    ("empty title", "extends: root\ntitle:\n", 2, ["title takes words"]),
    ("set as a list", "extends: root\nset:\n- contracts.duration: 12\n", 3, ["set", "list"]),
    ("set as text", "extends: root\nset: contracts.duration\n", 2, ["set", "'contracts.duration'"]),
    # lineage
    ("two parents", "extends: [root, other]\n", 1, ["one parent only"]),
    ("two parents with a comma", "extends: root, other\n", 1, ["one parent only"]),
    ("no parent's name", "extends:\n", 1, ["name of one parent"]),
    ("missing parent", "extends: rooot\n", 1, ["'rooot'", "did you mean 'root'"]),
    ("parent as a path", "extends: ../root\n", 1, ["not the path"]),
    ("parent outside", "extends: /etc/passwd\n", 1, ["not the path"]),
    ("itself as parent", "extends: my\n", 1, ["extends itself"]),
    # time and people
    ("no start", "set:\n  contracts.duration: 12\n", None, ["start: 2026-01"]),
    ("start without month", "start: 2026\n", 1, ["year and month"]),
    ("start with a day", "start: 2026-01-15\n", 1, ["such as 2026-01"]),
    ("start short", "start: 2026-1\n", 1, ["such as 2026-01"]),
    ("thirteenth month", "start: 2026-13\n", 1, ["01 to 12"]),
    ("start long ago", "start: 0026-01\n", 1, ["1900"]),
    ("no months", "extends: root\nmonths: 0\n", 2, ["1 to 600", "'0'"]),
    ("too many months", "extends: root\nmonths: 51 years\n", 2, ["1 to 600"]),
    ("half a month", "extends: root\nmonths: 1.5\n", 2, ["whole months"]),
    ("months of money", "extends: root\nmonths: 12 CNY\n", 2, ["whole months", "'12 CNY'"]),
    ("negative burn-in", "extends: root\nburn_in: -1\n", 2, ["0 to 240"]),
    ("sexagesimal", "extends: root\nmonths: 12:30\n", 2, ["'12:30'"]),
    ("no funders", "extends: root\npopulation: {funders: 0}\n", 2, ["1 to 500"]),
    ("too many organizations", "extends: root\npopulation:\n  organizations:\n    service: 1e9\n", 4, ["200000"]),
    ("unknown kind", "extends: root\npopulation:\n  organizations:\n    services: 3\n", 4, ["did you mean 'service'"]),
    ("population of a word", "extends: root\npopulation: many\n", 2, ["'many'"]),
    ("a list of funders", "extends: root\npopulation: {funders: [1]}\n", 2, ["whole number"]),
    # names of parameters
    ("misspelt lever", "extends: root\nset:\n  contracts.durration: 12\n", 3, ["did you mean 'contracts.duration'"]),
    ("lever without mechanism", "extends: root\nset:\n  forums: 1\n", 3, ["did you mean 'learning.forums'"]),
    ("mechanism as mapping", "extends: root\nset:\n  contracts:\n    duration: 12\n", 3, ["in full", "contracts."]),
    ("misspelt assumption", "extends: root\nassumptions:\n  turnover.hazard: 1\n", 3, ["'turnover.base_hazard'"]),
    ("assumption under set", "extends: root\nset:\n  turnover.base_hazard: 0.01\n", 3, ["under assumptions"]),
    (
        "assumption under schedule",
        "extends: root\nschedule:\n  turnover.base_hazard: {2027-01: 0.01}\n",
        3,
        ["under assumptions"],
    ),
    ("lever under assumptions", "extends: root\nassumptions:\n  fees.price: 1\n", 3, ["under set or schedule"]),
    ("fixed under set", "extends: root\nset:\n  accounts.days: 30\n", 3, ["fixed by definition", "not a lever"]),
    (
        "fixed under assumptions",
        "extends: root\nassumptions:\n  accounts.days: 30\n",
        3,
        ["fixed by definition", "not an assumption to vary"],
    ),
    # values
    ("out of range", "extends: root\nset:\n  contracts.duration: 60\n", 3, ["'60'", "6 to 36 months"]),
    ("out of range once converted", "extends: root\nset:\n  contracts.duration: 5 years\n", 3, ["means 60", "6 to 36"]),
    ("wrong unit", "extends: root\nset:\n  contracts.duration: 12 CNY\n", 3, ["right unit", "number of months"]),
    ("wrong period", "extends: root\nset:\n  contracts.yearly_budget: 5 CNY per month\n", 3, ["CNY per year"]),
    ("share in money", "extends: root\nset:\n  contracts.price_coverage: 1 CNY\n", 3, ["right unit", "share"]),
    ("per cent of months", "extends: root\nset:\n  contracts.duration: 12%\n", 3, ["right unit", "months"]),
    ("words for a number", "extends: root\nset:\n  contracts.duration: long\n", 3, ["'long'", "not a number"]),
    ("true for a number", "extends: root\nset:\n  contracts.duration: true\n", 3, ["'true'", "6 to 36"]),
    ("yes for a number", "extends: root\nset:\n  contracts.duration: yes\n", 3, ["'yes'", "6 to 36"]),
    ("octal", "extends: root\nset:\n  contracts.duration: 010\n", 3, ["zero", "write 10"]),
    ("hexadecimal", "extends: root\nset:\n  contracts.duration: 0x0C\n", 3, ["'0x0C'", "not a number"]),
    (
        "separators",
        "extends: root\nset:\n  contracts.yearly_budget: 200,000\n",
        3,
        ["write 200000, without separators"],
    ),
    ("underscores", "extends: root\nset:\n  contracts.yearly_budget: 200_000\n", 3, ["write 200000, without"]),
    ("time of day", "extends: root\nset:\n  contracts.duration: 12:30\n", 3, ["'12:30'", "not a number"]),
    ("infinity", "extends: root\nset:\n  contracts.yearly_budget: .inf\n", 3, ["finite"]),
    ("not a number", "extends: root\nset:\n  contracts.yearly_budget: .nan\n", 3, ["finite"]),
    ("overflow", "extends: root\nset:\n  contracts.yearly_budget: 1e999\n", 3, ["finite"]),
    ("endless digits", f"extends: root\nset:\n  contracts.duration: {'1' * 5000}\n", 3, ["digits"]),
    ("no value", "extends: root\nset:\n  contracts.duration:\n", 3, ["has no value"]),
    ("null", "extends: root\nset:\n  contracts.duration: ~\n", 3, ["has no value"]),
    ("list of values", "extends: root\nset:\n  contracts.duration: [12]\n", 3, ["not a list"]),
    ("wrong choice", "extends: root\nset:\n  compliance.penalty: dynamics\n", 3, ["static", "did you mean 'dynamic'"]),
    ("true for a choice", "extends: root\nset:\n  compliance.penalty: true\n", 3, ["one of static, dynamic"]),
    ("choice beyond the last", "extends: root\nset:\n  compliance.penalty: 2\n", 3, ["one of static, dynamic"]),
    ("yes for on", "extends: root\nset:\n  autonomy.dual_management: yes\n", 3, ["one of off, on"]),
    ("kinds of a simple lever", "extends: root\nset:\n  contracts.duration: {service: 12}\n", 3, ["one value"]),
    ("strange kind", "extends: root\nset:\n  fees.price:\n    services: 1\n", 4, ["did you mean 'service'"]),
    ("kind out of range", "extends: root\nset:\n  fees.price:\n    service: 1\n    foundation: 3\n", 5, ["0.5 to 2"]),
    ("no kind", "extends: root\nset:\n  fees.price: {}\n", 3, ["names no kind"]),
    # schedule
    ("schedule without dates", "extends: root\nschedule:\n  contracts.duration: 12\n", 3, ["dates", "under set"]),
    ("schedule of nothing", "extends: root\nschedule:\n  contracts.duration: {}\n", 3, ["dates"]),
    (
        "date before start",
        "extends: root\nschedule:\n  contracts.duration: {2025-12: 12}\n",
        3,
        ["before the start, 2026-01"],
    ),
    (
        "date after the end",
        "extends: root\nschedule:\n  contracts.duration: {2031-01: 12}\n",
        3,
        ["last month, 2030-12"],
    ),
    ("date that is none", "extends: root\nschedule:\n  contracts.duration: {soon: 12}\n", 3, ["'soon'", "2027-01"]),
    ("date with a day", "extends: root\nschedule:\n  contracts.duration: {2027-03-01: 12}\n", 3, ["such as 2027-03"]),
    (
        "dates backwards",
        "extends: root\nschedule:\n  contracts.duration:\n    2028-01: 12\n    2027-01: 24\n",
        5,
        ["2027-01 comes after 2028-01", "forwards"],
    ),
    (
        "date twice",
        "extends: root\nschedule:\n  contracts.duration:\n    2028-01: 12\n    2028-01: 24\n",
        5,
        ["'2028-01'", "twice"],
    ),
    (
        "ramp into the next date",
        "extends: root\nschedule:\n  contracts.duration:\n    2027-01: {to: 24, over: 13 months}\n    2028-01: 12\n",
        5,
        ["2028-01", "begins at 2027-01", "still running"],
    ),
    (
        "ramp of no months",
        "extends: root\nschedule:\n  contracts.duration: {2027-01: {to: 24, over: 0}}\n",
        3,
        ["1 to"],
    ),
    ("ramp backwards", "extends: root\nschedule:\n  contracts.duration: {2027-01: {to: 24, over: -3}}\n", 3, ["1 to"]),
    ("ramp of half months", "extends: root\nschedule:\n  fees.price: {2027-01: {to: 1, over: 2.5}}\n", 3, ["whole"]),
    ("ramp to nowhere", "extends: root\nschedule:\n  contracts.duration: {2027-01: {over: 3}}\n", 3, ["{to: VALUE"]),
    (
        "ramp with a strange word",
        "extends: root\nschedule:\n  contracts.duration: {2027-01: {to: 24, ovr: 3}}\n",
        3,
        ["'ovr'", "did you mean 'over'"],
    ),
    ("step out of range", "extends: root\nschedule:\n  contracts.duration: {2027-01: 60}\n", 3, ["6 to 36 months"]),
    ("start after a parent's date", "extends: dated\nstart: 2028-01\n", 2, ["2027-06", "dated.yaml:3"]),
]


@pytest.mark.parametrize(("text", "line", "fragments"), [case[1:] for case in BAD], ids=[case[0] for case in BAD])
def test_a_mistake_ends_in_one_sentence_with_file_and_line(
    text: str, line: int | None, fragments: list[str], write: Write, space: ParameterSpace
) -> None:
    write("dated.yaml", "extends: root\nschedule:\n  fees.price: {2027-06: 2}\n")
    with pytest.raises(InputError) as caught:
        load(write("my.yaml", text), space)
    error = caught.value
    message = str(error)
    assert error.exit_code == 2
    assert error.line == line
    assert message.startswith("my.yaml:" if line is None else f"my.yaml:{line}: ")
    assert "\n" not in message
    assert len(message) < 300
    for fragment in fragments:
        assert fragment in message


def test_no_mistake_is_told_half_in_english(write: Write, space: ParameterSpace) -> None:
    """Outside quotation marks no two English words stand side by side, once places and names in lists are left out."""
    left = {}
    for name, text, *_ in BAD:
        path = write("mine.yaml", text)
        with pytest.raises(InputError) as caught:
            load(path, space)
        sentence = caught.value.sentence("zh").removeprefix(str(path))
        own = re.sub(r"'[^']*'|“[^”]*”|（[^）]*）|\{[^}]*\}", "", sentence)
        if re.search("[A-Za-z]{2,} [A-Za-z]{2,}", own) or not re.search("[\u4e00-\u9fff]", own):
            left[name] = sentence
    assert left == {}


def test_a_missing_file_is_told_with_the_nearest_name(write: Write, space: ParameterSpace) -> None:
    write("scenarios/longer-contracts.yaml", "extends: root\n")
    with pytest.raises(InputError, match=r"'longer-contract'.*did you mean 'longer-contracts'"):
        load("longer-contract", space)
    with pytest.raises(InputError, match=r"does not exist.*did you mean 'longer-contracts'"):
        load("scenarios/longer-contract.yaml", space)


@pytest.mark.parametrize("name", ["", "  ", "a\0b", "no/such/folder/file.yaml", "x" * 5000])
def test_a_name_that_can_be_no_file_is_told(name: str, write: Write, space: ParameterSpace) -> None:
    with pytest.raises(InputError):
        load(name, space)


def test_a_directory_is_no_scenario(write: Write, space: ParameterSpace) -> None:
    Path("folder.yaml").mkdir()
    with pytest.raises(InputError, match="directory"):
        load("folder.yaml", space)
    with pytest.raises(InputError, match="directory"):
        load(Path(), space)


@pytest.mark.parametrize(
    ("data", "line", "fragment"),
    [
        (b"extends: root\ntitle: \xff\xfe\n", 2, "UTF-8"),
        ("extends: root\ntitle: 合同\n".encode("gbk"), 2, "GBK"),
        (b"extends: root\n\n\0\0\n", 3, "NUL"),
        ("extends: root\n".encode("utf-16"), None, "UTF-16"),
    ],
)
def test_a_file_that_is_no_utf8_text_is_told(
    data: bytes, line: int | None, fragment: str, write: Write, space: ParameterSpace
) -> None:
    Path("my.yaml").write_bytes(data)
    with pytest.raises(InputError, match=fragment) as caught:
        load("my.yaml", space)
    assert caught.value.line == line


def test_a_file_of_50_megabytes_is_refused_at_once(write: Write, space: ParameterSpace) -> None:
    with Path("big.yaml").open("wb") as stream:
        stream.truncate(50_000_000)
    began = time.perf_counter()
    with pytest.raises(InputError, match=r"big\.yaml: is 50\.0 MB long"):
        load("big.yaml", space)
    assert time.perf_counter() - began < 0.5


@pytest.mark.parametrize("opening", ["a: [" * 100_000, "{" * 400_000, "a: " + "x " * 400_000, "? " * 400_000])
def test_a_hostile_file_below_the_limit_takes_seconds_not_hours(
    opening: str, write: Write, space: ParameterSpace
) -> None:
    began = time.perf_counter()
    with pytest.raises(InputError):
        load_text(opening, space)
    assert time.perf_counter() - began < 20


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes here")
def test_a_named_pipe_is_not_waited_for(write: Write, space: ParameterSpace) -> None:
    os.mkfifo("pipe.yaml")
    with pytest.raises(InputError, match="not an ordinary file"):
        load("pipe.yaml", space)


def test_a_broken_link_does_not_exist(write: Write, space: ParameterSpace) -> None:
    Path("link.yaml").symlink_to("nowhere.yaml")
    with pytest.raises(InputError, match="does not exist"):
        load("link.yaml", space)


def test_an_unreadable_file_is_told(write: Write, space: ParameterSpace, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", refuse)  # a mode of 000 would not stop the root user of a container
    with pytest.raises(InputError, match=r"root\.yaml: cannot be read: Permission denied"):
        load("root.yaml", space)


def test_parents_in_a_loop_are_named(write: Write, space: ParameterSpace) -> None:
    write("a.yaml", "extends: b\n")
    write("b.yaml", "extends: c\n")
    write("c.yaml", "\nextends: b\n")
    with pytest.raises(InputError, match=r"c\.yaml:2: .*loop: b → c → b"):
        load("a", space)


def test_a_lineage_of_more_than_20_is_refused(write: Write, space: ParameterSpace) -> None:
    write("s1.yaml", "extends: root\n")
    for generation in range(2, 22):
        write(f"s{generation}.yaml", f"extends: s{generation - 1}\n")
    assert len(load("s19", space).lineage) == 20
    with pytest.raises(InputError, match="more than 20"):
        load("s20", space)


def test_a_mistake_in_a_parent_names_the_parent(write: Write, space: ParameterSpace) -> None:
    write("root.yaml", "start: 2026-01\nset:\n  contracts.duration: 100\n")
    with pytest.raises(InputError, match=r"^root\.yaml:3: "):
        load(write("my.yaml", "extends: root\n"), space)
