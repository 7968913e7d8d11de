"""What is asked for where a row does not say whether its addressee is added or removed."""

from typing import TYPE_CHECKING

from underlag.values.action import Action, parse_action

if TYPE_CHECKING:
    from underlag.checked import Checked

__all__ = ["Action", "parse_action", "usual_action"]


def usual_action(checked: "Checked") -> Action:
    """Return it: the option, else the order's details, else to add."""
    return "remove" if checked.options.remove or checked.underlag.details.removes else "add"
