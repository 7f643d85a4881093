"""What everybody can do: look at the values in force, and be lucky or not."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .district import District


class Actor:
    """Somebody, or something, of the district with an id of its own."""

    model: District
    id: int

    @property
    def values(self) -> Any:
        return self.model.values

    @property
    def sector(self) -> Any:
        return self.model.sector

    def chance(self, decision: str) -> float:
        """This month's uniform number for a decision of one's own."""
        return self.model.luck.uniform(decision, self.model.month, self.id)
