"""Shards: the parts of a plan that the jobs of an array run, each by itself, with no scheduler between them."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from orgsim.errors import InputError
from orgsim.studies.chunks import missing_jobs
from orgsim.studies.plan import Plan
from orgsim.studies.study import Study


@dataclass(frozen=True)
class Shard:
    """The `number`th of `count` parts, from 1."""

    number: int
    count: int

    @property
    def name(self) -> str:
        """How its lock is called."""
        return f"{self.number}-of-{self.count}"

    def part(self, study: Study, plan: Plan) -> Plan:
        """Its part of a plan: as many jobs as any other shard has, those next to each other that share their worlds.

        What is finished already does not count, so that shards cut the same plan alike whenever they begin.
        """
        jobs = list(missing_jobs(study, plan, ()))
        first, last = ((number * len(jobs)) // self.count for number in (self.number - 1, self.number))
        names = {run for job in jobs[first:last] for run in job.runs}
        return replace(plan, runs=plan.runs[plan.runs["run"].isin(names)])


def read_shard(text: str) -> Shard:
    """The shard of '3/16'; InputError for anything else."""
    match = re.fullmatch(r"(\d{1,9})/(\d{1,9})", text)
    if not match or not 1 <= int(match[1]) <= int(match[2]):
        raise InputError(f"--shard takes NUMBER/COUNT from 1/COUNT to COUNT/COUNT, such as 3/16, not '{text}'")
    return Shard(int(match[1]), int(match[2]))
