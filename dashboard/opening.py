"""Scenario files become policies again: one file, or several chosen together, or what was taken away as a ZIP."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from pathlib import Path, PurePath

from dashboard.district import ENDINGS, FILE, TODAY, District, Upload, file_name, read_upload, today_table
from dashboard.levers import SUMS, by_name, comparable, levers, named
from dashboard.limits import checked
from dashboard.policy import Policy, standing
from orgsim.errors import InputError
from orgsim.scenarios import Scenario, load_text, resolve, shipped
from orgsim.scenarios.document import read_document
from orgsim.scenarios.load import default_space
from orgsim.scenarios.peopling import NOTHING, Beside
from orgsim.scenarios.read import MOST_BYTES, parse
from orgsim.scenarios.registers import Reading, read_register
from orgsim.scenarios.scenario import Setting
from orgsim.scenarios.write import Key, at_start, drafted

MOST_UNPACKED = 30_000_000
"""Bytes that a ZIP may unpack to."""
SCENARIOS = ("yaml", "yml")


def opened(text: str, file: str, beside: Beside = NOTHING, uploads: Mapping[str, Upload] | None = None) -> Policy:
    """The policy of a scenario file; InputError as `orgsim check` has it, or for what the page cannot show.

    `uploads` are the registers among what lies `beside` it.
    """
    scenario = load_text(text, name=file, beside=beside)
    draft = drafted(scenario)
    if scenario.population != named(TODAY).population or draft.parent in _stems(beside):
        return _elsewhere(scenario, beside, uploads or {})
    if draft.parent not in comparable():
        raise InputError(f"extends '{draft.parent}'; this page knows {', '.join(comparable())}", file=file)
    _check_frame(scenario, ("start", "months", "burn_in"))
    positions = {name: by_name()[name].shown(value) for (name, _), value in draft.levers.items()}
    return Policy(
        draft.parent,
        {**standing(draft.parent), **positions},
        scenario.title.zh,
        draft.steps,
        draft.assumptions,
    )


def opened_files(files: Mapping[str, bytes]) -> Policy:
    """The policy of files chosen together: a scenario, the district's own file that it extends, its register, a ZIP."""
    found = {name: part for file, content in files.items() for name, part in _unpacked(file, content)}
    ours = {f"{name}.yaml" for name in shipped()}
    texts = {name: _decoded(name, part) for name, part in found.items() if _ending(name) in SCENARIOS}
    documents = {name: read_document(parse(text, name), default_space()) for name, text in texts.items()}
    extended = {f"{one.extends.text}.yaml" for one in documents.values() if one.extends is not None}
    leaves = [name for name in texts if name not in extended and name not in ours]
    if FILE in leaves:
        leaves = [FILE]
    if len(leaves) != 1:
        raise InputError(f"choose one policy, with the files it rests on, not {len(leaves)}")
    started = [one.start.text for one in documents.values() if one.start is not None]
    uploads = {}
    for document in documents.values():
        if document.register is not None:
            asked = document.register.text.strip()
            if (content := found.get(PurePath(asked).name)) is not None:
                uploads[asked] = read_upload(asked, content, started[0] if started else named(TODAY).start)
    beside: dict[str, str | Reading] = {name: text for name, text in texts.items() if name not in ours}
    beside |= {asked: upload.reading for asked, upload in uploads.items()}
    return opened(texts[leaves[0]], leaves[0], beside, uploads)


def _elsewhere(scenario: Scenario, beside: Beside, uploads: Mapping[str, Upload]) -> Policy:
    """A policy in a district of its own, all that differs from today told by its sliders."""
    _check_frame(scenario, ("months", "burn_in") if scenario.population.register else ("start", "months", "burn_in"))
    table, usual = resolve(scenario), today_table()
    first = -scenario.burn_in
    for lever in levers():
        if lever.name not in SUMS and table.since(lever.name, month=first).value != usual.since(lever.name).value:
            raise InputError(
                f"has another {lever.name} today than {TODAY}, which this page keeps; use orgsim compare",
                file=scenario.file,
            )
    people = scenario.population
    sums = tuple((name, table.since(name, month=first).value) for name in SUMS)
    counts = checked(people.funders, list(people.organizations.values()))
    district = District(*counts, sums, _upload(scenario, uploads))
    values, found = at_start(scenario), by_name(sums)
    return Policy(
        TODAY,
        {
            name: min(max(round(values[name, None] / lever.factor, 8), lever.low), lever.high)
            for name, lever in found.items()
        },
        scenario.title.zh,
        scenario.schedule,
        _assumed(scenario, beside),
        district=district,
    )


def _upload(scenario: Scenario, uploads: Mapping[str, Upload]) -> Upload | None:
    register = scenario.population.register
    if register is None:
        return None
    for upload in uploads.values():
        if upload.reading.register is register:
            return upload
    path = Path(register.file)  # a text can only name a register of this machine through a shipped scenario
    reading = read_register(path, scenario.start)
    return Upload(file_name(path.name), path.read_bytes(), reading, scenario.start)


def _assumed(scenario: Scenario, beside: Beside) -> dict[Key, float]:
    """The assumptions of a policy, which hold for today as well."""
    own = _values(scenario.assumptions)
    parent = beside.get(f"{scenario.lineage[-2]}.yaml") if len(scenario.lineage) > 1 else None
    if isinstance(parent, str):
        today = _values(load_text(parent, name="today", beside=beside).assumptions)
        differing = sorted(name for name, _ in dict(own.items() ^ today.items()))
        if differing:
            raise InputError(
                f"assumes another {differing[0]} than today does, which this page cannot show; use orgsim compare",
                file=scenario.file,
            )
    return own


def _values(settings: tuple[Setting, ...]) -> dict[Key, float]:
    return {(one.parameter, one.kind): one.value for one in settings}


def _check_frame(scenario: Scenario, names: tuple[str, ...]) -> None:
    """What a page keeps as the baseline has it."""
    changed = ", ".join(name for name in names if getattr(scenario, name) != getattr(named(TODAY), name))
    if changed:
        raise InputError(
            f"changes {changed}, which this page keeps as they are today; use orgsim compare", file=scenario.file
        )


def _stems(beside: Beside) -> set[str]:
    return {PurePath(name).stem for name, what in beside.items() if isinstance(what, str)}


def _ending(name: str) -> str:
    return name.rpartition(".")[2].lower()


def _decoded(name: str, content: bytes) -> str:
    if len(content) > MOST_BYTES:
        size = f"{len(content) / 1e6:.1f} MB"
        raise InputError(f"is {size} long; a scenario is a page, and 1 MB is the most that is read", file=name)
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise InputError("is not UTF-8 text (perhaps GBK); save it as UTF-8", file=name) from None


def _unpacked(name: str, content: bytes) -> list[tuple[str, bytes]]:
    """A file by its bare name, or the scenarios and registers of a ZIP, which are only ever held in memory."""
    if _ending(name) != "zip":
        return [(PurePath(name).name, content)]
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as folder:
            parts = [one for one in folder.infolist() if _ending(one.filename) in (*SCENARIOS, *ENDINGS)]
            if sum(one.file_size for one in parts) > MOST_UNPACKED:
                raise InputError(f"unpacks to more than {MOST_UNPACKED // 1_000_000} MB", file=name)
            return [(PurePath(one.filename).name, folder.read(one)) for one in parts]
    except (zipfile.BadZipFile, RuntimeError, OSError, EOFError, ValueError):
        raise InputError("is a damaged ZIP file", file=name) from None
