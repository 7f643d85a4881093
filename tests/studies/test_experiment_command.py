"""`orgsim experiment`: what each verb says, in both languages, and what it refuses."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import duckdb
import pandas as pd
import pytest
from typer.testing import CliRunner, Result

from orgsim.cli import main as entry
from orgsim.studies import Store
from tests.studies.conftest import STUDY, write_study

Command = Callable[..., Result]


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the study experiments/terms, run."""
    folder = tmp_path_factory.mktemp("place")
    write_study(folder / "experiments" / "terms")
    write_study(folder / "experiments" / "huge", STUDY.replace("replications: 3", "replications: 1300"))
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        result = CliRunner().invoke(entry.app, ["experiment", "run", "terms"])
    assert result.exit_code == 0, result.output
    (folder / "said.txt").write_text(result.output, encoding="utf-8")
    return folder


@pytest.fixture
def command(place: Path, monkeypatch: pytest.MonkeyPatch) -> Command:
    """Runs `orgsim experiment …` in that folder."""
    monkeypatch.chdir(place)
    return lambda *arguments: CliRunner().invoke(entry.app, ["experiment", *arguments])


def test_run_says_before_what_it_will_run_and_after_what_is_there(place: Path) -> None:
    said = (place / "said.txt").read_text(encoding="utf-8")
    assert "4 points × 2 scenarios × 3 replications = 24 rows" in said
    assert "To run: 24 runs of 6 months, about" in said
    assert "24 of 24 runs are there: 24 made now, 0 reused." in said


def test_plan_writes_nothing(command: Command, place: Path) -> None:
    before = sorted(place.rglob("*"))
    result = command("plan", "terms", "--lang", "zh")
    assert result.exit_code == 0
    assert "4 个点 × 2 个情景 × 3 次重复 = 24 行" in result.output
    assert "复用：已有 24 次运行" in result.output
    assert sorted(place.rglob("*")) == before


def test_plan_says_where_a_factor_takes_the_place_of_a_scenario(command: Command, place: Path) -> None:
    text = STUDY.replace("contracts.payment_delay: [0 months, 6 months]", "contracts.duration: [12 months, 24 months]")
    write_study(place / "experiments" / "length", text)
    assert "longer sets contracts.duration itself; here the factor's values" in command("plan", "length").output


def test_a_study_above_its_limit_is_planned_but_not_run(command: Command, place: Path) -> None:
    assert "10,400 rows are more than its max_runs, 10,000" in command("plan", "huge").output
    result = command("run", "huge")
    assert getattr(result.exception, "exit_code", None) == 2
    assert "say --yes" in str(result.exception)
    assert not (place / "results" / "huge").exists()


def test_status_is_told_in_words_and_as_json(command: Command) -> None:
    assert "terms: complete; 24 of 24 runs done, 0 failed, 0 left" in command("status", "terms").output
    assert "已完成" in command("status", "terms", "--lang", "zh").output
    told = json.loads(command("status", "results/terms", "--json").output)
    assert (told["state"], told["done"], told["left"]) == ("complete", 24, 0)


@pytest.mark.parametrize("verb", ["results", "status"])
def test_whoever_reads_a_study_does_not_wait_for_the_compiler(place: Path, verb: str) -> None:
    code = (
        "import sys; from orgsim.cli import main\n"
        f"try: main.app(['experiment', {verb!r}, 'terms'])\n"
        "except SystemExit as end: print(end.code, *{'numba', 'matplotlib'} & set(sys.modules))"
    )
    told = subprocess.run([sys.executable, "-c", code], cwd=place, capture_output=True, check=True, text=True).stdout
    assert told.splitlines()[-1].strip() == "0"


def test_results_are_means_with_paired_differences(command: Command) -> None:
    said = command("results", "terms", "--outcome", "public_cost").output
    assert said.count("Public cost") == 8
    rows = pd.DataFrame(json.loads(command("results", "terms", "--json").output))
    table = pd.read_parquet(Store(Path("results/terms")).folder / "results.parquet")
    at = table.query("point == 1").pivot(index="replication", columns="scenario", values="public_cost")
    told = rows.query("point == 1 and outcome == 'public_cost'").set_index("scenario")
    assert told.loc["tiny", "value"] == pytest.approx(at["tiny"].mean(), rel=1e-12)
    assert told.loc["longer", "difference"] == pytest.approx((at["longer"] - at["tiny"]).mean(), rel=1e-9)
    assert told.loc["tiny", "difference"] is None or pd.isna(told.loc["tiny", "difference"])


