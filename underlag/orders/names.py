"""The names of components: what the profile fixes, else what the workbook states."""

from collections.abc import Iterable, Mapping

from underlag.orders.order import Party
from underlag.profiles.profile import Profile
from underlag.workbook import Entry


class PartyNames:
    """Names by HSA-ID. A name that stands in one sheet counts for the same component in all.

    Args:
        profile: its fixed parties win over what a workbook calls them.
        environment: key of the environment.
        entries: the approved entries of every flow.
    """

    def __init__(self, profile: Profile, environment: str, entries: Mapping[str, Iterable[Entry]]) -> None:
        self._fixed = {
            fixed.value.upper(): fixed.name for flow in profile.flows for fixed in flow.fixed_in(environment)
        }
        self._stated: dict[str, str] = {}
        for rows in entries.values():
            # The same texts stand on every row of a sheet: each pair is looked at once.
            pairs = {
                (hsa_id.text, name.text)
                for entry in rows
                for hsa_id, name in (
                    (entry.consumer, entry.consumer_name),
                    (entry.producer, entry.producer_name),
                )
                if hsa_id and name and name.text
            }
            for hsa_id, name in sorted(pairs):
                self._stated.setdefault(hsa_id.upper(), name)

    def party(self, hsa_id: str) -> Party:
        """Return the component with its name, '' when nobody stated one."""
        fixed = self._fixed.get(hsa_id)
        return Party(hsa_id, fixed or self._stated.get(hsa_id, ""), fixed is not None)
