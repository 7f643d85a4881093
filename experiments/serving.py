"""A dashboard served for whoever measures or tests it, a browser to look at it, and what its process uses."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from selenium import webdriver

from orgsim.cli.dashboard import command, environment
from orgsim.cli.shared import Language

PATIENCE = 120.0
"""Seconds until a server that does not answer counts as broken."""
FLAGS = (
    "--headless=new --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync --window-size=1440,1043"
).split()


@dataclass(frozen=True)
class Served:
    """A server that runs."""

    port: int
    process: subprocess.Popen[bytes]

    @property
    def address(self) -> str:
        return f"http://localhost:{self.port}/"

    def seconds(self) -> float:
        """Processor time that it has used, all cores together."""
        return sum(int(fields[11]) + int(fields[12]) for fields in self._processes()) / os.sysconf("SC_CLK_TCK")

    def memory(self) -> float:
        """Memory that its largest process holds now, in GiB."""
        return max(int(fields[21]) for fields in self._processes()) * os.sysconf("SC_PAGE_SIZE") / 2**30

    def _processes(self) -> list[list[str]]:
        """What Linux tells of each of its processes: fields of /proc/…/stat from the third on."""
        found = []
        for file in Path("/proc").glob("[0-9]*/stat"):
            with suppress(OSError):  # a process that has just ended
                fields = file.read_text(encoding="utf-8").rpartition(")")[2].split()
                found += [fields] if fields[3] == str(self.process.pid) else []
        return found


@contextmanager
def served(replications: int, words: Sequence[str] = ()) -> Iterator[Served]:
    """The dashboard with so many replications, or what `words` serve, in which {port} stands for the port."""
    with socket.socket() as probe:
        probe.bind(("localhost", 0))
        port = probe.getsockname()[1]
    process = subprocess.Popen(
        [word.format(port=port) for word in words] or command(port, "localhost", browser=False),
        env={**environment(Language.zh, replications), "PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        _wait_for(f"http://localhost:{port}/_stcore/health", process)
        yield Served(port, process)
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def _wait_for(health: str, process: subprocess.Popen[bytes]) -> None:
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        if process.poll() is not None:
            raise RuntimeError("the dashboard ended by itself")
        try:
            urllib.request.urlopen(health, timeout=2).close()
            return
        except OSError:
            time.sleep(0.1)
    raise TimeoutError("the dashboard did not answer")


@contextmanager
def chromium(profile: Path) -> Iterator[webdriver.Chrome]:
    """Chromium as Debian has it, without a window; FileNotFoundError where it is not."""
    binary, driver = shutil.which("chromium") or shutil.which("chromium-browser"), shutil.which("chromedriver")
    if binary is None or driver is None:
        raise FileNotFoundError("Chromium is not on this machine; on Debian: apt-get install chromium chromium-driver")
    options = webdriver.ChromeOptions()
    options.binary_location = binary
    for flag in (*FLAGS, f"--user-data-dir={profile}"):
        options.add_argument(flag)
    chrome = webdriver.Chrome(options=options, service=webdriver.ChromeService(driver))
    try:
        yield chrome
    finally:
        chrome.quit()
