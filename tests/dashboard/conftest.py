"""The pages with as few replications as say something."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from dashboard import reasons, runs
from orgsim.ensembles.run import ready

APP = Path(__file__).resolve().parents[2] / "dashboard" / "app.py"
Open = Callable[..., AppTest]


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> Open:
    """Opens a screen, by default the first, with an address's parameters; what was simulated for one test serves the
    next."""
    ready()  # a page waits two minutes, the first compilation on a machine may take longer
    monkeypatch.setattr(runs, "SIZES", (2,))
    monkeypatch.setattr("dashboard.parts.take.SIZES", (2,))
    few_of = {"SIZES": (2,), "WATCHED": 2, "FILMED": 1, "MONTHS": 1, "ENDS": (2,), "SWINGS": 1, "SETS": 2, "EACH": 2}
    for name, few in few_of.items():
        monkeypatch.setattr(reasons, name, few)
    monkeypatch.setenv("ORGSIM_LANG", "zh")

    def opening(screen: str = "", **address: str) -> AppTest:
        page = AppTest.from_file(str(APP), default_timeout=120)
        for key, value in address.items():
            page.query_params[key] = value
        return (page.switch_page(f"screens/{screen}.py") if screen else page).run()

    return opening


def words(page: AppTest) -> str:
    """All that stands on the page in Markdown and headings."""
    parts: list[Any] = [*page.markdown, *page.subheader, *page.info, *page.warning, *page.caption, *page.error]
    return "\n".join(part.value for part in parts)


__all__ = ["APP", "Open", "runs", "words"]
