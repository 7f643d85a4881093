"""Named values with unit, legal range, role, source and grade.

A mechanism keeps its values in `parameters.yaml` beside its rules. They are read once, checked strictly, and
given consecutive places in a `ParameterSpace`; a run then needs only an array with one place a value.
A value that differs by kind of organization takes one place a kind.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from hashlib import blake2b
from pathlib import Path
from typing import Annotated, Any, Literal

import numpy as np
from numpy.typing import NDArray
from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator
from ruamel.yaml import YAML

from orgsim.core.cache import cache_folder, write_quietly
from orgsim.errors import InputError, nearest

Role = Literal["lever", "uncertainty", "fixed"]
Grade = Literal["A", "B", "C"]
Reading = Literal["read", "memory", "derived", "assumed"]
KINDS = ("association", "service", "social_work", "foundation", "community")
"""Kinds of organization, in the order of their codes."""


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, strict=False)


class Text(_Strict):
    """The same words in English and Chinese."""

    en: str = Field(min_length=1)
    zh: str = Field(min_length=1)

    def __call__(self, language: str = "en") -> str:
        return self.zh if language == "zh" else self.en


class Source(_Strict):
    """Where a number comes from and how far it can be trusted.

    `reading` tells whether the number was read in a public copy, recalled, derived by arithmetic or assumed;
    a recalled number is never graded A.
    """

    cite: str
    where: str = ""
    grade: Grade
    reading: Reading
    note: str = ""

    @model_validator(mode="after")
    def _memory_is_not_a(self) -> Source:
        if self.reading in ("memory", "assumed") and self.grade == "A":
            raise ValueError(f"a value that is '{self.reading}' cannot be graded A")
        return self


Bound = Annotated[float, Field(allow_inf_nan=False)]


class Parameter(_Strict):
    """One named value: what it means, its unit, its legal range, whose choice it is and what it rests on."""

    name: str
    title: Text
    meaning: Text
    unit: str = Field(min_length=1)
    value: Bound | dict[str, Bound]
    range: tuple[Bound, Bound]
    role: Role
    source: Source
    choices: tuple[str, ...] = ()
    no_effect: Bound | None = None

    @property
    def by_kind(self) -> bool:
        """Whether the value differs by kind of organization."""
        return isinstance(self.value, dict)

    @property
    def mechanism(self) -> str:
        return self.name.split(".", 1)[0]

    @property
    def values(self) -> tuple[float, ...]:
        """The value, or one a kind in the order of `KINDS`."""
        if isinstance(self.value, dict):
            return tuple(self.value[kind] for kind in KINDS)
        return (self.value,)

    @model_validator(mode="after")
    def _value_is_legal(self) -> Parameter:
        low, high = self.range
        if low > high:
            raise ValueError(f"range [{low}, {high}] runs backwards")
        if isinstance(self.value, dict) and set(self.value) != set(KINDS):
            raise ValueError(f"give one value for each of {', '.join(KINDS)}")
        for value in self.values:
            if not low <= value <= high:
                raise ValueError(f"value {value} lies outside its own range [{low}, {high}]")
        if self.no_effect is not None and not low <= self.no_effect <= high:
            raise ValueError(f"no_effect {self.no_effect} lies outside the range [{low}, {high}]")
        if self.choices and self.range != (0, len(self.choices) - 1):
            raise ValueError("the range of a choice counts its choices from 0")
        return self


class ParameterSpace(Mapping[str, Parameter]):
    """All parameters of a model, each with its places in the array a run reads.

    `space["contracts.duration"]` is a parameter, `space.place["contracts.duration"]` its first place,
    `space.defaults()` an array of all default values, shape (size,).
    """

    def __init__(self, parameters: Iterable[Parameter]) -> None:
        self._parameters = {p.name: p for p in parameters}
        self.place: dict[str, int] = {}
        self.size = 0
        for parameter in self._parameters.values():
            self.place[parameter.name] = self.size
            self.size += len(parameter.values)

    def __getitem__(self, name: str) -> Parameter:
        return self._parameters[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._parameters)

    def __len__(self) -> int:
        return len(self._parameters)

    def named(self, name: str) -> Parameter:
        """Like `space[name]`, but a stranger gets a sentence with the nearest name."""
        try:
            return self._parameters[name]
        except KeyError:
            raise InputError(f"there is no lever or assumption '{name}'{nearest(name, self)}") from None

    def with_defaults(self, values: Mapping[str, float]) -> ParameterSpace:
        """The same parameters with other default values: what no scenario sets is then this.

        Names are 'fees.price', or 'fees.fee_share[service]' for one kind. Raises InputError for an unknown name and
        for a value outside its range.
        """
        changed = dict(self._parameters)
        for label, value in values.items():
            name, _, kind = label.removesuffix("]").partition("[")
            self.named(name)
            parameter = changed[name]
            known = parameter.value
            if isinstance(known, dict) != bool(kind) or (isinstance(known, dict) and kind not in known):
                raise InputError(f"'{label}' is no value of the model{nearest(label, self)}")
            if not parameter.range[0] <= value <= parameter.range[1]:
                low, high = parameter.range
                raise InputError(f"{label}: {value:g} is outside its range, {low:g} to {high:g}")
            other = {**known, kind: float(value)} if isinstance(known, dict) else float(value)
            changed[name] = parameter.model_copy(update={"value": other})
        return ParameterSpace(changed.values())

    def defaults(self) -> NDArray[np.float64]:
        """Default values of all places, shape (size,)."""
        return np.array([v for p in self._parameters.values() for v in p.values], dtype=np.float64)


def read_parameters(mechanism: str, file: Path) -> list[Parameter]:
    """Parameters of one mechanism, named `mechanism.key`; strict, with file and line in every complaint."""
    if not file.exists():
        return []
    parameters = []
    for key, (line, entry) in read_entries(file).items():
        try:
            parameters.append(Parameter(name=f"{mechanism}.{key}", **entry))
        except ValidationError as error:
            first = error.errors()[0]
            where = ".".join(str(part) for part in first["loc"])
            raise InputError(f"{key}: {where}: {first['msg']}", file=file, line=line) from None
        except TypeError as error:
            raise InputError(f"{key}: {error}", file=file, line=line) from None
    return parameters


def read_entries(file: Path) -> dict[str, tuple[int, Any]]:
    """Line and content of each entry of a YAML file.

    Parsing is slow for what it is, so its result is kept by the text's hash.
    """
    text = file.read_text(encoding="utf-8")
    kept = cache_folder() / f"parsed-{blake2b(text.encode(), digest_size=16).hexdigest()}.json"
    try:
        return {key: (line, entry) for key, (line, entry) in json.loads(kept.read_text(encoding="utf-8")).items()}
    except (OSError, ValueError):
        pass
    content: Any = YAML(typ="rt", pure=True).load(text) or {}
    entries = {key: (content.lc.key(key)[0] + 1, entry) for key, entry in content.items()}
    plain: dict[str, tuple[int, Any]] = json.loads(json.dumps(entries))
    write_quietly(kept, json.dumps(plain, ensure_ascii=False))
    return plain
