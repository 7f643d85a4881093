"""Every sentence that says what is wrong exists in Chinese, and says the same there."""

from __future__ import annotations

import re
from pathlib import Path
from string import Formatter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orgsim.errors import HINT, InputError, MachineError, OrgsimError, in_chinese, templates, unit_name
from orgsim.mechanisms import space
from orgsim.outcomes.catalogue import OUTCOMES
from orgsim.scenarios import load
from orgsim.scenarios.read import _PLAINLY
from orgsim.schedule import model
from orgsim.studies import load_study
from tests.core.sentences import said, with_chinese

PASSED_ON = {
    ("dashboard/district.py", "address[:80]"),
    ("dashboard/policy.py", "piece"),
    ("dashboard/state.py", "parent"),
    ("src/orgsim/cli/experiment/running.py", "_over(size, lang)"),
    ("src/orgsim/report/claims/__init__.py", "f\"{name}: {where}: {first['msg']}\".replace(': : ', ': ')"),
    ("src/orgsim/report/folder.py", "refused(error, target)"),
    ("src/orgsim/scenarios/nodes.py", "message"),
    ("src/orgsim/scenarios/read.py", "message"),
    ("src/orgsim/studies/document.py", "error.problem"),
    ("src/orgsim/studies/exporting.py", "refused(error, file)"),
    ("src/orgsim/studies/layout.py", "refused(error, folder / LOCK)"),
    ("src/orgsim/studies/store.py", "refused(error, file)"),
}
"""Raise sites whose words come from elsewhere: a part of a link, what another raise site says, or both languages."""
LIBRARY = (
    "No such option: {name}{hint}", " (Possible options: {list})", "No such command '{name}'",
    "No such command '{name}'. Did you mean {list}?", "Missing command", "Missing argument '{name}'",
    "Missing option '{name}'", "Option '{name}' requires an argument", "Option '{name}' does not take a value",
    "Got unexpected extra argument(s) ({list})", "Invalid value for '{name}': {problem}",
    "Invalid value for '{name}' (env var: '{variable}'): {problem}",
    "Input should be a valid integer, unable to parse string as an integer",
    "Input should be a valid number, unable to parse string as a number",
    "Input should be greater than or equal to {least}", "Value error, '{value}' is not one of {list}",
)  # fmt: skip
"""What the library of the command line says of wrong usage."""
FROM_ELSEWHERE = {
    *(ours.replace("{", "{{") for _, ours in _PLAINLY),
    *LIBRARY, "a number of months", "a number of years", "seed", "replication",
    "the seed", "scenario", "study", "a study", "outcome", "stratum",
    "there is no monthly sum {name}{hint}", "{low} and {high}",
    "{low} to {high} months", "{low} to {high} years", "a scenario", "a change of {name}", "set or schedule",
    "a whole number from {low} to {high}", "whole months from {low} to {high}", "{name} has",
    "{text} is not a number; write {wanted}", "{text} is not a number here; write {digits}, without separators",
    "{what} from {span}", " to {where}",
    "a number of months from {low} to {high}", "a number of years from {low} to {high}",
    "a number ({unit}) from {low} to {high}", "{name}: {text} means {value} and is outside its range, {range}",
    "Permission denied", "Is a directory", "Not a directory", "No such file or directory", "No space left on device",
    "File name too long", "Address already in use", "Input/output error",
}  # fmt: skip
"""Parts of sentences that no single module shows: arguments, units, tables, words of the system."""


def blank(template: str) -> str:
    return "".join(words + ("{}" if name is not None else "") for words, name, _, _ in Formatter().parse(template))


def fields(template: str) -> list[str]:
    return [name for _, name, _, _ in Formatter().parse(template) if name is not None]


def filled(template: str) -> dict[str, str]:
    """A value for each field that can be told from the others."""
    return {name: "" if name == HINT else str(7000 + place) for place, name in enumerate(fields(template))}


def test_no_raise_site_is_without_chinese() -> None:
    known = {blank(one) for each in templates() for one in (each, each.replace(f"{{{HINT}}}", ""))}
    words = {one.text: one.place for one in said() if one.text and re.search("[A-Za-z]", one.text.replace("{}", ""))}
    assert {text: place for text, place in words.items() if text not in known and not _a_name(text)} == {}


def _a_name(text: str) -> bool:
    """Whether it is the same in both languages: a date, a code, a size."""
    return re.fullmatch(r"\{\} MB|U\+\{\}", text) is not None


def test_a_raise_site_that_brings_its_own_chinese_fills_in_as_much() -> None:
    assert {place for place, english, chinese in with_chinese() if english != chinese} == set()
    assert with_chinese()


def test_words_that_come_from_elsewhere_are_known() -> None:
    found = {(one.place.rpartition(":")[0], one.expression) for one in said() if one.text is None}
    assert found == PASSED_ON


def test_no_template_is_left_that_nobody_says() -> None:
    said_somewhere = {one.text for one in said()}
    assert {one for one in templates() if blank(one) not in said_somewhere} - FROM_ELSEWHERE == set()


def test_both_languages_have_the_same_fields() -> None:
    assert {one for one, chinese in templates().items() if sorted(fields(one)) != sorted(fields(chinese))} == set()


def test_no_chinese_is_english() -> None:
    same = {one for one, chinese in templates().items() if not re.search("[\u4e00-\u9fff，：；？（]", chinese)}
    assert same == {" to {where}"}


