"""Findings in SARIF 2.1.0, the exchange format of checkers (OASIS standard, 27 March 2020)."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import PurePath
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from dinhlang import __version__
from dinhlang.papers.checking import registry
from dinhlang.papers.checking.pages import page_of
from dinhlang.papers.plan import Finding, Lines

if TYPE_CHECKING:
    from dinhlang.cli.check import Outcome

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"


def sarif(outcomes: Sequence[Outcome]) -> dict[str, Any]:
    """One run over all files; what could not be read is told as a notification of the tool.

    Lines and columns (from 1, in code points) are those of the text as ``dinhlang read`` sees it.
    """
    codes = sorted(registry)
    unread = [outcome for outcome in outcomes if outcome.error]
    results = [
        _result(outcome, finding, codes) for outcome in outcomes for finding in outcome.findings
    ]
    for outcome in outcomes:
        for finding, reason in outcome.silenced:
            why = [{"kind": "external", "justification": reason}]
            results.append({**_result(outcome, finding, codes), "suppressions": why})
    return {
        "$schema": SCHEMA,
        "version": "2.1.0",
        "runs": [
            {
                "tool": {
                    "driver": {
                        "name": "dinhlang",
                        "version": __version__,
                        "language": "vi",
                        "rules": [_rule(code) for code in codes],
                    }
                },
                "columnKind": "unicodeCodePoints",
                "artifacts": [{"location": {"uri": _uri(each.file)}} for each in outcomes],
                "invocations": [
                    {
                        "executionSuccessful": not unread,
                        "toolExecutionNotifications": [_notice(each) for each in unread],
                    }
                ],
                "results": results,
            }
        ],
    }


def _uri(file: str) -> str:
    return quote(PurePath(file).as_posix())


def _rule(code: str) -> dict[str, Any]:
    check = registry[code]
    return {
        "id": code,
        "shortDescription": {"text": f"{check.purpose}."},
        "help": {"text": f"{check.purpose}.", "markdown": page_of(check)},
        "defaultConfiguration": {"level": check.severity},
    }


def _notice(outcome: Outcome) -> dict[str, Any]:
    error = outcome.error
    text = f"{error.message} {error.advice}".strip() if error else ""
    return {
        "level": "error",
        "message": {"text": text},
        "locations": [{"physicalLocation": {"artifactLocation": {"uri": _uri(outcome.file)}}}],
    }


def _result(outcome: Outcome, finding: Finding, codes: Sequence[str]) -> dict[str, Any]:
    places = [
        _location(outcome, lines, quoted)
        for lines, quoted in zip(finding.lines, finding.quotes, strict=False)
    ]
    advice = f" {finding.advice}" if finding.advice else ""
    result: dict[str, Any] = {
        "ruleId": finding.code,
        "ruleIndex": codes.index(finding.code),
        "level": finding.severity,
        "message": {"text": f"{finding.message}{advice}"},
        "locations": places[:1],
    }
    if places[1:]:
        result["relatedLocations"] = [
            {"id": number, **place} for number, place in enumerate(places[1:], 1)
        ]
    fix = finding.fix
    start = _line(outcome, fix.line).find(fix.old) if fix else -1
    if fix and start >= 0:
        region = {
            "startLine": fix.line,
            "startColumn": start + 1,
            "endLine": fix.line,
            "endColumn": start + 1 + len(fix.old),
        }
        change = {
            "artifactLocation": {"uri": _uri(outcome.file)},
            "replacements": [{"deletedRegion": region, "insertedContent": {"text": fix.new}}],
        }
        words = {"text": f"“{fix.old}” → “{fix.new}”"}
        result["fixes"] = [{"description": words, "artifactChanges": [change]}]
    return result


def _line(outcome: Outcome, number: int) -> str:
    return outcome.text[number - 1] if 0 < number <= len(outcome.text) else ""


def _location(outcome: Outcome, lines: Lines, quoted: str) -> dict[str, Any]:
    first, last = max(lines[0], 1), max(lines[1], lines[0], 1)
    region: dict[str, Any] = {"startLine": first, "endLine": last}
    if quoted:
        region["snippet"] = {"text": quoted}
        for number in range(first, last + 1):
            start = _line(outcome, number).find(quoted)
            if start >= 0:
                region |= {
                    "startLine": number,
                    "startColumn": start + 1,
                    "endLine": number,
                    "endColumn": start + 1 + len(quoted),
                }
                break
    where = {"artifactLocation": {"uri": _uri(outcome.file)}, "region": region}
    return {"physicalLocation": where}
