"""Names of components, from the profile, else the workbook, else a TAK."""

from collections.abc import Mapping
from types import MappingProxyType

from underlag.orders.order import Party
from underlag.profiles.profile import Profile
from underlag.workbook import Entries


class PartyNames:
    """Names by HSA-ID; a name from one sheet applies in all sheets.

    Args:
        profile: the names of its fixed parties take precedence.
        environment: key of the environment.
        entries: the approved entries of every flow.
        in_tak: names for components that the workbook does not name.
    """

    def __init__(
        self,
        profile: Profile,
        environment: str,
        entries: Mapping[str, Entries],
        in_tak: Mapping[str, str] = MappingProxyType({}),
    ) -> None:
        self._in_tak = in_tak
        self._fixed = {
            fixed.value.upper(): fixed.name for flow in profile.flows for fixed in flow.fixed_in(environment)
        }
        self._stated: dict[str, str] = {}
        for rows in entries.values():
            # Most rows of a sheet repeat the same pair.
            pairs = {
                pair
                for role in ("consumer", "producer")
                if rows.has(role)
                for pair in set(zip(rows.texts(role), rows.texts(f"{role}_name"), strict=True))
            }
            for hsa_id, name in sorted(pair for pair in pairs if pair[1]):
                self._stated.setdefault(hsa_id.upper(), name)

    def party(self, hsa_id: str) -> Party:
        """Return a component with its name, '' when none is stated."""
        fixed = self._fixed.get(hsa_id)
        return Party(
            hsa_id, fixed or self._stated.get(hsa_id) or self._in_tak.get(hsa_id, ""), fixed is not None
        )