def test_every_sentence_is_told_by_its_own_template() -> None:
    told = {one: in_chinese(one.format(**filled(one))) for one in templates()}
    meant = {one: chinese.format(**filled(one)) for one, chinese in templates().items()}
    assert {one: text for one, text in told.items() if text.replace(" ", "") != meant[one].replace(" ", "")} == {}


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (
            "extends: baseline\nset:\n  contracts.duration: 99\n",
            "mine.yaml:3: contracts.duration：'99' 超出范围，范围为 6 至 36 个月",
        ),
        (
            "extends: baseline\nset:\n  contracts.duratoin: 9\n",
            "mine.yaml:3: 没有政策杠杆 'contracts.duratoin'，是否应为“contracts.duration”？",
        ),
        (
            "extends: basline\n",
            "mine.yaml:1: 没有可继承的情景 'basline'：同一文件夹和随附情景中都没有，是否应为“baseline”？",
        ),
        (
            "extends: baseline\nset:\n  contracts.duration: two\n",
            "mine.yaml:3: contracts.duration：'two' 不是数字；请写月数",
        ),
        (
            "extends: baseline\nset:\n  contracts.duration:\n",
            "mine.yaml:3: contracts.duration 没有值；应为介于 6 与 36 之间的月数",
        ),
        ("extends: baseline\nmonths: 0\n", "mine.yaml:2: months 应为介于 1 与 600 之间的整月数，而不是 '0'"),
        ("extends: baseline\nset: {a\n", "mine.yaml:2: “{”没有闭合，或缺少“,”"),
        (
            "extends： baseline\n",
            "mine.yaml:1: 这是文本，而情景文件应为键和值，如“extends: baseline”；是否误用了全角“：”而不是“: ”？",
        ),
        ("extends: baseline\npopulation: {register: no.csv}\n", "没有登记册"),
        ("start: 2026-13\n", "mine.yaml:1: start：“2026-13”不是年月：月份为 01 至 12"),
        (
            "extends: baseline\nset:\n  compliance.penalty: dynamics\n",
            "compliance.penalty 应为 static, dynamic 之一，而不是 'dynamics'，是否应为“dynamic”？",
        ),
        (
            "extends: baseline\nset:\n  contracts.yearly_budget: []\n",
            "contracts.yearly_budget 应为介于 0 与 2000000000 之间的数字（元/年），而不是列表",
        ),
        (
            "extends: baseline\nset:\n  contracts.yearly_budget: 1e99\n",
            "mine.yaml:3: contracts.yearly_budget：'1e99'（即 1e+99）超出范围，范围为 0 至 2000000000（元/年）",
        ),
    ],
)
def test_a_mistake_in_a_scenario_is_told_in_chinese(text: str, sentence: str, tmp_path: Path, monkeypatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("mine.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(InputError) as caught:
        load("mine.yaml")
    assert sentence in caught.value.sentence("zh")
    assert caught.value.sentence("en") == str(caught.value)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("- a\n", "s.yaml:1: 这是列表，而研究文件应为键和值，如“replications: 16”"),
        ("desing: {}\n", "s.yaml:1: 研究没有键 'desing'，是否应为“design”？"),
        ("strata: [al]\n", "s.yaml:1: 没有分组 'al'，是否应为“all”？"),
        ("series: [zzz]\n", "s.yaml:1: 没有月度合计 'zzz'（有 "),
        ("design: {kind: sobol, levels: 4}\n", "s.yaml:1: sobol 设计的选项为 n 和 second_order，而不是 levels"),
        ("design: {kind: list}\n", "list 设计须有 points，如 points: [{contracts.duration: 36}]"),
        ("factors: {contracts.duration: {low: 30, high: 12}}\n", "contracts.duration：low（30）并不小于 high（12）"),
    ],
)
def test_a_mistake_in_a_study_is_told_in_chinese(text: str, sentence: str, tmp_path: Path, monkeypatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("s.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(InputError) as caught:
        load_study(Path("s.yaml"))
    assert sentence in caught.value.sentence("zh")


def test_a_persons_own_words_stay_as_they_are() -> None:
    own = "'5 to 9 (the seed)'"
    assert in_chinese(f"{own} is no kind of organization (a, b)") == f"“{own[1:-1]}”不是组织类型（a, b）"


def test_a_sentence_that_is_in_no_table_stays_english_with_its_hint_in_chinese() -> None:
    assert in_chinese("quite unheard of") == "quite unheard of"
    assert in_chinese("quite unheard of – did you mean 'x'?") == "quite unheard of，是否应为“x”？"


def test_a_unit_is_told_in_chinese_in_its_own_place_only() -> None:
    assert in_chinese("a number (share per year) from 0 to 1") == "介于 0 与 1 之间的数字（比例/年）"
    assert in_chinese("share") == "share"


def test_every_unit_of_a_value_a_column_and_an_outcome_has_a_chinese_name() -> None:
    units = {parameter.unit for parameter in space().values()} | {outcome.unit for outcome in OUTCOMES}
    units |= {column.unit for columns in model().columns.values() for column in columns.values()}
    silent = {"A", "code", "row", "yes or no"}
    assert {one for one in units - silent if not re.search("[\u4e00-\u9fff]", unit_name(one, "zh"))} == set()


def test_an_error_of_the_machine_is_told_in_chinese() -> None:
    error = MachineError("no permission to write /srv/x; have it made writable, or choose another place")
    assert error.sentence("zh") == "没有写入 /srv/x 的权限；请取得写入权限，或另选位置"


@given(st.text(max_size=200))
def test_any_words_end_in_a_sentence(text: str) -> None:
    for error in (OrgsimError(text), InputError(text, file="a.yaml", line=3)):
        assert error.sentence("en") == str(error)
        assert error.sentence("zh").startswith("" if type(error) is OrgsimError else "a.yaml:3: ")
