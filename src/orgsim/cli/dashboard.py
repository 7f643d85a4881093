"""`orgsim dashboard`: the pages people click, in the browser."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from pathlib import Path
from typing import Annotated

import typer

from orgsim.cli.shared import Language, print_text, spoken
from orgsim.cli.simulating import QuietOption, progress, stopping_at_once
from orgsim.errors import InputError

PORT = 8501


def dashboard(
    port: Annotated[int, typer.Option("--port", help="Where to serve it: http://localhost:PORT.")] = PORT,
    lang: Annotated[
        Language,
        typer.Option(
            "--lang",
            envvar="ORGSIM_LANG",
            help="Language it opens in: zh (中文) or en.",
            callback=spoken,
            is_eager=True,
        ),
    ] = Language.zh,
    public: Annotated[bool, typer.Option("--public", help="Serve other machines of the network too.")] = False,
    browser: Annotated[bool, typer.Option("--browser/--no-browser", help="Open a browser window.")] = True,
    replications: Annotated[
        int, typer.Option("--replications", "-n", help="How many replications a comparison grows to.")
    ] = 64,
    quiet: QuietOption = False,
) -> None:
    """Open the dashboard: move a policy with sliders and read at once what it changes, how surely, at what cost.

    Ends with Ctrl-C. Everything is computed on this machine, and nothing is sent anywhere.

    \b
    orgsim dashboard
    orgsim dashboard --lang en --port 8600
    """
    if not 1 <= port <= 65535:
        raise InputError(f"--port is a whole number from 1 to 65535, not {port}")
    if not 2 <= replications <= 1000:
        raise InputError(f"--replications is a whole number from 2 to 1000, not {replications}")
    address = "" if public else "localhost"
    check_free(port, address)
    with stopping_at_once(), progress(quiet, lang) as report:
        from orgsim.ensembles.run import ready

        ready(report)  # compiles on a machine where nothing is compiled yet, with a word about it
    print_text(
        lang.say(
            f"orgsim is at http://localhost:{port} – Ctrl-C ends it.",
            f"请在浏览器打开 http://localhost:{port}，按 Ctrl-C 结束。",
        )
    )
    raise typer.Exit(
        subprocess.run(command(port, address, browser), env=environment(lang, replications), check=False).returncode
    )


def command(port: int, address: str, browser: bool) -> list[str]:
    """What serves the pages; an empty address means every one the machine has."""
    options = {"server.port": port, "server.headless": str(not browser).lower()}
    if address:
        options["server.address"] = address
    words = [f"--{name}={value}" for name, value in options.items()]
    return [sys.executable, str(folder() / "serve.py"), *words]


def environment(lang: Language, replications: int) -> dict[str, str]:
    """The environment of the server: the language it opens in, and how many replications it makes."""
    return {**os.environ, "ORGSIM_LANG": lang.value, "ORGSIM_REPLICATIONS": str(replications)}


def folder() -> Path:
    """Where the dashboard lies: inside an installed package, or in the checkout."""
    package = Path(__file__).resolve().parents[1]
    installed = package / "_dashboard" / "dashboard"
    return installed if installed.is_dir() else package.parents[1] / "dashboard"


def check_free(port: int, address: str) -> None:
    """Say now, in a sentence, what Streamlit would say in English lines after starting."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((address, port))
        except OSError as error:
            raise InputError(f"port {port} cannot be used ({error.strerror}); choose another with --port") from None
