"""Predicts what tak-web does with a TAK order: its answer, and the effects that it does not report."""

from underlag.tak.judge.judge import judge
from underlag.tak.judge.verdict import Remark, TakVerdict, Weight

__all__ = ["Remark", "TakVerdict", "Weight", "judge"]
