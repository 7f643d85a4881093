"""The job scripts and manifests of docs/recipes: their syntax, and what they would run."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from orgsim.studies import Store
from orgsim.studies.shards import read_shard
from tests.studies.conftest import write_study

RECIPES = Path(__file__).parents[2] / "docs" / "recipes"
SCRIPTS = sorted(RECIPES.glob("*.sh"))
pytestmark = pytest.mark.skipif(not shutil.which("bash"), reason="these are scripts for bash")


def command(folder: Path, name: str, text: str) -> None:
    """Put a command in a folder that scripts will find first."""
    folder.mkdir(exist_ok=True)
    (folder / name).write_text(f"#!/bin/bash\n{text}", encoding="utf-8")
    (folder / name).chmod(0o755)


def run(script: Path, folder: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    path = os.pathsep.join([str(folder / "bin"), str(Path(sys.executable).parent), os.environ["PATH"]])
    given = os.environ | {"PATH": path, "HOME": str(folder)} | environment
    return subprocess.run(
        ["bash", str(script), *arguments],
        check=False,
        env=given,
        cwd=folder,
        capture_output=True,
        text=True,
        timeout=300,
    )


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda script: script.name)
def test_a_job_script_is_bash_and_asks_slurm_for_time_to_stop(script: Path) -> None:
    assert subprocess.run(["bash", "-n", str(script)], check=False).returncode == 0
    asked = re.findall(r"^#SBATCH --(\S+?)=", script.read_text(encoding="utf-8"), re.M)
    assert {"time", "signal", "cpus-per-task", "job-name"} <= set(asked)


@pytest.mark.parametrize(("name", "store"), [("slurm-array.sh", None), ("slurm-array-own-disks.sh", "orgsim-shards/2")])
def test_each_job_of_an_array_runs_its_own_part_and_ends_as_it_did(
    tmp_path: Path, name: str, store: str | None
) -> None:
    command(tmp_path / "bin", "orgsim", 'echo "$@"\nexit 5\n')
    slurm = {"SLURM_ARRAY_TASK_ID": "2", "SLURM_ARRAY_TASK_COUNT": "16", "SLURM_CPUS_PER_TASK": "8"}
    ended = run(RECIPES / name, tmp_path, "terms.yaml", **slurm)
    words = ended.stdout.split()
    assert words[:3] == ["experiment", "run", "terms.yaml"]
    assert read_shard(words[words.index("--shard") + 1]).name == "2-of-16"
    assert ("--store" in words) == (store is not None)
    assert store is None or words[words.index("--store") + 1] == str(tmp_path / store)
    assert ended.returncode == 5


def manifest(name: str) -> dict[str, Any]:
    found: dict[str, Any] = YAML(typ="safe").load((RECIPES / name).read_text(encoding="utf-8"))
    return found


def test_the_indexed_job_runs_every_part_once() -> None:
    job = manifest("kubernetes-array.yaml")
    spec = job["spec"]
    assert (job["apiVersion"], job["kind"], spec["completionMode"]) == ("batch/v1", "Job", "Indexed")
    (container,) = spec["template"]["spec"]["containers"]
    (script,) = container["args"]
    assert f"--shard $((JOB_COMPLETION_INDEX + 1))/{spec['completions']} " in script
    said = subprocess.run(
        ["sh", "-c", script.replace("exec orgsim", "exec echo")],
        check=True, capture_output=True, text=True, env=os.environ | {"JOB_COMPLETION_INDEX": "0"},
    )  # fmt: skip
    words = said.stdout.split()
    assert read_shard(words[words.index("--shard") + 1]).number == 1
    assert words[words.index("--store") + 1].startswith(container["volumeMounts"][0]["mountPath"])
    assert spec["template"]["spec"]["volumes"][0]["name"] == container["volumeMounts"][0]["name"]


def test_the_operators_cluster_is_of_one_image_and_one_thread_a_worker() -> None:
    cluster = manifest("kubernetes-dask.yaml")
    assert (cluster["apiVersion"], cluster["kind"]) == ("kubernetes.dask.org/v1", "DaskCluster")
    parts = cluster["spec"]
    images = {each["image"] for part in ("scheduler", "worker") for each in parts[part]["spec"]["containers"]}
    assert len(images) == 1
    (worker,) = parts["worker"]["spec"]["containers"]
    assert worker["args"][worker["args"].index("--nthreads") + 1] == "1"
    ports = {port["name"]: port["containerPort"] for port in parts["scheduler"]["spec"]["containers"][0]["ports"]}
    assert {port["targetPort"] for port in parts["scheduler"]["service"]["ports"]} == set(ports)
    assert parts["scheduler"]["service"]["selector"]["dask.org/cluster-name"] == cluster["metadata"]["name"]


@pytest.mark.soak
def test_the_dask_script_runs_a_study_with_its_processes_on_this_machine(tmp_path: Path) -> None:
    study = write_study(tmp_path / "terms")
    command(tmp_path / "bin", "srun", 'while [[ $1 == -* ]]; do shift; done\nexec "$@"\n')
    cache = {"ORGSIM_CACHE": os.environ["ORGSIM_CACHE"]} if "ORGSIM_CACHE" in os.environ else {}
    slurm = {"SLURM_SUBMIT_DIR": str(tmp_path), "SLURM_JOB_ID": "7", "SLURM_NTASKS": "3"}
    home = {"HOME": os.environ["HOME"]}
    ended = run(RECIPES / "slurm-dask.sh", tmp_path, str(study), **slurm, **cache, **home)
    assert ended.returncode == 0, ended.stderr
    assert not list(tmp_path.glob(".dask-*"))
    assert Store(tmp_path / "results" / "terms").sessions()
