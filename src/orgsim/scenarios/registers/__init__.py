"""Registers: a bureau's list of its organizations, read with an account of what was used, drawn and refused."""

from orgsim.scenarios.registers import telling
from orgsim.scenarios.registers.account import Column, Problem, Reading
from orgsim.scenarios.registers.cells import KIND_WORDS
from orgsim.scenarios.registers.reading import drawn, read_content, read_register, title_of
from orgsim.scenarios.registers.sums import underpaid, usual_purchase
from orgsim.scenarios.registers.template import template

__all__ = [
    "KIND_WORDS",
    "Column",
    "Problem",
    "Reading",
    "drawn",
    "read_content",
    "read_register",
    "telling",
    "template",
    "title_of",
    "underpaid",
    "usual_purchase",
]
