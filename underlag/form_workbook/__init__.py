"""The empty Underlag workbook, made from a profile alone and designed to be filled in correctly."""

from datetime import datetime

from underlag.form_workbook.file_name import UnusableRegionError, file_name
from underlag.profiles.environments import EnvironmentSpec
from underlag.profiles.profile import Profile

__all__ = ["UnusableRegionError", "empty_workbook", "file_name"]


def empty_workbook(profile: Profile, environment: EnvironmentSpec, region: str, now: datetime) -> bytes:
    """Return an .xlsx with every sheet of a profile: headers, fixed values, drop-down lists, help.

    Args:
        profile: defines sheets, columns, contracts and fixed values.
        environment: one of the profile's environments; it decides which values are fixed.
        region: the region's short name.
        now: timestamp written to the workbook; pass a fixed value for reproducible bytes.
    """
    # Imported here: the file name is also used when no workbook is made.
    from underlag.form_workbook.excel import write_excel  # noqa: PLC0415
    from underlag.form_workbook.form import order_form  # noqa: PLC0415
    from underlag.form_workbook.tables import tables  # noqa: PLC0415

    return write_excel(
        title=f"Underlag för TAKning – {profile.title}, {region}",
        form=order_form(profile, environment, region),
        tables=tables(profile, environment),
        now=now,
    )
