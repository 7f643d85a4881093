"""The claims of the district report: what each sentence says, what in the model stands for it, and how it is tried."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Literal, TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError, model_validator

from orgsim.core.parameters import Text, read_entries
from orgsim.errors import InputError

Way = Literal["more", "less", "none", "open"]
Place = Literal[
    "problem 1", "problem 2", "problem 3", "problem 4", "problem 5",
    "answer 1", "answer 2", "answer 3", "answer 4", "answer 5",
]  # fmt: skip
HERE = Path(__file__).parent


class Claim(BaseModel):
    """One sentence that claims a cause.

    `phrase` quotes it, `……` where something is left out. `trial` are the values moved, `beside` those set in both
    runs, `null` those at which the effect is not there. `outcomes` are what the sentence is about, the main one
    first, with the way it says they go: "none" for no change, "open" where it names no way. `rests` are the values
    that carry the effect. A claim without a trial is one the model cannot speak of; its remark says why.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: str
    place: Place
    phrase: str
    meaning: str
    mechanisms: tuple[str, ...]
    rules: tuple[str, ...]
    trial: dict[str, float] = {}
    beside: dict[str, float] = {}
    outcomes: dict[str, Way] = {}
    null: dict[str, float] = {}
    rests: tuple[str, ...] = ()
    remark: Text | None = None

    @model_validator(mode="after")
    def _is_tried_or_says_why_not(self) -> Claim:
        if bool(self.trial) != bool(self.outcomes) or (self.trial and not self.rests):
            raise ValueError("a trial needs outcomes and the values it rests on")
        if not self.trial and (self.remark is None or self.null or self.beside):
            raise ValueError("a claim that is not tried has a remark that says why, and nothing to set")
        return self


class Doubt(BaseModel):
    """A place where the report is at odds with itself or with what is known, and how the model reads it."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: str
    phrases: tuple[str, ...]
    remark: Text


Entry = TypeVar("Entry", Claim, Doubt)


def claims() -> tuple[Claim, ...]:
    """All claims, problems first, in the order of the report."""
    return (*read_all(HERE / "problems.yaml", Claim), *read_all(HERE / "answers.yaml", Claim))


def doubts() -> tuple[Doubt, ...]:
    """Where the report cannot be taken as it stands."""
    return read_all(HERE / "doubts.yaml", Doubt)


def read_all(file: Path, kind: type[Entry]) -> tuple[Entry, ...]:
    """The entries of a file; InputError with its line for the first that is not as it should be."""
    found = []
    for name, (line, entry) in read_entries(file).items():
        fields: dict[str, Any] = entry if isinstance(entry, dict) else {}
        try:
            found.append(kind(id=name, **fields))
        except (ValidationError, TypeError) as error:
            first = error.errors()[0] if isinstance(error, ValidationError) else {"loc": (), "msg": str(error)}
            where = ".".join(str(part) for part in first["loc"])
            raise InputError(f"{name}: {where}: {first['msg']}".replace(": : ", ": "), file=file, line=line) from None
    return tuple(found)
