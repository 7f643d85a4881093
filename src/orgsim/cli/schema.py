"""`orgsim schema`: the JSON Schema of scenario files, for editors."""

from __future__ import annotations

from orgsim.cli.shared import catalogue, print_json
from orgsim.scenarios import json_schema


def schema() -> None:
    """Print the JSON Schema of scenario files, for editors.

    With it an editor completes names, shows what they mean and marks mistakes while you write.

    \b
    orgsim schema > scenarios/schema.json
    Then put this first in a scenario file:
    # yaml-language-server: $schema=schema.json
    """
    print_json(json_schema(catalogue()))
