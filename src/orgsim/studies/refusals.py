"""What a study refuses, beside bad input: each with an exit code of its own, so that scripts can tell them apart.

0 complete · 1 the machine failed, or rows do not hold · 2 bad input · 3 locked · 4 code or libraries differ
5 complete, with failed runs · 6 stopped by the limit of failures · 130 interrupted
"""

from __future__ import annotations

from orgsim.errors import OrgsimError

COMPLETE, DIFFERENT, WITH_FAILURES, TOO_MANY_FAILURES, INTERRUPTED = 0, 1, 5, 6, 130


class Locked(OrgsimError):
    """Another runner is at work on the store."""

    exit_code = 3


class OtherEnvironment(OrgsimError):
    """Rows made now would not belong to those that are stored: the model's code or a library is another."""

    exit_code = 4
