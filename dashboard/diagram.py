"""A picture of paths as a Mermaid diagram, and the same as an ordered list of steps. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from unicodedata import east_asian_width

from dashboard.amounts import share_text
from dashboard.texts import say
from orgsim.explain.graph import OUTCOME, PARAMETER, Item
from orgsim.explain.paths import Picture

WIDTH = 18
"""Letters in a line of a box; a Chinese character counts as two. Two boxes abreast keep their size on a telephone."""
NEW_LINE = "\n"
_STYLES = {
    "lever": "fill:#e3edf8,stroke:#1f5fa8,color:#111827",
    "outcome": "fill:#fdf3e1,stroke:#b9770e,color:#111827",
    "moved": "fill:#ffffff,stroke:#4b5563,color:#111827",
    "still": "fill:#f3f4f6,stroke:#9ca3af,color:#6b7280,stroke-dasharray:4 3",
}


@dataclass(frozen=True)
class Box:
    """What is written of an item: its name, its value today and under the policy, the difference; if it moved."""

    name: str
    levels: str
    difference: str
    moved: bool


def mermaid(picture: Picture, boxes: Mapping[Item, Box]) -> str:
    """The diagram, from the lever down. A dotted arrow passes steps that are not shown."""
    number = {item: f"n{place}" for place, item in enumerate(picture.items)}
    lines = ["flowchart TB"]
    for item, box in boxes.items():
        if item in number:
            said = [f"**{line}**" for line in wrapped(_plain(box.name))]
            parts = (box.levels, *box.difference.replace(" (", "\n(").split("\n"))
            said += [line for text in parts for line in wrapped(_plain(text))]
            lines.append(f'  {number[item]}["`{NEW_LINE.join(said)}`"]:::{_style(item, box)}')
    for hop in picture.hops:
        share = share_text(hop.share)
        arrow = "-.->" if hop.through else "-->"
        label = f'|"{_plain(share)}"|' if share else ""
        lines.append(f"  {number[hop.source]} {arrow}{label} {number[hop.target]}")
    lines += [f"  classDef {name} {style}" for name, style in _STYLES.items()]
    return "\n".join(lines)


def steps(picture: Picture, boxes: Mapping[Item, Box], names: Mapping[Item, str], language: str) -> list[str]:
    """One line an arrow, in order, for those who cannot see the picture or read it on a telephone."""
    found = []
    for hop in picture.hops:
        source, target = boxes[hop.source], boxes[hop.target]
        share = share_text(hop.share)
        key = "path.step" if share else "path.step.unsplit"
        if share.startswith("−"):
            key, share = "path.step.against", share.removeprefix("−")
        line = say(key, language, source=source.name, target=target.name, share=share)
        through = [names[item] for item in hop.through if item in names]
        if through:
            line += say("path.through", language, steps=say("path.join", language).join(dict.fromkeys(through)))
        numbers = say("path.join", language).join(text for text in (target.levels, target.difference) if text)
        found.append(f"{line}{say('colon', language)}{numbers}")
    return found


def wrapped(text: str, width: int = WIDTH) -> list[str]:
    """Lines of at most so many letters: Latin text cut at spaces where it has some, Chinese anywhere."""
    lines = [""]
    for word in _words(text):
        if lines[-1] and _length(lines[-1] + word) > width:
            lines.append(word.lstrip())
        else:
            lines[-1] += word
    return [line.rstrip() for line in lines if line.strip()]


def _words(text: str) -> list[str]:
    """Pieces between which a line may end; a Latin word keeps the space before it, closing marks what they close."""
    pieces: list[str] = []
    for letter in text:
        wide = _size(letter) == 2
        joined = letter in "）」，。：；、％" or (not wide and letter != " ")
        if pieces and joined and ((not wide and _size(pieces[-1][-1]) == 1) or letter in "）」，。：；、％"):
            pieces[-1] += letter
        else:
            pieces.append(letter)
    return pieces


def _length(text: str) -> int:
    return sum(_size(letter) for letter in text)


def _size(letter: str) -> int:
    return 2 if east_asian_width(letter) in "WF" else 1


def _plain(text: str) -> str:
    """Without what Mermaid would take for its own."""
    return text.replace('"', "”").replace("<", "＜").replace(">", "＞").replace("#", "＃")


def _style(item: Item, box: Box) -> str:
    if item.entity == PARAMETER:
        return "lever"
    if not box.moved:
        return "still"
    return "outcome" if item.entity == OUTCOME else "moved"
