"""Management: how well an organization is run inside."""

from __future__ import annotations

from orgsim.core.numerics import clip, normal
from orgsim.core.rule import initial
from orgsim.core.units import Index, Uniform


@initial("organization")
def starting_management(mean_management: Index, management_spread: Index, u_management: Uniform) -> Index:
    """Quality of internal management on an index of 0 to 1; lasting."""
    return clip(mean_management + management_spread * normal(u_management), 0.0, 1.0)
