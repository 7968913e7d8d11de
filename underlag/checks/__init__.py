"""Checks: they look at an Underlag and give findings, and change nothing."""

from underlag.checks.check import Checked, LeftOut, check

__all__ = ["Checked", "LeftOut", "check"]
