"""Defects of a sentence (JX4xx)."""

from __future__ import annotations

from jxreport.rules.api import Issue
from jxreport.rules.parser import Rule


def lint_rule(rule: Rule) -> tuple[Issue, ...]:
    return rule.issues