@pytest.mark.parametrize("form", ["csv", "parquet", "duckdb"])
def test_export_gives_the_table_to_other_programs(command: Command, tmp_path: Path, form: str) -> None:
    file = tmp_path / f"out.{form}"
    assert command("export", "terms", form, "--out", str(file)).exit_code == 0
    if form == "duckdb":
        with duckdb.connect(str(file), read_only=True) as connection:
            count = connection.execute("SELECT count(*) FROM results").fetchall()
            sums = connection.execute("SELECT count(*) FROM series").fetchall()
            assert (count, sums) == ([(24,)], [(24 * 2 * 7,)])
        return
    table = pd.read_csv(file) if form == "csv" else pd.read_parquet(file)
    expected = pd.read_parquet("results/terms/results.parquet")
    assert table["run"].tolist() == expected["run"].tolist()
    assert table["annual_turnover"].tolist() == expected["annual_turnover"].tolist()
    assert [entry.name for entry in tmp_path.iterdir()] == [file.name]


def test_the_parts_can_be_read_in_one_line_without_orgsim(command: Command) -> None:
    assert command("status", "terms").exit_code == 0
    counted = duckdb.sql("SELECT count(*), count(DISTINCT run) FROM 'results/terms/parts/*.parquet'").fetchall()
    assert counted == [(24, 24)]
    assert len(pd.read_parquet("results/terms/parts")) == 24


def test_verify_and_reproduce_agree_to_the_last_bit(command: Command) -> None:
    result = command("verify", "terms", "--sample", "2")
    assert result.exit_code == 0
    assert "24 rows hold what was written; 2 of 2 made again agree to the last bit" in result.output
    assert "all 4 outcomes agree to the last bit" in command("reproduce", "terms", "5").output
    assert "逐位相同" in command("reproduce", "terms", "5", "--lang", "zh").output


def test_verify_fails_where_a_part_was_cut(command: Command, place: Path) -> None:
    write_study(place / "experiments" / "cut", STUDY.replace("replications: 3", "replications: 1"))
    assert command("run", "cut", "--quiet").exit_code == 0
    part = Store(Path("results/cut")).parts()[0].path
    part.write_bytes(part.read_bytes()[:-1])
    result = command("verify", "cut")
    assert result.exit_code == 1
    assert f"{part}: cut or altered; put aside" in result.output
    assert "orgsim experiment run results/cut" in result.output
    assert command("run", "results/cut", "--quiet").exit_code == 0  # a store is enough to go on
    assert command("verify", "cut").exit_code == 0


def test_retry_without_failures_changes_nothing(command: Command) -> None:
    assert "24 reused" in command("retry", "terms").output
    assert "no run has failed" in command("results", "terms", "--failed").output


def test_the_short_name_is_the_same_command(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(place)
    assert CliRunner().invoke(entry.app, ["exp", "status", "terms"]).exit_code == 0


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("run", "termz"), "did you mean 'terms'"),
        (("status", "huge"), "has not been run yet"),
        (("run", "terms", "--extend", "months=3"), "--extend takes replications=NUMBER or n=NUMBER"),
        (("run", "terms", "--extend", "replications"), "--extend takes replications=NUMBER or n=NUMBER"),
        (("run", "terms", "--workers", "0"), "--workers is a whole number from 1"),
        (("run", "terms", "--store", "experiments"), "which is no study's"),
        (("run", "terms", "--store", "said.txt"), "is a file; a store is a folder"),
        (("run", "results/terms", "--store", "elsewhere"), "is a store itself"),
        (("results", "terms", "--outcome", "public_costs"), "did you mean 'public_cost'"),
        (("reproduce", "terms", "99"), "there is no row 99"),
    ],
)
def test_bad_input_gets_one_sentence(command: Command, arguments: tuple[str, ...], words: str) -> None:
    result = command(*arguments)
    assert words in str(result.exception), result.output
    assert "\n" not in str(result.exception)
    assert getattr(result.exception, "exit_code", None) == 2


