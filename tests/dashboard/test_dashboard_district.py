"""A district of one's own behind the page: what is proposed, written, read back and compared; no page is drawn."""

from __future__ import annotations

import io
import tomllib
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard import runs
from dashboard.district import (
    FILE,
    MOST_BYTES,
    TODAY_FILE,
    District,
    Upload,
    district_of,
    file_name,
    proposed,
    read_upload,
    sums_of,
    typed,
    uploaded,
)
from dashboard.levers import SUMS, comparable, levers, named
from dashboard.opening import opened, opened_files
from dashboard.parts import files
from dashboard.policy import Policy, plan_of, standing
from orgsim.ensembles import compare
from orgsim.errors import InputError
from orgsim.report.charts import finding, survival_chart
from orgsim.scenarios import load, load_text, resolve, shipped_folder
from orgsim.scenarios.registers import usual_purchase

EXAMPLE = shipped_folder() / "registers" / "example-district.csv"
COUNTS = (6, 5, 5, 1, 3)
ONE_FOUNDATION = b"start: 2026-01\npopulation: {organizations: {foundation: 1}}\n"


@pytest.fixture(scope="module")
def upload() -> Upload:
    return read_upload("本区 2026.csv", EXAMPLE.read_bytes())


@pytest.fixture(scope="module")
def districts(upload: Upload) -> dict[str, District]:
    return {"typed": typed(2, COUNTS, 1_500_000.0), "register": uploaded(upload, 7_500_000.0)}


@pytest.fixture(params=["typed", "register"])
def district(request: pytest.FixtureRequest, districts: dict[str, District]) -> District:
    return districts[request.param]


def put(folder: Path, files: dict[str, bytes]) -> None:
    for name, content in files.items():
        (folder / name).write_bytes(content)


@pytest.mark.parametrize("parent", ["baseline", "balanced-package", "austerity-shock", "uk-mix", "funding-and-policy"])
def test_the_files_taken_away_are_what_the_page_simulates(parent: str, district: District, tmp_path: Path) -> None:
    policy = Policy(
        parent,
        {**standing(parent), "pay.wage_subsidy": 450.0},
        steps=plan_of("contracts.duration@6=30~12"),
        assumptions={("contracts.late_share", None): 0.5},
    ).within(district)
    put(tmp_path, policy.files())
    for file, shown in ((FILE, policy.scenario()), (TODAY_FILE, policy.today())):
        read = load(tmp_path / file)
        assert resolve(read).fingerprint() == resolve(shown).fingerprint()
        assert (read.population.funders, read.population.organizations) == (
            shown.population.funders,
            shown.population.organizations,
        )
        registers = [one.population.register for one in (read, shown)]
        assert len({one and one.fingerprint for one in registers}) == 1


def test_the_command_line_gives_the_numbers_of_the_page(district: District, tmp_path: Path) -> None:
    policy = Policy("pay-support", standing("pay-support")).within(district)
    put(tmp_path, policy.files())
    page = compare(policy.today(), policy.scenario(), replications=2, months=24)
    command = compare(tmp_path / TODAY_FILE, tmp_path / FILE, replications=2, months=24)
    assert page.table.equals(command.table)


@pytest.mark.parametrize("name", comparable())
def test_the_default_district_typed_in_is_the_default_district(name: str) -> None:
    people = named("baseline").population
    own = typed(people.funders, tuple(people.organizations.values()), 120e6)
    plain = Policy(name, standing(name))
    assert resolve(plain.within(own).scenario()).fingerprint() == resolve(plain.scenario()).fingerprint()
    assert resolve(plain.within(own).today()).fingerprint() == resolve(plain.today()).fingerprint()


def test_money_for_the_whole_district_follows_in_proportion(district: District) -> None:
    scale = dict(district.sums)["contracts.yearly_budget"] / 120e6
    table = resolve(Policy("funding-and-policy", standing("funding-and-policy")).within(district).scenario())
    assert table.since("contracts.yearly_budget").value == pytest.approx(150e6 * scale, rel=0.02)
    assert table.since("contracts.yearly_budget", month=-1).value == dict(district.sums)["contracts.yearly_budget"]
    assert table.since("pay.wage_subsidy").value == 0.0


def test_a_planned_cut_of_the_budget_follows_too(district: District) -> None:
    policy = Policy("austerity-shock", standing("austerity-shock")).within(district)
    budget = dict(district.sums)["contracts.yearly_budget"]
    values = {step.month: step.value for step in policy.scenario().schedule if step.parameter == SUMS[0]}
    assert values == {24: pytest.approx(budget * 2 / 3), 48: pytest.approx(budget)}


