"""The report as blocks: the sentences of screen and terminal, whole, in one language, counted as documents count."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from orgsim.core.parameters import Text
from orgsim.ensembles import Comparison
from orgsim.ensembles import compare as run_and_compare
from orgsim.errors import InputError
from orgsim.report.amounts import amount
from orgsim.report.blocks import Block, Code, Document, Heading, Paragraph, Picture, Points, Table, numbered
from orgsim.report.changes import change_row
from orgsim.report.document import document
from orgsim.report.findings import caveat, findings, headline
from orgsim.report.lettering import letters
from orgsim.report.manifest import command, read_sources
from orgsim.report.report_file import KINDS, excuse, kinds_of
from orgsim.report.tables import HEADLINES
from orgsim.scenarios import Change
from orgsim.scenarios.load import default_space

DAY = date(2026, 11, 25)
LANGUAGES = pytest.mark.parametrize("language", ["en", "zh"])


def words(block: Block) -> list[str]:
    """Every text of a block."""
    match block:
        case Points(items):
            return list(items)
        case Table():
            return [block.caption, *block.headers, *(cell for row in block.rows for cell in row)]
        case Picture():
            return [block.caption, block.alternative]
    return [block.text]


def said(report: Document) -> list[str]:
    return [report.title, report.subtitle, *(text for block in report.blocks for text in words(block))]


def tables(report: Document) -> list[Table]:
    return [block for block in report.blocks if isinstance(block, Table)]


@LANGUAGES
def test_every_sentence_of_the_terminal_is_in_the_report_once(
    reports: dict[str, Document], simulated: Comparison, language: str
) -> None:
    told = said(reports[language])
    assert [told.count(one.text) for one in findings(simulated, language)] == [1] * (len(HEADLINES) + 2)
    assert headline(simulated, language) in told
    assert caveat(simulated, language) in told


def test_only_what_is_changed_is_in_the_first_table(reports: dict[str, Document]) -> None:
    rows = tables(reports["zh"])[0].rows
    assert [row[:4] for row in rows] == [
        ("合同期限", "12 个月", "36 个月", "2026-01"),
        ("拨付延迟", "3 个月", "0 个月", "2026-01"),
        ("岗位补贴", "0 元/月", "500 元/月（6 个月内逐步）", "2026-07"),
    ]


def test_a_register_is_named_without_its_folder(simulated: Comparison, tmp_path: Path) -> None:
    change = Change("population.register", None, "none", str(tmp_path / "district.csv"), "file", "always")
    space = simulated.baseline.table.space
    assert change_row(change, space, "zh") == ("登记册", "无", "district.csv", "期初", "")


def test_the_annex_has_every_lever_and_marks_what_changes_later(reports: dict[str, Document]) -> None:
    rows = {row[0]: row[1:] for row in tables(reports["en"])[-1].rows}
    assert len(rows) == sum(parameter.role == "lever" for parameter in default_space().values())
    assert rows["Wage subsidy per post"] == ("0 CNY a month", "0 CNY a month*")


def test_the_report_says_how_to_get_its_numbers_again(reports: dict[str, Document], simulated: Comparison) -> None:
    typed = [block.text for block in reports["en"].blocks if isinstance(block, Code)]
    assert typed[0] == command(simulated, read_sources([run.scenario for run in simulated.runs]))
    assert typed[-1] == Path(simulated.others[0].scenario.file).read_text(encoding="utf-8").strip()
    told = " ".join(said(reports["en"]))
    assert all(run.scenario.fingerprint() in told for run in simulated.runs)


def test_a_chinese_report_has_no_english_word_but_names_and_references(reports: dict[str, Document]) -> None:
    report = reports["zh"]
    typed = {text for block in report.blocks if isinstance(block, Code) for text in words(block)}
    cited = {text for block in report.blocks if isinstance(block, Points) for text in block.items if "(2" in text}
    told = " ".join(text for text in said(report) if text not in typed | cited)
    without_hashes = re.sub(r"[0-9a-f]{32}", "", told)
    assert set(re.findall(r"[A-Za-z]{2,}", without_hashes)) == {"orgsim", "Fieller", "uncertainty"}


@LANGUAGES
def test_the_shipped_font_has_every_character_of_the_report(reports: dict[str, Document], language: str) -> None:
    assert {character for text in said(reports[language]) for character in text} - {"\n"} <= letters()


@LANGUAGES
def test_every_value_of_every_parameter_can_be_written(language: str) -> None:
    for parameter in default_space().values():
        for value in parameter.values:
            assert amount(parameter, value, language)


def test_values_are_written_in_units_of_everyday_use() -> None:
    space = default_space()
    written = [
        amount(space[name], value, language)
        for name, value, language in (
            ("contracts.yearly_budget", 120e6, "zh"),
            ("supervision.inspection_rate", 0.1, "en"),
            ("subsidy.minimum_rating", 3.0, "zh"),
            ("subsidy.minimum_rating", 0.0, "zh"),
            ("compliance.penalty", 1.0, "en"),
        )
    ]
    assert written == ["12,000 万元/年", "10% a year", "3A", "不设门槛", "rises with the share in breach"]


def test_sections_are_counted_as_documents_of_each_language_do() -> None:
    blocks = [Heading("a"), Heading("b", 2), Heading("c"), Heading("d", 2), Heading("e", 2), Heading("f", annex=True)]
    for language, titles in (
        ("zh", ["一、a", "（一）b", "二、c", "（一）d", "（二）e", "附件1　f"]),
        ("en", ["1. a", "1.1 b", "2. c", "2.1 d", "2.2 e", "Annex 1: f"]),
    ):
        assert [words(block)[0] for block in numbered(blocks, language)] == titles


@pytest.mark.parametrize(("number", "word"), [(10, "十"), (11, "十一"), (20, "二十"), (21, "二十一")])
def test_many_sections_are_counted_in_chinese(number: int, word: str) -> None:
    *_, last = numbered([Heading("")] * number, "zh")
    assert words(last) == [f"{word}、"]


def test_a_table_is_as_wide_as_the_page_and_its_rows_as_its_header(reports: dict[str, Document]) -> None:
    for table in tables(reports["en"]):
        assert sum(table.widths) == pytest.approx(1.0)
        assert {len(row) for row in table.rows} == {len(table.headers)} == {len(table.widths)}


def test_every_picture_says_what_it_shows(reports: dict[str, Document]) -> None:
    pictures = [block for block in reports["en"].blocks if isinstance(block, Picture)]
    assert [one.caption.partition(". ")[0] for one in pictures] == ["Figure 1", "Figure 2"]
    assert all(one.caption.partition(". ")[2] in one.alternative for one in pictures)


def test_a_single_run_has_a_report_too(simulated: Comparison) -> None:
    report = document(Comparison(simulated.baseline, ()), "zh", made=DAY)
    assert report.title == "“小区”政策模拟报告"
    assert not any("改变" in text for text in said(report))
    assert len(tables(report)[0].rows) == len(HEADLINES)


def test_what_is_not_reached_is_said_and_not_shown_as_a_number(once: Comparison) -> None:
    report = document(once, "en", made=DAY)
    assert "nan" not in " ".join(said(report)).lower()
    groups = next(table for table in tables(report) if "by kind and size" in table.caption)
    assert groups.headers[1:] == ("Staff still in post after twelve months", "Public cost")


def test_several_scenarios_each_have_their_part(simulated: Comparison) -> None:
    other = replace(
        simulated.others[0], scenario=replace(simulated.others[0].scenario, name="again", title=Text(en="A", zh="甲"))
    )
    report = document(Comparison(simulated.baseline, (*simulated.others, other)), "zh", made=DAY)
    assert report.title == "“按时拨付”、“甲”政策模拟报告"
    parts = [block.text for block in report.blocks if isinstance(block, Heading) and block.level == 2]
    assert parts[:2] == ["（一）“按时拨付”与“小区”对照", "（二）“甲”与“小区”对照"]


def test_under_several_parameter_sets_the_report_says_whose_the_doubt_is(scenario_files: tuple[Path, Path]) -> None:
    comparison = run_and_compare(*scenario_files, replications=2, months=14, uncertainty=2)
    report = document(comparison, "zh", made=DAY)
    table = next(table for table in tables(report) if "方差" in table.caption)
    assert table.rows
    for _, parameters, chance in table.rows:
        assert float(parameters.rstrip("%")) + float(chance.rstrip("%")) == pytest.approx(100.0, abs=1.01)
    assert any(isinstance(block, Paragraph) and "参数组" in block.text for block in report.blocks)
    assert not any("只反映偶然" in text for text in said(report))


def test_kinds_of_report_are_named_or_refused_with_the_nearest() -> None:
    assert kinds_of("PDF, docx,pdf") == ("pdf", "docx")
    assert kinds_of("") == ()
    with pytest.raises(InputError, match="'doc' – did you mean 'docx'"):
        kinds_of("doc")


@pytest.mark.parametrize("kind", KINDS)
def test_there_is_a_page_that_says_that_there_is_no_report(kind: str) -> None:
    start = {"docx": b"PK", "pdf": b"%PDF", "html": b"<!doctype html>"}[kind]
    assert excuse(kind, "zh").startswith(start)
