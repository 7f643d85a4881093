"""Kinds of number a rule takes and gives: they document a signature and choose how a column is stored."""

from __future__ import annotations

from typing import Annotated, get_args, get_origin

import numpy as np


class Unit:
    """The unit of an annotated number, as people read it."""

    def __init__(self, text: str) -> None:
        self.text = text

    def __repr__(self) -> str:
        return f"Unit({self.text!r})"


Money = Annotated[float, Unit("CNY")]
"""Chinese yuan; a flow of money is CNY in the month."""
Months = Annotated[float, Unit("months")]
Years = Annotated[float, Unit("years")]
Count = Annotated[float, Unit("count")]
FTE = Annotated[float, Unit("full-time equivalents")]
Share = Annotated[float, Unit("share")]
Probability = Annotated[float, Unit("probability")]
Hazard = Annotated[float, Unit("per month")]
YearlyRate = Annotated[float, Unit("per year")]
Ratio = Annotated[float, Unit("ratio")]
LogRatio = Annotated[float, Unit("log ratio")]
SD = Annotated[float, Unit("SD")]
Index = Annotated[float, Unit("index 0 to 1")]
Points = Annotated[float, Unit("points 0 to 1000")]
Uniform = Annotated[float, Unit("uniform on (0, 1)")]
"""One decision's luck: a draw that depends on seed, replication, decision, month and entity only."""
PersonMonths = Annotated[float, Unit("person-months")]
Flag = Annotated[bool, Unit("yes or no")]
Code = Annotated[int, Unit("code")]


def unit_of(annotation: object) -> str:
    """Text of an annotation's unit; `''` for a bare type."""
    if get_origin(annotation) is Annotated:
        for extra in get_args(annotation)[1:]:
            if isinstance(extra, Unit):
                return extra.text
    return ""


def storage_of(annotation: object) -> type[np.generic]:
    """How a column of this annotation is stored: bool, int64 or float64."""
    base = get_args(annotation)[0] if get_origin(annotation) is Annotated else annotation
    if base is bool:
        return np.bool_
    if base is int:
        return np.int64
    if base is float:
        return np.float64
    raise TypeError(f"a column is a number or a yes/no, not {base!r}")
