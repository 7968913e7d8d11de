"""Checks that judge an Underlag and yield findings, without changing it."""

from underlag.checks.check import check

__all__ = ["check"]
