"""Questions of a workbook, and decisions that answer them."""

from tests.checks.examine import altered, examine


def answered(tmp_path, toml, *edits, **options):
    """Check the altered workbook with an order file of decisions."""
    path = tmp_path / "bestallning.toml"
    path.write_text(toml, encoding="utf-8")
    return examine(altered(*edits), order_file=path, **options)
