"""Judging TAK orders: what tak-web would answer, and what it would do without saying so."""

from underlag.tak.judge.judge import judge
from underlag.tak.judge.verdict import Remark, TakVerdict, Weight

__all__ = ["Remark", "TakVerdict", "Weight", "judge"]
