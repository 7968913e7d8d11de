"""Findings: what is wrong or worth knowing, where, and what to do about it."""

from underlag.findings.catalogue import Kind, catalogue, kind
from underlag.findings.finding import Finding, Scope, Severity, finding, for_workbook

__all__ = ["Finding", "Kind", "Scope", "Severity", "catalogue", "finding", "for_workbook", "kind"]
