"""Uniform numbers for decisions: those both implementations share, or one's own."""

from __future__ import annotations

from functools import cache
from hashlib import blake2s
from random import Random

WORD = 2**32


def philox(counter: tuple[int, int, int, int], key: tuple[int, int]) -> tuple[int, int, int, int]:
    """Philox-4x32-10 (Salmon et al. 2011): four words of 32 bits from a counter of four and a key of two."""
    a, b, c, d = counter
    k, m = key
    for _ in range(10):
        left, right = 0xD2511F53 * a, 0xCD9E8D57 * c
        a, b, c, d = right // WORD ^ b ^ k, right % WORD, left // WORD ^ d ^ m, left % WORD
        k, m = (k + 0x9E3779B9) % WORD, (m + 0xBB67AE85) % WORD
    return a, b, c, d


@cache
def key_of(name: str) -> int:
    """Key of a decision or birth: four bytes of BLAKE2s of its name, the lowest first."""
    return int.from_bytes(blake2s(name.encode(), digest_size=4).digest(), "little")


TOGETHER = (
    ("morale.burnout.u_burnout", "turnover.shock.u_shock", "turnover.luck.u_luck"),
    ("innovation.leader_leaves.u_leader", "party_building.party_branch.u_establishes"),
    ("supervision.inspected.u_inspected", "supervision.rating_months.u_application"),
)
"""Decisions that share four words: the key is the first one's, and the word one's place among them."""
WORD_OF = {name: (key_of(names[0]), word) for names in TOGETHER for word, name in enumerate(names)}


class SharedLuck:
    """Each number is a function of seed, replication, decision, month and who decides."""

    def __init__(self, seed: int, replication: int) -> None:
        self.key = (seed, replication)

    def uniform(self, decision: str, month: int, who: int) -> float:
        key, word = WORD_OF.get(decision) or (key_of(decision), 0)
        return philox((who % WORD, who // WORD, month + 2**20, key), self.key)[word] * 2.0**-32 + 2.0**-33

    def newborn(self, entity: str, parent: int, month: int, ordinal: int) -> int:
        """Id of a parent's `ordinal`-th newborn of the month."""
        key = key_of(f"birth of {entity}")
        a, b, _, _ = philox((parent % WORD, parent // WORD, month + 2**20, key), (ordinal, 7))
        return b * WORD + a


class OwnLuck(SharedLuck):
    """Numbers of Python's own generator, as they come."""

    def __init__(self, seed: int) -> None:
        super().__init__(seed, 0)
        self.random = Random(seed)

    def uniform(self, decision: str, month: int, who: int) -> float:
        del decision, month, who
        return max(self.random.random(), 2.0**-53)
