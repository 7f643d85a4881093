"""The pictures of the ODD page, drawn from the schedule: the month, who acts on whom, which mechanism reads which.

A picture carries a hash of what it was drawn from, so that one can tell whether it is up to date without comparing
pixels, which differ from machine to machine.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import FancyArrowPatch, FancyBboxPatch

from orgsim.core.hashing import content_hash
from orgsim.core.registry import Model
from orgsim.mechanisms import NAMES
from orgsim.report.lettering import font_family
from orgsim.report.odd.relations import LANES, effects, readings, steps

GREY, INK = "#5b6770", "#1d2a33"
COLOURS = {"rules": "#0072B2", "totals": "#00805f", "allocation": "#b0508c", "births": "#b87400", "deaths": "#c44e00"}
_NODES = {
    "kind": (0.0, 2.4),
    "sector": (2.2, 2.4),
    "funder": (4.4, 1.75),
    "organization": (2.2, 1.1),
    "staff": (0.5, 0.0),
    "counts": (4.2, 0.0),
}
"""Where each entity is drawn; y grows upwards."""
_BOWS = {"rules": 0.16, "totals": 0.16, "births": 0.0}
"""How far an arrow bows to its right, so that one and its opposite part."""
Draw = Callable[[Model], Figure]


def month_figure(model: Model) -> Figure:
    """One line a phase, one lane an entity: what is written, and which other lanes are read or summed for it."""
    phases = steps(model)
    figure = Figure(figsize=(9.0, 1.0 + 0.34 * len(phases)), layout="constrained", dpi=110)
    axes = _bare(figure)
    for place, name in enumerate(LANES):
        axes.plot([place, place], [-0.4, len(phases) - 0.6], color="#e3e8ec", linewidth=6, zorder=0)
        _write(axes, place, -1.0, name, size=10)
    for row, step in enumerate(phases):
        _write(axes, -0.75, row, f"{row + 1}  {step.name}", ha="right", size=8.5)
        colour = COLOURS[step.sort]
        for source, target in sorted(step.reads):
            _reach(axes, LANES.index(source), LANES.index(target), row, colour)
        for name, number in step.written.items():
            text = {"births": "born", "deaths": "gone"}.get(step.sort, str(number))
            _box(axes, LANES.index(name), row, text, colour)
    axes.set(xlim=(-2.6, len(LANES) - 0.45), ylim=(len(phases) + 0.7, -1.5))
    for place, (sort, colour) in enumerate(COLOURS.items()):
        _write(axes, -1.2 + 1.25 * place, len(phases) + 0.2, sort, color=colour, size=9)
    return figure


def _reach(axes: Axes, source: int, target: int, row: int, colour: str) -> None:
    """A line from the lane that is read to the one that is written, bowed round the boxes between."""
    step = 1 if target > source else -1
    far = abs(target - source)
    bow = 0.0 if far == 1 else -step * (0.16 if far == 2 else 0.10)
    arrow = FancyArrowPatch(
        (source, row),
        (target - 0.24 * step, row),
        arrowstyle="-|>,head_length=3.5,head_width=2",
        connectionstyle=f"arc3,rad={bow}",
        color=colour,
        linewidth=0.9,
        shrinkA=0,
        shrinkB=0,
        zorder=2,
    )
    axes.add_patch(arrow)
    axes.plot([source], [row], "o", color=colour, markersize=4, zorder=3)


def _box(axes: Axes, x: float, y: float, text: str, colour: str) -> None:
    axes.add_patch(
        FancyBboxPatch(
            (x - 0.2, y - 0.27),
            0.4,
            0.54,
            boxstyle="round,pad=0,rounding_size=0.1",
            facecolor="white",
            edgecolor=colour,
            linewidth=1.3,
            zorder=4,
        )
    )
    _write(axes, x, y, text, color=colour, size=8.5, zorder=5)


def entities_figure(model: Model) -> Figure:
    """The entities as boxes, an arrow from what is read, summed or a parent to what is changed by it."""
    figure = Figure(figsize=(9.0, 5.8), layout="constrained", dpi=110)
    axes = _bare(figure)
    found = effects(model)
    boxes = {}
    for name, (x, y) in _NODES.items():
        own = [f"{number} {sort}" for sort, arrows in found.items() if (number := arrows[name, name])]
        boxes[name] = FancyBboxPatch(
            (x - 0.45, y - 0.16),
            0.9,
            0.32,
            boxstyle="round,pad=0.02,rounding_size=0.06",
            facecolor="#eef3f6",
            edgecolor=INK,
            linewidth=1.2,
            zorder=4,
        )
        axes.add_patch(boxes[name])
        _write(axes, x, y + (0.05 if own else 0.0), name, size=11, zorder=5)
        if own:
            _write(axes, x, y - 0.1, f"among peers: {', '.join(own)}", size=7, color=GREY, zorder=5)
    for sort, arrows in found.items():
        for (source, target), number in sorted(arrows.items()):
            if source != target:
                _arrow(axes, boxes[source], boxes[target], (_NODES[source], _NODES[target]), sort, str(number))
    handles = [Line2D([], [], color=COLOURS[sort], label=label) for sort, label in _MEANINGS.items()]
    axes.legend(handles=handles, loc="lower left", frameon=False, prop={"family": font_family(), "size": 9})
    axes.set(xlim=(-0.6, 5.0), ylim=(-1.0, 2.75))
    return figure


_MEANINGS = {
    "rules": "rules that read another's row",
    "totals": "totals over rows",
    "births": "gives birth to rows",
}


def _arrow(
    axes: Axes,
    start: FancyBboxPatch,
    end: FancyBboxPatch,
    ends: tuple[tuple[float, float], tuple[float, float]],
    sort: str,
    text: str,
) -> None:
    bow = _BOWS[sort]
    arrow = FancyArrowPatch(
        *ends,
        patchA=start,
        patchB=end,
        arrowstyle="-|>,head_length=6,head_width=3.5",
        connectionstyle=f"arc3,rad={bow}",
        color=COLOURS[sort],
        linewidth=1.6,
        shrinkA=1,
        shrinkB=1,
        zorder=2,
    )
    axes.add_patch(arrow)
    first, last = np.array(ends[0]), np.array(ends[1])
    x, y = (first + last) / 2.0 + 0.5 * bow * np.array([last[1] - first[1], first[0] - last[0]])
    paper = {"facecolor": "white", "edgecolor": "none", "pad": 1.0}
    _write(axes, float(x), float(y), text, color=COLOURS[sort], size=9, zorder=3, bbox=paper)


def mechanisms_figure(model: Model) -> Figure:
    """A table: how many columns and parameters of the mechanism above the mechanism at the left reads."""
    found = readings(model)
    numbers = np.array([[found[reader][owner] for owner in NAMES] for reader in NAMES])
    figure = Figure(figsize=(9.0, 7.8), layout="constrained", dpi=110)
    axes = figure.subplots()
    axes.imshow(np.log1p(numbers), cmap="Blues", vmax=np.log1p(numbers.max()) * 1.3)
    for row, column in zip(*np.nonzero(numbers), strict=True):
        _write(axes, float(column), float(row), str(numbers[row, column]), size=8)
    for place in range(len(NAMES)):
        axes.add_patch(FancyBboxPatch((place - 0.3, place - 0.3), 0.6, 0.6, boxstyle="round,pad=0", color="#e3e8ec"))
    family = font_family()
    axes.set_xticks(range(len(NAMES)), NAMES, rotation=55, ha="left", fontfamily=family, fontsize=9)
    axes.set_yticks(range(len(NAMES)), NAMES, fontfamily=family, fontsize=9)
    axes.tick_params(length=0, labeltop=True, labelbottom=False)
    axes.set_xlabel("is read", fontfamily=family, color=GREY)
    axes.set_ylabel("reads", fontfamily=family, color=GREY)
    for spine in axes.spines.values():
        spine.set_visible(False)
    return figure


def _bare(figure: Figure) -> Axes:
    axes: Axes = figure.subplots()
    axes.set_axis_off()
    return axes


def _write(axes: Axes, x: float, y: float, text: str, *, ha: str = "center", color: str = INK, **more: object) -> None:
    axes.text(x, y, text, ha=ha, va="center", color=color, fontfamily=font_family(), **more)  # type: ignore[arg-type]


FIGURES: dict[str, Draw] = {
    "month": month_figure,
    "entities": entities_figure,
    "mechanisms": mechanisms_figure,
}
_VERSION = 2
"""Raised when the way of drawing changes, so that pictures are drawn anew."""


def content(model: Model) -> str:
    """Hash of all that the pictures are drawn from."""
    drawn = {
        "version": _VERSION,
        "steps": [[s.name, s.sort, dict(s.written), sorted(map(list, s.reads))] for s in steps(model)],
        "effects": {sort: [[*pair, n] for pair, n in sorted(found.items())] for sort, found in effects(model).items()},
        "readings": {name: dict(found) for name, found in readings(model).items()},
    }
    return content_hash(drawn)


def save(file: Path, draw: Draw, model: Model) -> None:
    """Draw a picture and write it with the hash of what it shows."""
    draw(model).savefig(file, metadata={"Description": content(model), "Software": None})


def fresh(file: Path, model: Model) -> bool:
    """Whether a picture shows the model as it is."""
    return file.exists() and content(model).encode() in file.read_bytes()
