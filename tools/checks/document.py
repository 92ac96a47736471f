"""The built-in checks as a Markdown table, for docs/audit-checks.md."""

from __future__ import annotations

from tools.checks.built_in import BUILT_IN
from tools.checks.check import Severity


def checks_table() -> str:
    """The checks, the gravest first: name, what it finds, why that matters, how to fix it."""
    lines = ["| check | severity | finds | why | fix |", "|---|---|---|---|---|"]
    for severity in Severity:
        lines += [
            f"| `{check.name}` | {severity} | {check.title} | {check.why} | {check.fix} |"
            for check in BUILT_IN
            if check.severity is severity
        ]
    return "\n".join(lines)
