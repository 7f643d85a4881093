"""How rows come to be and cease: the same code whichever engine asks."""

from __future__ import annotations

from typing import Any

import numpy as np

from orgsim.core.draws import descend


def place(
    moment: Any,
    key: Any,
    parent_present: Any,
    parent_id: Any,
    parent_count: Any,
    present: Any,
    newborn: Any,
    ids: Any,
    link: Any,
) -> int:
    """Put each parent's newborn rows into free rows of one replication; the caller has made room.

    Returns a row number that no newborn reaches. Which row a newborn takes is of no consequence: its id, and so its
    luck, comes from parent, month and ordinal.
    """
    newborn[:] = False
    free = 0
    for parent in range(parent_present.shape[0]):
        if not parent_present[parent]:
            continue
        for ordinal in range(int(parent_count[parent])):
            while present[free]:
                free += 1
            present[free] = True
            newborn[free] = True
            link[free] = parent
            ids[free] = descend(parent_id[parent], moment, np.uint64(ordinal), key)
            free += 1
    return free


def remove(present: Any, when: Any) -> None:
    """Rows of one replication whose flag holds are no more."""
    for row in range(present.shape[0]):
        present[row] = present[row] > when[row]  # taken, and not to go


def fits(parent_present: Any, parent_count: Any, present: Any) -> bool:
    """Whether one replication has a free row for each newborn to come."""
    coming = 0
    for parent in range(parent_present.shape[0]):
        if parent_present[parent]:
            coming += int(parent_count[parent])
    taken = 0
    for row in range(present.shape[0]):
        taken += present[row]
    return bool(coming + taken <= present.shape[0])


def reach(present: Any, top: int) -> int:
    """Just above the last row of one replication that is taken; none is at `top` or beyond."""
    while top > 0 and not present[top - 1]:
        top -= 1
    return top
