"""Checks: they look at an Underlag and give findings, and change nothing."""

from underlag.checks.check import check

__all__ = ["check"]
