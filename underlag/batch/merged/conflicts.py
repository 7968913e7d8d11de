"""Contradictions between workbooks about where calls go, and whose units are whose.

A TAK has one route for each addressee and contract: of two workbooks that ask for different ones, the second
to be loaded would replace the first's without a word. Such rows are told, and taken out of what is merged.
"""

from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from underlag.batch.merged.row_table import OrderHead, Rows
from underlag.batch.records.workbooks import Conflict, ConflictKind
from underlag.text.lists import listed

if TYPE_CHECKING:
    import pandas as pd

_FOLLOWS = "är inte med i samlad. Fråga regionerna vad som gäller, och kör igen."


class RouteConflicts(NamedTuple):
    """The conflicts, and the rows that none of them touches."""

    conflicts: list[Conflict]
    right: "pd.DataFrame"


def find_route_conflicts(rows: Rows, environment: str) -> RouteConflicts:
    """Find what workbooks contradict each other in.

    Args:
        rows: the orders of all workbooks of one environment.
        environment: its key.
    """
    finder = _Finder(rows, environment)
    conflicts = [*finder.different_routes(), *finder.different_regions(), *finder.different_actions()]
    return RouteConflicts(conflicts, rows.table[~finder.touched])


class _Finder:
    """One environment's search; `touched` tells which rows are part of a conflict."""

    def __init__(self, rows: Rows, environment: str) -> None:
        import pandas as pd  # noqa: PLC0415 - only where there is something to merge

        self._rows = rows
        self._environment = environment
        table = rows.table
        routes: dict[tuple[str, ...], int] = {}
        by_head = [routes.setdefault(_route(head), len(routes)) for head in rows.heads]
        regions: dict[str, int] = {}
        by_book = [
            regions.setdefault(book.region.casefold(), len(regions)) if book.region else -1
            for book in rows.books
        ]
        components: dict[str, int] = {}
        by_component = [components.setdefault(head.component, len(components)) for head in rows.heads]
        self._table = table.assign(
            route=table["head"].map(pd.Series(by_head, dtype="int32")),
            region=table["book"].map(pd.Series(by_book, dtype="int32")),
            component=table["head"].map(pd.Series(by_component, dtype="int32")),
            producer=table["head"].map(pd.Series([p.kind == "producer" for p in rows.heads], dtype="bool")),
        )
        self.touched = pd.Series(data=False, index=table.index)

    def different_routes(self) -> list[Conflict]:
        """One addressee and contract, and two producers, addresses, RIV-TA profiles or actions."""
        table = self._table[self._table["producer"].astype(bool)]
        found = self._differing(table, ["contract", "addressee"], "route")
        return self._told(ConflictKind.ROUTES, found, self._say_routes)

    def different_regions(self) -> list[Conflict]:
        """One addressee of producers' orders from two regions."""
        table = self._table[self._table["producer"].astype(bool) & (self._table["region"] >= 0)]
        found = self._differing(table, ["addressee"], "region")
        return self._told(ConflictKind.REGIONS, found.assign(contract=-1), self._say_regions)

    def different_actions(self) -> list[Conflict]:
        """One consumer's authorization, added by one workbook and removed by another."""
        table = self._table[~self._table["producer"].astype(bool)]
        found = self._differing(table, ["contract", "addressee", "component"], "route")
        return self._told(ConflictKind.ROUTES, found, self._say_actions)

    def _differing(self, table: "pd.DataFrame", same: list[str], differs: str) -> "pd.DataFrame":
        """Return the rows that agree in some columns and, between workbooks, differ in another."""
        groups = table.groupby(same, sort=False)
        apart = groups[differs].transform("min") != groups[differs].transform("max")
        several = groups["book"].transform("min") != groups["book"].transform("max")
        found = table[apart & several]
        self.touched.loc[found.index] = True
        return found

    def _told(self, kind: ConflictKind, found: "pd.DataFrame", say: "_Say") -> list[Conflict]:
        """Gather addressees about which the same workbooks say the same different things."""
        said: defaultdict[tuple[int, int], dict[tuple[int, int], None]] = defaultdict(dict)
        columns = (found[name].tolist() for name in ("contract", "addressee", "book", "head"))
        for contract, addressee, book, head in zip(*columns, strict=True):
            said[contract, addressee][book, head] = None
        names = list(self._rows.addressees)
        grouped: defaultdict[tuple[int, tuple[tuple[int, int], ...]], list[str]] = defaultdict(list)
        for (contract, addressee), combination in said.items():
            grouped[contract, tuple(sorted(combination))].append(names[addressee])
        return [
            Conflict(
                kind,
                self._environment,
                self._rows.contracts[contract] if contract >= 0 else "",
                tuple(addressees),
                tuple(dict.fromkeys(self._origin(book) for book, _ in combination)),
                f"{say(combination)} {_counted(addressees)} {_FOLLOWS}",
            )
            for (contract, combination), addressees in grouped.items()
        ]

    def _say_routes(self, combination: tuple[tuple[int, int], ...]) -> str:
        parts = []
        for book, at in combination:
            head = self._rows.heads[at]
            verb = "tas vägvalet bort från" if head.action == "remove" else "går anropen till"
            where = f" på {head.url}" if head.url else ""
            parts.append(f"enligt {self._origin(book)} {verb} {head.component}{where} ({head.rivta_profile})")
        return f"Arbetsböckerna anger olika vägval: {listed(list(dict.fromkeys(parts)))}."

    def _say_regions(self, combination: tuple[tuple[int, int], ...]) -> str:
        parts = [f"{self._origin(book)} ({self._region(book)})" for book, _ in combination]
        return (
            f"Samma adressat finns i arbetsböcker från olika regioner: {listed(list(dict.fromkeys(parts)))}."
        )

    def _say_actions(self, combination: tuple[tuple[int, int], ...]) -> str:
        parts = []
        for book, at in combination:
            head = self._rows.heads[at]
            verb = "tas bort" if head.action == "remove" else "läggs till"
            parts.append(f"enligt {self._origin(book)} {verb} anropsbehörigheten för {head.component}")
        return f"Arbetsböckerna säger emot varandra: {listed(list(dict.fromkeys(parts)))}."

    def _origin(self, book: int) -> str:
        return self._rows.books[book].origin

    def _region(self, book: int) -> str:
        return self._rows.books[book].region


if TYPE_CHECKING:
    from collections.abc import Callable

    _Say = Callable[[tuple[tuple[int, int], ...]], str]


def _route(head: OrderHead) -> tuple[str, ...]:
    """What a TAK has one of: for a consumer's order only whether it adds or removes."""
    if head.kind == "consumer":
        return ("consumer", head.action)
    return (head.action, head.component, head.url, head.rivta_profile)


def _counted(addressees: list[str]) -> str:
    # Also read on terminals and in cells, so with plain blanks.
    return f"{len(addressees)} {'adressat' if len(addressees) == 1 else 'adressater'}"
