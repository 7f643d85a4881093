"""Nobody appears from nowhere or gets lost: people and organizations are counted every month."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from orgsim.core.columns import Table

Year = list[Any]


def present_counts(table: Table, link: str, rows: int) -> np.ndarray:
    """Present rows by what they are linked to, shape (replications, rows)."""
    counts = [np.bincount(table[link][r, table.present[r]], minlength=rows) for r in range(len(table.present))]
    return np.array(counts, float)


def test_the_year_has_hiring_layoffs_and_lost_posts(year: Year) -> None:
    tables = [month.recorded["organization"] for month in year]
    flows = {
        name: sum(float(np.where(t.present, t[name], 0.0).sum()) for t in tables)
        for name in ("hires", "quitters", "displaced_staff")
    }
    flows["layoffs"] = sum(float(np.where(t.present, t["leavers"] - t["quitters"], 0.0).sum()) for t in tables)
    assert {name: total > 100 for name, total in flows.items()} == dict.fromkeys(flows, True)


def test_a_team_changes_by_hires_leavers_and_lost_posts(year: Year) -> None:
    wrong = []
    for month in year:
        before, now = month.before["organization"], month.recorded["organization"]
        due = before["headcount"] + now["hires"] - now["leavers"] - now["displaced_staff"]
        wrong += month.where(now.present & (now["headcount"] != due))
    assert wrong == []


def test_everybody_in_post_is_counted_in_one_team(year: Year) -> None:
    wrong = []
    for month in year:
        organization, staff = month.after["organization"], month.after["staff"]
        teams = present_counts(staff, "employer", organization.present.shape[1])
        counted = np.where(organization.present, organization["headcount"], 0.0)
        wrong += month.where(teams != counted)
    assert wrong == []


def test_every_employer_is_there_and_working(year: Year) -> None:
    wrong = []
    for month in year:
        organization, staff = month.after["organization"], month.after["staff"]
        working = np.take_along_axis(organization.present & organization["active"], staff["employer"], axis=1)
        wrong += month.where(staff.present & ~working)
    assert wrong == []


def test_nobody_stays_in_post_who_left_or_lost_it(year: Year) -> None:
    wrong = []
    for month in year:
        staff = month.after["staff"]
        wrong += month.where(staff.present & (staff["leaves"] | staff["displaced"]))
    assert wrong == []


def test_everybody_who_was_there_is_still_there_or_left_or_lost_the_post(year: Year) -> None:
    wrong = []
    for month in year:
        before, staff, team = month.before["staff"], month.after["staff"], month.recorded["organization"]
        went = np.where(team.present, team["leavers"] + team["displaced_staff"] - team["hires"], 0.0).sum(axis=1)
        wrong += month.where(before.present.sum(axis=1) - staff.present.sum(axis=1) != went)
    assert wrong == []


def test_the_register_changes_by_foundings_and_closings(year: Year) -> None:
    wrong = []
    for month in year:
        before, now, after = (w["organization"] for w in (month.before, month.recorded, month.after))
        kinds = month.after["kind"].present.shape[1]
        closings = month.per("kind", "kind", now["closes"].astype(float))
        due = present_counts(before, "kind", kinds) + month.after["kind"]["foundings"] - closings
        wrong += month.where(present_counts(after, "kind", kinds) != due)
    assert wrong == []


def test_the_closed_are_gone(year: Year) -> None:
    wrong = []
    for month in year:
        now, after = month.recorded["organization"], month.after["organization"]
        wrong += month.where(now.present & now["closes"] & after.present & (after.id == now.id))
    assert wrong == []


def test_an_organization_is_either_active_or_dormant(year: Year) -> None:
    wrong = []
    for month in year:
        after = month.after["organization"]
        wrong += month.where(after.present & (after["active"] == after["dormant"]))
    assert wrong == []


def test_the_record_counts_every_organization_once(year: Year) -> None:
    wrong = []
    for month in year:
        stratum, now = month.recorded["stratum"], month.recorded["organization"]
        counted = (stratum["remains"] + stratum["closes"]).sum(axis=1)
        wrong += month.where(counted != now.present.sum(axis=1))
    assert wrong == []


def test_the_record_counts_everybody_once(year: Year) -> None:
    wrong = []
    for month in year:
        wrong += month.where(
            month.recorded["stratum"]["headcount"].sum(axis=1) != month.recorded["staff"].present.sum(axis=1)
        )
    assert wrong == []


@pytest.mark.parametrize("entity", ["sector", "kind", "funder", "organization", "staff", "stratum"])
def test_every_number_of_a_present_row_is_finite(entity: str, year: Year) -> None:
    wrong = []
    for month in year:
        for table in (month.recorded[entity], month.after[entity]):
            for name, values in table.columns.items():
                if values.dtype == np.float64:
                    wrong += [f"{name}, {place}" for place in month.where(table.present & ~np.isfinite(values))]
    assert wrong == []
