"""Compares a checked workbook with a TAK: what would be new, what exists, what would be replaced."""

from underlag.tak.compare.compare import compare, compare_and_select, question_of
from underlag.tak.compare.comparison import Comparison, Row
from underlag.tak.compare.select import select, with_findings

__all__ = ["Comparison", "Row", "compare", "compare_and_select", "question_of", "select", "with_findings"]
