"""`orgsim schema`: the JSON Schema of scenario and study files, for editors."""

from __future__ import annotations

from typing import Annotated

import typer

from orgsim.cli.shared import catalogue, print_json
from orgsim.scenarios import json_schema


def schema(study: Annotated[bool, typer.Option("--study", help="That of study files instead.")] = False) -> None:
    """Print the JSON Schema of scenario files, for editors.

    With it an editor completes names, shows what they mean and marks mistakes while you write.

    \b
    orgsim schema > scenarios/schema.json
    Then put this first in a scenario file:
    # yaml-language-server: $schema=schema.json
    """
    if study:
        from orgsim.studies.schema import study_schema

        print_json(study_schema(catalogue()))
        return
    print_json(json_schema(catalogue()))
