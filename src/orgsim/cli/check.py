"""`orgsim check`: are these scenario files right, and if not, where are they wrong?"""

from __future__ import annotations

import sys
from collections.abc import Mapping
from typing import Annotated, Any, cast

import typer

from orgsim.cli.shared import SCENARIO_HELP, JsonOption, Language, LanguageOption, catalogue, print_json, print_text
from orgsim.core.parameters import ParameterSpace
from orgsim.errors import InputError
from orgsim.scenarios import Scenario, difference, load, resolve
from orgsim.scenarios.registers import telling, underpaid, usual_purchase
from orgsim.scenarios.resolve import place_of


def check(
    scenarios: Annotated[list[str], typer.Argument(help=SCENARIO_HELP, show_default=False)],
    as_json: JsonOption = False,
    lang: LanguageOption = Language.en,
) -> None:
    """Check scenario files without running them.

    Each file gets one line: ok and how many values differ from its parent, or what is wrong, with file and line.
    The exit code is 2 if any file is wrong.

    \b
    orgsim check baseline
    orgsim check scenarios/*.yaml
    """
    space = catalogue()
    reports = []
    for given in scenarios:
        try:
            report = _good(given, load(given, space), space)
        except InputError as error:
            report = _bad(given, error)
            if not as_json:
                print(error.sentence(lang), file=sys.stderr, flush=True)
        reports.append(report)
        if report["ok"] and not as_json:
            _tell(report, lang)
    if as_json:
        print_json(reports)
    if not all(report["ok"] for report in reports):
        raise typer.Exit(InputError.exit_code)


def _good(given: str, scenario: Scenario, space: ParameterSpace) -> dict[str, object]:
    parent = scenario.lineage[-2] if len(scenario.lineage) > 1 else None
    return {
        "scenario": given,
        "file": scenario.file,
        "ok": True,
        "parent": parent,
        "differing": _differing(scenario, space),
        "fingerprint": scenario.fingerprint(),
        **_register(scenario, space),
    }


def _register(scenario: Scenario, space: ParameterSpace) -> dict[str, object]:
    """What the scenario's register holds, and the public money it means beside the scenario's budget."""
    register = scenario.population.register
    if register is None:
        return {}
    refused, unusable = register.left_out
    values = resolve(scenario, space)
    return {
        "register": {
            "file": register.file,
            "organizations": len(register),
            "rows_refused": refused,
            "cells_unusable": unusable,
            "purchase": round(usual_purchase(register, scenario.population.organizations, values)),
            "underpaid": underpaid(register, values),
            "yearly_budget": values.since("contracts.yearly_budget").value,
        }
    }


def _bad(given: str, error: InputError) -> dict[str, object]:
    file = None if error.file is None else str(error.file)
    return {
        "scenario": given,
        "file": file,
        "ok": False,
        "line": error.line,
        "problem": error.problem,
        "message": str(error),
    }


def _differing(scenario: Scenario, space: ParameterSpace) -> int:
    """How many values differ from the parent; for a root, from the defaults."""
    if len(scenario.files) > 1:
        parent = load(scenario.files[-2], space)
        return len({(change.parameter, change.kind) for change in difference(parent, scenario, space)})
    named = (*scenario.today, *scenario.assumptions)
    default = space.defaults()
    differ = {(s.parameter, s.kind) for s in named if s.value != default[place_of(space, s.parameter, s.kind)]}
    return len(differ | {(s.parameter, s.kind) for s in scenario.schedule})


def _tell(report: dict[str, object], lang: Language) -> None:
    count, parent = report["differing"], report["parent"]
    values = "value differs" if count == 1 else "values differ"
    if parent is None:
        words = lang.say(f"ok, {count} {values} from the default", f"正确，{count} 个取值与默认值不同")
    else:
        words = lang.say(f"ok, {count} {values} from {parent}", f"正确，{count} 个取值与上级情景 {parent} 不同")
    print_text(f"{report['file']}: {words}")
    if "register" in report:
        print_text("\n".join(_register_lines(cast("Mapping[str, Any]", report["register"]), lang)))


def _register_lines(register: Mapping[str, Any], lang: Language) -> list[str]:
    file, refused, unusable = register["file"], register["rows_refused"], register["cells_unusable"]
    more = lang.say(f"; see orgsim register {file}", f"；详见 orgsim register {file}") if refused or unusable else ""
    purchase, budget = register["purchase"] / 1e4, register["yearly_budget"] / 1e4
    lines = [
        lang.say(
            f"  register {file}: {register['organizations']} organizations, {refused} rows refused, "
            f"{unusable} cells not usable and drawn{more}",
            f"  登记册 {file}：{register['organizations']} 家组织，拒收 {refused} 行，"
            f"{unusable} 个单元格不可用、改为抽取{more}",
        ),
        lang.say(
            f"  purchase of services: about {purchase:,.0f} 万元 a year by the register; contracts.yearly_budget is "
            f"{budget:,.0f} 万元",
            f"  政府购买服务：按登记册约为每年 {purchase:,.0f} 万元；"
            f"情景中 contracts.yearly_budget 为 {budget:,.0f} 万元",
        ),
    ]
    if register["underpaid"]:
        lines.append(f"  {telling.underpaid_words(register['underpaid'], lang)}")
    if not 0.5 <= (budget + 1.0) / (purchase + 1.0) <= 2.0:
        lines.append(
            lang.say(
                "  the two are far apart, and income will move towards the budget: set contracts.yearly_budget to what "
                "the district spends",
                "  两者相差很大，组织收入将向预算靠拢：请将 contracts.yearly_budget 设为本区实际支出",
            )
        )
    return lines
