"""What an order would do to the routes and authorizations of a TAK.

Source: skltp/tak, tak-web: a row matches when it does not end before the order's day. One matching row is
prolonged, closed the day before or, if it begins later, deleted; several make tak-web reject the order.
"""

from collections import Counter
from collections.abc import Sequence
from datetime import date, timedelta
from typing import TypeVar

from underlag.tak.holdings.catalogue import UNKNOWN_SINCE, Authorization, Route
from underlag.tak.judge.document import PLAIN_LISTS, Document, Item
from underlag.tak.judge.existing import Known
from underlag.tak.judge.verdict import Remark, Weight, remark
from underlag.tak.orders.existing import comparable, has_planned_end, producers

_Row = TypeVar("_Row", Route, Authorization)


class Effects:
    """Counts the lines of tak-web's report, and remarks on effects that the report does not mention.

    Args:
        known: the content of the TAK.
        day: the order's day.
        remarks: receives the remarks.
    """

    def __init__(self, known: Known, day: date, remarks: list[Remark]) -> None:
        self._known = known
        self._day = day
        self._remarks = remarks
        self.counts: Counter[str] = Counter()

    def of(self, document: Document, new: dict[str, dict[str, Item]]) -> Counter[str]:
        """Return the counts of an order that has passed all other steps."""
        for list_name in PLAIN_LISTS:
            self.counts["Nyskapad"] += len(new[list_name])
        for item in document.of("anropsbehorigheter"):
            addressee, contract, consumer = _texts(
                item, "logiskAdress", "tjanstekontrakt", "tjanstekonsument"
            )
            rows = self._known.authorizations(addressee, contract, consumer)
            title = f"{consumer} - {addressee} - {contract}"
            self._one(item, title, rows, "flera-behorigheter")
        for item in document.of("vagval"):
            addressee, contract = _texts(item, "logiskAdress", "tjanstekontrakt")
            title = f"{addressee} - {contract}"
            routes = self._known.routes(addressee, contract)
            met = self._met(routes)
            if item.section == "inkludera" and len(met) == 1 and not _same(item, met[0]):
                self._replace(item, title, met[0], routes)
                continue
            if item.section == "exkludera" and len(met) == 1:
                self._warn_of_another(item, title, met[0])
            self._one(item, title, routes, "flera-vagval")
        return +self.counts

    def _met(self, rows: list[_Row]) -> list[_Row]:
        return [row for row in rows if row.until >= self._day]

    def _one(self, item: Item, title: str, rows: list[_Row], several: str) -> None:
        """Create, prolong or end a row."""
        met = self._met(rows)
        if len(met) > 1:
            self._several(item, title, met, several)
        elif item.section == "exkludera":
            if met:
                self._end(item, title, met[0], rows)
            else:
                self.counts["Existerar ej"] += 1
                self._remarks.append(remark("existerar-ej", item.where, title))
        elif met:
            self.counts["Uppdaterad"] += 1
            if has_planned_end(met[0], self._day):
                until = met[0].until.isoformat()
                self._remarks.append(remark("slutdatum-andras", item.where, title, datum=until))
        else:
            self.counts["Nyskapad"] += 1

    def _several(self, item: Item, title: str, met: Sequence[Route | Authorization], rule: str) -> None:
        """Remark on an item that matches several rows."""
        first, perhaps = met[0], self._known.catalogue.includes_deleted
        names = [
            first.addressee,
            first.contract,
            *([first.consumer] if isinstance(first, Authorization) else []),
        ]
        self._remarks.append(
            remark(
                rule,
                item.where,
                title,
                weight=Weight.NOTE if perhaps else None,
                # Rows to end are looked up before the new objects are validated.
                step=4 if item.section == "exkludera" else None,
                antal=len(met),
                parametrar=" - ".join(names),
                kanske=" Exporten visar också raderade rader, så det kan vara färre." if perhaps else "",
            )
        )

    def _replace(self, item: Item, title: str, row: Route, rows: list[Route]) -> None:
        """Replace a route: the existing one ends, the ordered one is created."""
        self.counts["Nyskapad"] += 1
        later = row.since > self._day
        self._remarks.append(
            remark(
                "ersatter-kommande" if later else "ersatter-vagval",
                item.where,
                title,
                producent=row.producer,
                url=row.url.strip(),
                datum=row.since.isoformat(),
            )
        )
        self._end(item, title, row, rows)

    def _end(self, item: Item, title: str, row: _Row, rows: list[_Row]) -> None:
        """Delete a row that begins later, or close it the day before; remark on clashing dates."""
        if row.since > self._day:
            self.counts["Borttagen"] += 1
            return
        self.counts["Deaktiverad"] += 1
        twin = row._replace(until=self._day - timedelta(days=1))
        if not self._known.catalogue.includes_deleted and any(
            other == twin for other in rows if other is not row
        ):
            self._remarks.append(remark("nyckelkrock", item.where, title))
        if row.since == self._day != UNKNOWN_SINCE:
            self._remarks.append(remark("bakvand-tid", item.where, title))

    def _warn_of_another(self, item: Item, title: str, row: Route) -> None:
        """Remark when the route to end belongs to another producer than the order states."""
        stated = item.get("tjanstekomponent") or ""
        if comparable(stated) not in producers(row):
            self._remarks.append(
                remark("avslutar-annans", item.where, title, angiven=stated, producent=row.producer)
            )


def _same(item: Item, row: Route) -> bool:
    """Whether tak-web regards the row as the ordered route and prolongs it."""
    profile = comparable(item.get("rivtaprofil") or "")
    return (
        item.get("adress") == row.url
        and comparable(item.get("tjanstekomponent") or "") in producers(row)
        and (not row.rivta_profile or comparable(row.rivta_profile) == profile)
    )


def _texts(item: Item, *names: str) -> tuple[str, ...]:
    return tuple(item.get(name) or "" for name in names)
