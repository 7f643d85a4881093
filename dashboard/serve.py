"""Starts the server. Meanwhile, before anybody waits for it, the model is made ready and today simulated."""

from __future__ import annotations

import gc
import sys
from pathlib import Path
from threading import Thread

HERE = Path(__file__).resolve().parent
sys.path[0] = str(HERE.parent)  # instead of this folder: the package it is in

from streamlit.web import cli  # noqa: E402

from dashboard.district import TODAY  # noqa: E402
from dashboard.levers import named  # noqa: E402
from dashboard.policy import EXAMPLE  # noqa: E402
from dashboard.runs import FIRST, SIZES, runs  # noqa: E402


def warm() -> None:
    """What the first visitor would wait for: compiled code, today's replications, the first ones of the example."""
    runs().run(named(TODAY), FIRST)
    runs().run(named(EXAMPLE), FIRST)
    gc.freeze()  # Streamlit looks for garbage after every run of a script, while all else stands still
    runs().run(named(TODAY), SIZES[-1])


def main() -> None:
    """Serve until stopped; arguments are those of `streamlit run`."""
    Thread(target=warm, daemon=True).start()
    try:
        cli.main(["run", str(HERE / "app.py"), *sys.argv[1:]], prog_name="streamlit")
    finally:
        runs().close()


if __name__ == "__main__":
    main()