@settings(max_examples=40, deadline=None)
@given(
    budget=st.integers(1, 90_000),
    shown=st.floats(4_000, 40_000),
    parent=st.sampled_from(["baseline", "people", "more-subsidy"]),
)
def test_a_policy_comes_back_from_another_district_as_it_went(budget: int, shown: float, parent: str) -> None:
    there = typed(3, COUNTS, budget * 10_000.0)
    plain = Policy(parent, {**standing(parent), "contracts.yearly_budget": round(shown / 500) * 500.0})
    once = plain.within(there)
    again = once.within(None).within(there)
    assert again.positions == once.positions
    for lever in levers(there.sums):
        assert lever.low <= once.positions[lever.name] <= lever.high
        assert lever.low <= lever.today <= lever.high
        if lever.name in SUMS:
            steps = (lever.today - lever.low) / lever.step
            assert steps == pytest.approx(round(steps), abs=1e-6)


def test_a_policy_taken_away_opens_again(district: District) -> None:
    policy = Policy("people", {**standing("people"), "contracts.duration": 30.0}, "我的").within(district)
    name, content, kind = policy.download()
    assert (name, kind) == ("my-policy.zip", "application/zip")
    again = opened_files({name: content})
    assert again.district == policy.district
    assert again.title == "我的"
    assert resolve(again.scenario()).fingerprint() == resolve(policy.scenario()).fingerprint()
    assert resolve(again.today()).fingerprint() == resolve(policy.today()).fingerprint()


def test_files_chosen_one_by_one_open_like_the_zip(district: District) -> None:
    policy = Policy("people", standing("people")).within(district)
    assert opened_files(policy.files()).district == policy.district


def test_a_scenario_that_names_a_register_opens_with_it() -> None:
    text = "extends: baseline\npopulation: {register: mine.csv}\nset:\n  contracts.yearly_budget: 9000000\n"
    policy = opened_files({"mine.yaml": text.encode(), "mine.csv": EXAMPLE.read_bytes()})
    assert policy.district is not None
    assert policy.district.upload is not None
    assert policy.district.total == 60
    assert dict(policy.district.sums)["contracts.yearly_budget"] == 9e6
    assert policy.moved == {}


def test_the_shipped_example_opens_with_its_register() -> None:
    policy = opened("extends: my-district-example\nset:\n  contracts.duration: 24\n", "mine.yaml")
    assert policy.district is not None
    assert policy.district.upload is not None
    assert policy.district.upload.content == EXAMPLE.read_bytes()
    assert policy.moved == {"contracts.duration": 24.0}


@pytest.mark.parametrize(
    "name", ["/etc/passwd", "../../registers/example-district.csv", "registers/example-district.csv"]
)
def test_a_scenario_cannot_ask_for_a_file_of_the_server(name: str) -> None:
    with pytest.raises(InputError, match="there is no register"):
        opened_files({"mine.yaml": f"extends: baseline\npopulation: {{register: {name}}}\n".encode()})


@pytest.mark.parametrize(
    ("files", "words"),
    [
        ({"a.yaml": b"extends: baseline\n", "b.yaml": b"extends: baseline\n"}, "one policy"),
        ({"a.zip": b"PK\x03\x04 broken"}, "damaged ZIP"),
        ({"a.yaml": b"# " + b"x" * 1_000_000}, "a scenario is a page"),
        ({"a.yaml": "extends: 基准\n".encode("gbk")}, "not UTF-8"),
        ({"a.csv": b"kind\nassociation\n"}, "one policy"),
        (
            {
                "today.yaml": ONE_FOUNDATION + b"set:\n  pay.wage_subsidy: 9\n",
                "my-policy.yaml": b"extends: today\n",
            },
            "pay.wage_subsidy",
        ),
        (
            {
                "today.yaml": ONE_FOUNDATION,
                "my-policy.yaml": b"extends: today\nassumptions:\n  contracts.late_share: 0.2\n",
            },
            "late_share",
        ),
    ],
    ids=["two", "broken", "long", "gbk", "none", "today", "assumption"],
)
def test_files_that_make_no_policy_are_refused_in_a_sentence(files: dict[str, bytes], words: str) -> None:
    with pytest.raises(InputError, match=words):
        opened_files(files)


def test_a_zip_that_unpacks_to_far_more_is_refused() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as folder:
        folder.writestr("big.csv", b"0" * 40_000_000)
    with pytest.raises(InputError, match="unpacks"):
        opened_files({"a.zip": out.getvalue()})


def test_counts_stand_in_an_address_and_an_upload_does_not(districts: dict[str, District]) -> None:
    assert district_of(districts["typed"].address()) == districts["typed"]
    assert districts["register"].address() == ""


@pytest.mark.parametrize("wrong", ["funders=x", "funders=nan", "funders=0", "association=-1", "foundation=99999"])
def test_what_is_no_district_in_an_address_is_refused(wrong: str) -> None:
    key = wrong.partition("=")[0]
    parts = [wrong if part.startswith(f"{key}=") else part for part in typed(2, COUNTS, 1e6).address().split(";")]
    assert wrong in parts
    for address in (";".join(parts), wrong):
        with pytest.raises(InputError):
            district_of(address)


