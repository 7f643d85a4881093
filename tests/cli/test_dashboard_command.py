"""The verb dashboard: what it starts, and how it refuses; that it serves is tested in a browser."""

from __future__ import annotations

import socket
import sys

import pytest
from typer.testing import CliRunner

from orgsim.cli import main as entry
from orgsim.cli.dashboard import command, environment, folder
from orgsim.cli.shared import Language
from orgsim.errors import InputError


def refused(*arguments: str) -> str:
    result = CliRunner().invoke(entry.app, ["dashboard", "--no-browser", *arguments])
    assert isinstance(result.exception, InputError)
    return str(result.exception)


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("--port", "0"), "--port is a whole number from 1 to 65535, not 0"),
        (("-n", "1"), "--replications is a whole number from 2 to 1000, not 1"),
    ],
)
def test_what_cannot_be_is_refused_in_a_sentence(arguments: tuple[str, ...], sentence: str) -> None:
    assert refused(*arguments) == sentence


def test_a_port_in_use_is_told_before_anything_starts() -> None:
    with socket.socket() as taken:
        taken.bind(("localhost", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        assert refused("--port", port).startswith(f"port {port} cannot be used")


def test_it_serves_this_machine_alone_unless_asked() -> None:
    assert "--server.address=localhost" in command(8501, "localhost", browser=False)
    assert not [word for word in command(8501, "", browser=False) if "address" in word]


def test_the_server_is_this_python_with_the_dashboard_and_its_settings() -> None:
    words = command(8501, "localhost", browser=True)
    assert words[:2] == [sys.executable, str(folder() / "serve.py")]
    assert (folder() / "app.py").is_file()
    assert (folder() / ".streamlit" / "config.toml").is_file()
    settings = environment(Language.en, 16)
    assert (settings["ORGSIM_LANG"], settings["ORGSIM_REPLICATIONS"]) == ("en", "16")
