"""What every file of the project keeps to, whatever it is about."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

import orgsim

ROOT = Path(__file__).resolve().parent.parent
LONGEST = 350
SHARED = {"/", "/opt", "/srv", "/tmp", "/usr", "/var"}
TOOLS = {"build", "dist", "node_modules", "__pycache__"}

# Written so that this file does not meet its own patterns.
UNFINISHED = re.compile(r"\b(?:TO[D]O|FIX[M]E|NotImplemente[d]Error)\b")
HOME = re.compile(r"(?<![\w.~-])(?:/hom[e]/\w|/User[s]/\w|/roo[t]/|[A-Z]:\\User[s]\\)")
INDEX = re.compile(r"https?://\S*(?:pyp[i]|pythonhoste[d]|/simpl[e]\b)|(?:inde[x]-url|find-link[s])", re.I)


def tracked() -> list[Path]:
    """The files of the project: those Git knows or would take, else all but hidden and built ones."""
    command = ["git", "-C", str(ROOT), "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    try:
        names = subprocess.run(command, capture_output=True, check=True).stdout.decode().split("\0")
        found = [ROOT / name for name in names if name]
    except (OSError, subprocess.CalledProcessError):
        found = [p for p in ROOT.rglob("*") if not hidden(p.relative_to(ROOT))]
    return sorted(p for p in found if p.is_file())


def hidden(path: Path) -> bool:
    return any(part.startswith(".") or part in TOOLS for part in path.parts)


def python_files(*folders: str) -> list[Path]:
    return [p for p in FILES if p.suffix == ".py" and p.relative_to(ROOT).parts[0] in folders]


def places(pattern: re.Pattern[str], files: list[Path]) -> list[str]:
    """`file:line: text` of each line that the pattern meets; what is not text is passed over."""
    met = []
    for path in files:
        try:
            lines = path.read_text(encoding="utf-8").splitlines()
        except UnicodeDecodeError:
            continue
        met += [f"{path.relative_to(ROOT)}:{n}: {line}" for n, line in enumerate(lines, 1) if pattern.search(line)]
    return met


FILES = tracked()


def test_the_files_looked_at_are_the_project() -> None:
    names = {p.relative_to(ROOT).as_posix() for p in FILES}
    assert {"pyproject.toml", "src/orgsim/__init__.py", "tests/test_structure.py"} <= names


def test_nothing_unfinished_is_left() -> None:
    assert places(UNFINISHED, python_files("src", "dashboard", "experiments")) == []


def test_no_file_is_too_long_to_read() -> None:
    lengths = {p: len(p.read_text(encoding="utf-8").splitlines()) for p in python_files("src", "dashboard", "tests")}
    assert [f"{p.relative_to(ROOT)}: {n} lines" for p, n in lengths.items() if n > LONGEST] == []


def test_every_module_says_what_it_is() -> None:
    files = python_files("src", "dashboard")
    silent = [p for p in files if not ast.get_docstring(ast.parse(p.read_text(encoding="utf-8")))]
    assert [str(p.relative_to(ROOT)) for p in silent] == []


def test_no_file_knows_the_machine_it_was_written_on() -> None:
    here = {str(ROOT), str(ROOT.parent), str(Path.home())} - SHARED
    this_machine = re.compile("|".join(rf"(?<![\w.~-]){re.escape(place)}(?=[/\\])" for place in sorted(here)))
    assert places(HOME, FILES) + places(this_machine, FILES) == []


def test_no_file_names_a_package_index() -> None:
    assert places(INDEX, FILES) == []


@pytest.mark.parametrize(
    ("pattern", "line"),
    [
        (UNFINISHED, "raise NotImplemented" + "Error"),
        (UNFINISHED, "x = 1  # TO" + "DO: later"),
        (HOME, 'open("/hom' + 'e/li/register.csv")'),
        (HOME, "cd /roo" + "t/orgsim"),
        (INDEX, "--inde" + "x-url https://example.org"),
        (INDEX, "https://py" + "pi.org/project/numpy"),
    ],
)
def test_the_patterns_find_what_they_are_for(pattern: re.Pattern[str], line: str) -> None:
    assert pattern.search(line)


def test_the_version_is_the_same_wherever_it_is_written() -> None:
    declared = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]
    cited = re.search(r"^version: (\S+)$", (ROOT / "CITATION.cff").read_text(encoding="utf-8"), re.M)
    assert cited is not None
    assert declared == cited[1] == orgsim.__version__


def test_every_dependency_is_pinned() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    asked = project["dependencies"] + [text for extra in project["optional-dependencies"].values() for text in extra]
    pinned = re.findall(r"^([\w.-]+)==", (ROOT / "constraints.txt").read_text(encoding="utf-8"), re.M)
    names = {re.sub(r"[-_.]+", "-", re.split(r"[^\w.-]", text)[0]).lower() for text in asked} - {"orgsim"}
    assert names - {name.lower() for name in pinned} == set()


def test_importing_orgsim_is_quick_because_nothing_heavy_comes_with_it() -> None:
    code = "import sys, orgsim; print(*{'numpy', 'numba', 'pandas', 'pydantic', 'mesa'} & set(sys.modules))"
    shown = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, text=True).stdout
    assert shown.strip() == ""


def test_orgsim_names_its_front_door_and_refuses_other_names() -> None:
    assert set(orgsim.__all__) <= set(dir(orgsim))
    with pytest.raises(AttributeError, match="simulat"):
        _ = orgsim.simulat
