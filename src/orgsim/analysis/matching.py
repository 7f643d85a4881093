"""Which fact a row speaks of: by its id, by its words, or by phrases that a further fact is known by."""

from __future__ import annotations

import re
import unicodedata

from orgsim.analysis import (  # noqa: F401  (facts register themselves)
    baseline,
    money_responses,
    morale_responses,
    pay_responses,
    supervision_responses,
)
from orgsim.analysis.facts import FACTS, WORDS, Fact
from orgsim.analysis.targets import Target, shipped_targets
from orgsim.core.parameters import Text

SMALL = frozenset("a an and are at by for from in is of on or over per than that the to versus vs who with".split())
COUNTING = frozenset("half one two three four five six seven eight nine ten twelve fifteen twenty first second".split())
ENOUGH = 0.5
"""Share of the shorter text's words that a row must have in common with the fact of its id."""


def match(target: Target) -> Fact | Text:
    """How a target is measured, or why it cannot be.

    Its id decides if its fact shares words and all numbers with what that id means here. Else it is the fact that has
    the same words, small ones and plurals aside, for another file may number its rows otherwise; else a further fact
    whose phrases it has.
    """
    ours = {known.id: known.fact for known in shipped_targets()}
    words = _words(target.fact)
    if target.id in ours and _alike(words, _words(ours[target.id])):
        return FACTS[target.id]
    same = [row for row, fact in ours.items() if _words(fact) == words]
    spoken = same or _spoken_of(target.fact)
    if len(spoken) == 1:
        return FACTS[spoken[0]]
    if target.id in ours:
        known = ours[target.id]
        return Text(
            en=f"here {target.id} is '{known}', and no measure is known for this fact",
            zh=f"{target.id} 在此指“{known}”，本行事实尚无测量方法",
        )
    return Text(en="no measure is known for this fact", zh="本行事实尚无测量方法")


def _alike(one: frozenset[str], other: frozenset[str]) -> bool:
    fewer = min(len(one), len(other))
    return _numbers(one) == _numbers(other) and fewer > 0 and len(one & other) >= ENOUGH * fewer


def _spoken_of(text: str) -> list[str]:
    """The further facts whose phrases a text has; of several, those with most sets of phrases."""
    told = f" {_normal(text)} "
    spoken = [name for name, sets in WORDS.items() if all(any(f" {p} " in told for p in each) for each in sets)]
    most = max((len(WORDS[name]) for name in spoken), default=0)
    return [name for name in spoken if len(WORDS[name]) == most]


def _words(text: str) -> frozenset[str]:
    """The words that count, in one spelling and without the s of a plural."""
    told = (word.replace("isation", "ization") for word in _normal(text).split() if word not in SMALL)
    return frozenset(word.removesuffix("s") if len(word) > 3 else word for word in told)


def _numbers(words: frozenset[str]) -> frozenset[str]:
    return frozenset(word for word in words if re.search(r"\d", word) or word in COUNTING)


def _normal(text: str) -> str:
    """Letters and digits only, small, with single spaces between words."""
    return " ".join(re.findall(r"\w+", unicodedata.normalize("NFKC", text).casefold()))
