"""A rule is a plain documented function of its arguments; whatever else it tries is refused with a sentence."""

from __future__ import annotations

from collections.abc import Callable
from types import ModuleType

import pytest

from orgsim.core.rule import DeclarationError, rules_of

Import = Callable[..., ModuleType]


def written(body: str, head: str = "", result: str = " -> Ratio") -> str:
    return f'{head}\n@rule("tree")\ndef height(width: Ratio){result}:\n    """How tall."""\n    {body}\n'


def test_a_rule_of_arguments_and_exact_arithmetic_is_taken(imported: Import) -> None:
    head = "from orgsim.core.elementary import exp"
    module = imported(written("return clip(exp(width) + abs(min(floor(width), 2.0)), 0.0, 9.0)", head))
    assert [(r.path, r.arguments, r.meaning, r.unit) for r in rules_of("orchard", module)] == [
        ("orchard.height", ("width",), "How tall.", "ratio")
    ]


def test_a_first_value_carries_the_name_of_its_column(imported: Import) -> None:
    module = imported('@initial("tree")\ndef starting_height() -> Ratio:\n    """At first."""\n    return 1.0\n')
    assert [(r.name, r.kind) for r in rules_of("orchard", module)] == [("height", "initial")]


def test_rules_of_another_module_are_not_taken_twice(imported: Import) -> None:
    imported(written("return width"), name="elsewhere")
    assert rules_of("orchard", imported("from elsewhere import height\n")) == []


@pytest.mark.parametrize(
    ("body", "head", "complaint"),
    [
        ("return width**2", "", "'**' may differ once compiled"),
        ("width **= 2.0\n    return width", "", "'**' may differ once compiled"),
        ("return exp(width)", "from math import exp", "may not use 'exp'"),
        ("return sin(width)", "from math import sin", "may not use 'sin'"),
        ("return width * TABLE[0]", "TABLE = [2.0]", "may not use 'TABLE'"),
        ("return helper(width)", "def helper(x): return x", "may not use 'helper'"),
        ("return random()", "from random import random", "may not use 'random'"),
        ("return time()", "from time import time", "may not use 'time'"),
        ("return np.sqrt(width)", "import numpy as np", "may not use 'np'"),
        ("import random\n    return random.random()", "", "may not use 'random'"),
        ("global memory\n    memory = width\n    return width", "memory = None", "may not use 'memory'"),
        ("return sum([width])", "", "may not use 'sum'"),
        ("print(width)\n    return width", "", "may not use 'print'"),
        ("return eval('width')", "", "may not use 'eval'"),
        ("return width.real", "", "may not use 'real'"),
        ("return (lambda x: x * x)(width)", "", "makes no function inside"),
    ],
)
def test_what_would_make_a_rule_impure_is_refused(body: str, head: str, complaint: str, imported: Import) -> None:
    with pytest.raises(DeclarationError) as refused:
        rules_of("orchard", imported(written(body, head)))
    assert str(refused.value).startswith("orchard.height: ")
    assert complaint in str(refused.value)


def test_a_rule_that_closes_over_a_variable_is_refused(imported: Import) -> None:
    source = (
        "def make(table):\n"
        '    @rule("tree")\n'
        "    def height(width: Ratio) -> Ratio:\n"
        '        """How tall."""\n'
        "        return width * table\n"
        "    return height\n"
        "height = make(2.0)\n"
    )
    with pytest.raises(DeclarationError, match="may not use 'table'"):
        rules_of("orchard", imported(source))


def test_a_rule_without_a_docstring_is_refused(imported: Import) -> None:
    with pytest.raises(DeclarationError, match=r"orchard\.height: a rule says in its docstring what it means"):
        rules_of("orchard", imported('@rule("tree")\ndef height(width: Ratio) -> Ratio:\n    return width\n'))


def test_a_rule_without_an_annotated_result_is_refused(imported: Import) -> None:
    with pytest.raises(DeclarationError, match=r"orchard\.height: a rule is a plain function with an annotated result"):
        rules_of("orchard", imported(written("return width", result="")))


def test_a_rule_whose_result_is_no_number_is_refused(imported: Import) -> None:
    with pytest.raises(TypeError, match="a column is a number or a yes/no"):
        rules_of("orchard", imported(written("return ''", result=" -> str")))


def test_a_class_is_no_rule(imported: Import) -> None:
    with pytest.raises(DeclarationError, match="a rule is a plain function"):
        rules_of("orchard", imported('@rule("tree")\nclass height:\n    """How tall."""\n'))