WRONG = {
    "a parameter that is not there": ("factors: {contracts.durations: [12]}\n", "did you mean 'contracts.duration'"),
    "a value outside its range": ("factors: {contracts.duration: [12, 99]}\n", "'99' is outside its range, 6 to 36"),
    "a range beyond the legal one": ("factors: {contracts.duration: {low: 1, high: 12}}\n", "outside its range"),
    "no value of a factor": ("factors: {contracts.duration: []}\n", "has no value to take"),
    "no point of a list": ("design: {kind: list, points: []}\n", "points takes a list"),
    "no point of a sample": (
        "factors: {contracts.payment_delay: [1]}\ndesign: {kind: sobol, n: 0}\n",
        "n takes a whole number from 2",
    ),
    "no level of a range": ("design: {kind: grid, levels: 0}\n", "levels takes a whole number from 2"),
    "a range that nobody cuts": (
        "factors: {contracts.duration: {low: 6, high: 9}}\n",
        "counts the levels of its ranges",
    ),
    "an outcome that is not there": ("outcomes: [happiness]\n", "there is no outcome 'happiness'"),
    "a list beside factors": (
        "factors: {contracts.payment_delay: [1]}\ndesign: {kind: list}\n",
        "names its values under points",
    ),
}


@pytest.mark.parametrize("wrong", WRONG)
@pytest.mark.parametrize("verb", ["plan", "run"])
def test_a_wrong_study_is_one_sentence_with_its_place_in_both_languages_and_writes_nothing(
    place: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], wrong: str, verb: str
) -> None:
    text, words = WRONG[wrong]
    monkeypatch.chdir(place)
    Path("wrong.yaml").write_text(f"scenarios: [experiments/terms/tiny.yaml]\n{text}", encoding="utf-8")
    before = sorted(place.rglob("*"))
    for language in ("en", "zh"):
        monkeypatch.setattr("sys.argv", ["orgsim", "experiment", verb, "wrong.yaml", "--lang", language])
        with pytest.raises(SystemExit) as ended:
            entry.main()
        said = capsys.readouterr()
        assert ended.value.code == 2
        assert said.out == ""
        assert len(said.err.strip().splitlines()) == 1
        assert "wrong.yaml:" in said.err
        if language == "en":
            assert words in said.err
        else:
            assert re.search("[\u4e00-\u9fff]", said.err)
    assert sorted(place.rglob("*")) == before


@pytest.mark.parametrize(
    ("change", "code", "english", "chinese"),
    [
        ({"store": 99}, 2, "was made by another version of orgsim", "由另一版本的 orgsim"),
        ({"fingerprints": {}}, 2, "was made by another study", "另一研究"),
        ({"code": "0" * 32}, 4, "the model's code is another", "代码"),
    ],
)
def test_a_store_of_another_study_or_version_is_refused_in_both_languages(
    place: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str],
    change: dict[str, object], code: int, english: str, chinese: str,
) -> None:  # fmt: skip
    monkeypatch.chdir(place)
    store = tmp_path / "store"
    shutil.copytree("results/terms", store)
    told = json.loads((store / "manifest.json").read_text(encoding="utf-8"))
    (store / "manifest.json").write_text(json.dumps(told | change), encoding="utf-8")
    before = {path: path.stat().st_mtime_ns for path in sorted(store.rglob("*")) if path.name != "lock"}
    for language, words in (("en", english), ("zh", chinese)):
        arguments = ["run", "terms", "--store", str(store), "--quiet", "--lang", language]
        monkeypatch.setattr("sys.argv", ["orgsim", "experiment", *arguments])
        with pytest.raises(SystemExit) as ended:
            entry.main()
        assert ended.value.code == code
        assert words in capsys.readouterr().err
    assert {path: path.stat().st_mtime_ns for path in sorted(store.rglob("*")) if path.name != "lock"} == before


def test_stores_are_taken_together_joined_and_compared(command: Command, tmp_path: Path) -> None:
    for shard in ("1/2", "2/2"):
        own = tmp_path / f"shard-{shard[0]}"
        result = command("run", "terms", "--shard", shard, "--store", str(own), "--workers", "1")
        assert result.exit_code == 0, result.output
        assert f"Shard {shard.replace('/', '-of-')}: 12 of 12 runs are there" in result.output
        assert "The other shards have not ended yet" in result.output
    together = str(tmp_path / "together")
    result = command("adopt", "terms", str(tmp_path / "shard-1"), str(tmp_path / "shard-2"), "--store", together)
    assert result.output.count("12 rows taken, 0 were here before") == 2
    assert "are 1 now" in command("compact", together).output
    result = command("diff", "terms", together)
    assert (result.exit_code, result.output) == (0, "24 of 24 rows that both have agree to the last bit\n")
    half = command("diff", "terms", str(tmp_path / "shard-1"), "--json")
    told = json.loads(half.output)
    assert (half.exit_code, told["both"], told["same"], told["only_first"]) == (1, 12, 12, 12)
    assert "双方共有 24 行" in command("diff", "terms", together, "--lang", "zh").output
