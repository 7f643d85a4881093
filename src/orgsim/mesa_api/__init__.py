"""orgsim as a Mesa model: organizations, funders and staff are `mesa.Agent`s, each a view on one row of the world.

    from orgsim.mesa_api import OrgModel, Organization

    model = OrgModel("baseline", rng=1)
    model.step()
    model.agents_by_type[Organization].select(lambda o: o.active).agg("cash", sum)

The rules, the luck and so the results are those of `orgsim.simulate`, bit for bit. docs/mesa.md tells the rest.
"""

from orgsim.mesa_api.agents import AgentIsGone, Funder, Organization, RowAgent, Staff
from orgsim.mesa_api.model import OrgModel

__all__ = ["AgentIsGone", "Funder", "OrgModel", "Organization", "RowAgent", "Staff"]
