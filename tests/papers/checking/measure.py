"""How well the checks find what a careful reader finds: recall by severity, false errors.

A key (``expected/*.yaml``) lists entries: ``severity`` error, warning, note or ok; ``codes`` that
would tell it; ``lines``, one of which a finding must name (none: anywhere). An entry ``ok`` must
not be reported. A reported error that no entry of severity error or warning explains is false.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from dinhlang.papers.checking import check
from dinhlang.papers.plan import Finding, Plan


@dataclass(slots=True)
class Measure:
    """Counts over papers: ``found`` of ``asked`` by severity, errors reported, what went wrong."""

    asked: dict[str, int] = field(default_factory=lambda: {"error": 0, "warning": 0, "note": 0})
    found: dict[str, int] = field(default_factory=lambda: {"error": 0, "warning": 0, "note": 0})
    reported: int = 0
    missed: list[str] = field(default_factory=list)
    false: list[str] = field(default_factory=list)
    broken: list[str] = field(default_factory=list)

    def recall(self, severity: str) -> float:
        """Entries found of those asked for; 1 where nothing is asked."""
        asked = self.asked[severity]
        return self.found[severity] / asked if asked else 1.0

    @property
    def false_share(self) -> float:
        """False errors of all errors reported."""
        return len(self.false) / self.reported if self.reported else 0.0

    def add(self, plan: Plan, key: dict[str, Any]) -> None:
        """Counts the findings in one paper against its key."""
        findings = check(plan)
        for entry in key["entries"]:
            hits = [finding for finding in findings if tells(finding, entry)]
            if entry["severity"] == "ok":
                wrong = [each for each in hits if each.severity != "note"]
                self.broken += [f"{entry['id']} {each.code} {each.message}" for each in wrong]
                continue
            self.asked[entry["severity"]] += 1
            self.found[entry["severity"]] += bool(hits)
            if not hits:
                self.missed.append(f"{entry['severity']} {entry['id']} {entry['what']}")
        serious = [entry for entry in key["entries"] if entry["severity"] in ("error", "warning")]
        for finding in findings:
            if finding.severity == "error":
                self.reported += 1
                if not any(tells(finding, entry) for entry in serious):
                    where = finding.lines[0][0] if finding.lines else 0
                    self.false.append(f"{key['paper']}:{where} {finding.code} {finding.message}")

    def lines(self, title: str) -> list[str]:
        """The figures in words, a line each."""
        rows = [
            f"{title}: {severity:<8} {self.found[severity]:>3} of {self.asked[severity]:>3} found "
            f"({self.recall(severity):.0%})"
            for severity in ("error", "warning", "note")
        ]
        rows.append(
            f"{title}: errors reported {self.reported}, false {len(self.false)} "
            f"({self.false_share:.0%})"
        )
        return rows


def tells(finding: Finding, entry: dict[str, Any]) -> bool:
    """Whether a finding says what an entry asks for: one of its codes at one of its lines."""
    if finding.code not in entry["codes"]:
        return False
    rows = {row for first, last in finding.lines for row in range(first, last + 1)}
    return not entry["lines"] or bool(rows.intersection(entry["lines"]))


def key_of(path: Path) -> dict[str, Any]:
    """The key in a file."""
    loaded: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return loaded
