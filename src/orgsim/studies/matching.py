"""Does a store belong to this study, and to this code and these libraries?"""

from __future__ import annotations

from orgsim.errors import InputError
from orgsim.studies.manifest import differences, other_versions
from orgsim.studies.measure import code_hash
from orgsim.studies.refusals import OtherEnvironment
from orgsim.studies.store import Store
from orgsim.studies.study import Study


def check_same(study: Study, store: Store) -> None:
    """InputError if a store was made by another study than this one; how large either is does not count."""
    other = differences(store.manifest, study)
    if other:
        raise InputError(
            f"was made by another study: {', '.join(other)} differ; choose another folder with --store",
            file=store.folder,
        )


def check_environment(store: Store, accept: bool = False) -> None:
    """`OtherEnvironment` if rows made now might not belong to those stored; libraries may be accepted, code not."""
    before, now = store.manifest["code"], code_hash()
    if before != now:
        raise OtherEnvironment(
            f"{store.folder}: the model's code is another than when these rows were made ({before[:8]} → {now[:8]}); "
            "go on with that version, or begin anew with --store"
        )
    others = other_versions(store.manifest)
    if others and not accept:
        raise OtherEnvironment(
            f"{store.folder}: other versions than when these rows were made: {', '.join(others)}; "
            "go on with those, or say --accept-environment"
        )