@pytest.mark.parametrize(
    ("funders", "counts", "words"),
    [(2, (0,) * 5, "one organization"), (0, COUNTS, "funders"), (2, (0, 0, 0, 0, 50_001), "50,000")],
)
def test_a_district_that_cannot_be_is_refused(funders: int, counts: tuple[int, ...], words: str) -> None:
    with pytest.raises(InputError, match=words):
        typed(funders, counts, 1e6)


def test_a_file_that_is_too_large_is_refused_before_it_is_read() -> None:
    with pytest.raises(InputError, match=r"mine\.csv: is 10\.0 MB long; 10 MB is the most"):
        read_upload("mine.csv", b"\0" * (MOST_BYTES + 1))


def test_the_server_lets_more_through_than_the_page_takes() -> None:
    """What it does not let through ends in a red mark without a word."""
    config = tomllib.loads((Path(runs.__file__).parent / ".streamlit" / "config.toml").read_text(encoding="utf-8"))
    assert config["server"]["maxUploadSize"] >= files.MOST > MOST_BYTES / 1e6


def test_a_register_with_too_many_organizations_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("dashboard.district.MOST_ORGANIZATIONS", 59)
    with pytest.raises(InputError, match="lists 60 organizations; 59 is the most"):
        read_upload("mine.csv", EXAMPLE.read_bytes())


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("名册.xlsx", "名册.xlsx"),
        ("C:\\data\\my list.csv", "my list.csv"),
        ("../../etc/x.csv", "x.csv"),
        ('a"b<c>.csv', "a_b_c_.csv"),
        ("passwd", "register.csv"),
        ("today.yaml", "register.csv"),
        ("x" * 300 + ".csv", "x" * 80 + ".csv"),
    ],
)
def test_a_name_is_made_such_that_every_system_holds_it(given: str, kept: str) -> None:
    assert file_name(given) == kept


def test_what_is_proposed_is_what_check_tells_of_a_register(upload: Upload) -> None:
    register = upload.reading.register
    told = usual_purchase(register, register.counts(), resolve(load("baseline")))
    assert proposed(tuple(register.counts().values()), register) == pytest.approx(told, abs=5_000)


def test_half_the_organizations_are_proposed_half_the_budget() -> None:
    people = tuple(named("baseline").population.organizations.values())
    assert proposed(people) == 120e6
    assert proposed([2 * count for count in people]) == 240e6


def test_other_sums_are_at_least_ten_thousand_and_in_proportion() -> None:
    assert dict(sums_of(60e6)) == {SUMS[0]: 60e6, SUMS[1]: 4e6, SUMS[2]: 1.5e6}
    assert set(dict(sums_of(10_000)).values()) == {10_000.0}


def test_a_list_of_today_begins_the_month_after_its_last_founding(tmp_path: Path) -> None:
    rows = "类型,成立日期\n社会团体,2014-05-01\n社会团体,2026-03-09\n社会工作服务机构,2026-02\n"
    upload = read_upload("mine.csv", rows.encode())
    assert upload.start == "2026-04"
    assert sorted(upload.reading.register.columns["age"]) == [0.0, 1.0, 142.0]
    policy = Policy("austerity-shock", standing("austerity-shock")).within(uploaded(upload, 1e6))
    put(tmp_path, policy.files())
    assert load(tmp_path / FILE).start == "2026-04"
    assert "2028-04" in policy.text()
    assert opened_files(policy.files()).district == policy.district


def test_a_date_that_is_still_to_come_does_not_move_the_start() -> None:
    upload = read_upload("mine.csv", "类型,成立日期\n社会团体,2062-05-01\n社会团体,2014\n".encode())
    assert (upload.start, upload.reading.unusable) == ("2026-01", 1)


def test_a_register_is_read_once_for_all_its_policies(upload: Upload, monkeypatch: pytest.MonkeyPatch) -> None:
    own = uploaded(upload, 7e6)

    def fail(*_: object) -> None:
        raise AssertionError("read again")

    monkeypatch.setattr("orgsim.scenarios.peopling.read_register", fail)
    policy = Policy("people", standing("people")).within(own)
    assert policy.scenario().population.register is upload.reading.register
    assert policy.scenario() is replace(policy).scenario()


def test_a_district_without_registered_organizations_is_compared_and_drawn() -> None:
    policy = Policy("people", standing("people")).within(typed(1, (0, 0, 0, 0, 3), 20_000.0))
    both = compare(policy.today(), policy.scenario(), replications=2, months=12)
    assert finding(both, "registered", "zh") == "十年后仍在册：没有可统计的对象，本次模拟无法判断"
    assert survival_chart(both, "zh").axes


def test_a_text_is_read_as_the_file_beside_the_same_files(tmp_path: Path) -> None:
    today = "start: 2026-01\npopulation: {organizations: {foundation: 2}}\n"
    put(tmp_path, {"today.yaml": today.encode(), "mine.yaml": b"extends: today\n"})
    said = load_text("extends: today\n", name="mine", beside={"today.yaml": today})
    assert said.fingerprint() == load(tmp_path / "mine.yaml").fingerprint()
    assert said.lineage == ("today", "mine")
