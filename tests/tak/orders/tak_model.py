"""A small TAK that loads orders as tak-web does, written from the description of its semantics.

It uses nothing of `underlag` but the type of the catalogue. Texts are compared as in the database: ignoring case.
"""

from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from tests.tak.orders.tak_rules import Live, load, refusals
from underlag.tak.holdings.catalogue import Authorization, Catalogue, Route, contract_key, hsa_key


class Refused(Exception):  # noqa: N818 - what tak-web does
    """tak-web answers with errors, and nothing is saved."""


def same(left, right):
    return left.rstrip(" ").casefold() == right.rstrip(" ").casefold()


def hundred_years(day):
    return (
        day.replace(year=day.year + 100) if (day.month, day.day) != (2, 29) else date(day.year + 100, 2, 28)
    )


@dataclass(frozen=True)
class Row:
    """A route or an authorization: `key` identifies it, `value` is the target of a route."""

    key: tuple
    value: tuple
    since: date
    until: date

    def overlaps(self, since, until):
        return not (self.since > until or self.until < since)


@dataclass
class Tak:
    platform: str
    live: Live = field(default_factory=Live)
    routes: list = field(default_factory=list)
    authorizations: list = field(default_factory=list)
    report: list = field(default_factory=list)

    def load(self, content):
        """Load an order atomically."""
        refused = refusals(content, self.platform, self.live)
        if refused:
            raise Refused(refused)
        order = load(content.decode())
        day = date.fromisoformat(order["genomforandeTidpunkt"][:10])
        routes, authorizations, report = list(self.routes), list(self.authorizations), []
        included, excluded = order.get("inkludera") or {}, order.get("exkludera") or {}
        for item in included.get("anropsbehorigheter", []):
            self._include(authorizations, _permission(item), (), day, report)
        for item in excluded.get("anropsbehorigheter", []):
            self._exclude(authorizations, _permission(item), day, report)
        for item in included.get("vagval", []):
            value = (item["rivtaprofil"], item["tjanstekomponent"], item["adress"])
            self._include(routes, _route(item), value, day, report)
        for item in excluded.get("vagval", []):
            self._exclude(routes, _route(item), day, report)
        for rows in (routes, authorizations):
            _check_unique(rows)
        self.routes, self.authorizations, self.report = routes, authorizations, report
        self.live.addressees |= {i["hsaId"].strip().upper() for i in included.get("logiskadresser", [])}
        self.live.components |= {i["hsaId"].strip().upper() for i in included.get("tjanstekomponenter", [])}
        self.live.contracts |= {i["namnrymd"].strip() for i in included.get("tjanstekontrakt", [])}

    def _met(self, rows, key, day):
        met = [row for row in rows if all(map(same, row.key, key)) and row.overlaps(day, hundred_years(day))]
        if len(met) > 1:
            raise Refused([f"several rows of {key}"])
        return met[0] if met else None

    def _include(self, rows, key, value, day, report):
        row = self._met(rows, key, day)
        until = hundred_years(day)
        if row is None:
            rows.append(Row(key, value, day, until))
            report.append("Nyskapad")
        elif len(value) == 0 or (
            same(row.value[0], value[0]) and same(row.value[1], value[1]) and row.value[2] == value[2]
        ):
            rows[rows.index(row)] = replace(row, since=min(day, row.since), until=until)
            report.append("Uppdaterad")
        else:
            self._end(rows, row, day, report)
            rows.append(Row(key, value, day, until))
            report.append("Nyskapad")

    def _exclude(self, rows, key, day, report):
        row = self._met(rows, key, day)
        if row is None:
            report.append("Existerar ej")
        else:
            self._end(rows, row, day, report)

    def _end(self, rows, row, day, report):
        if day < row.since:
            rows.remove(row)
            report.append("Borttagen")
        else:
            rows[rows.index(row)] = replace(row, until=day - timedelta(days=1))
            report.append("Deaktiverad")

    def in_force(self, day):
        """Return the state on a day: the target of each route, and each authorization."""
        routes = {
            _folded(r.key): _folded(r.value[:2]) + r.value[2:]
            for r in self.routes
            if r.since <= day <= r.until
        }
        permissions = {_folded(a.key) for a in self.authorizations if a.since <= day <= a.until}
        return routes, permissions

    def catalogue(self, day):
        """Return the content in the form of an export."""
        found = Catalogue("test", self.platform, day, day)
        for kind, target, key in (
            ("addressees", found.addressees, hsa_key),
            ("components", found.components, hsa_key),
            ("contracts", found.contracts, contract_key),
        ):
            target.update((key(raw), "") for raw in getattr(self.live, kind))
        for row in self.routes:
            addressee, contract = row.key
            profile, producer, url = row.value
            route = Route(addressee, contract, producer, url, profile, row.since, row.until)
            if not _has_ended(found, row, route, day):
                found.routes.setdefault((hsa_key(addressee), contract_key(contract)), []).append(route)
        for row in self.authorizations:
            addressee, contract, consumer = row.key
            key = hsa_key(addressee), contract_key(contract), hsa_key(consumer)
            permission = Authorization(addressee, contract, consumer, row.since, row.until)
            if not _has_ended(found, row, permission, day):
                found.authorizations.setdefault(key, []).append(permission)
        return found


def _check_unique(rows):
    """The database rejects two live rows with the same objects and dates."""
    keys = [(_folded(row.key), _folded(row.value[:2]), row.value[2:], row.since, row.until) for row in rows]
    if len(set(keys)) < len(keys):
        raise Refused(["RUNTIME ERROR:::"])


def _has_ended(catalogue, row, shown, day):
    """Whether a row is no longer in force on the day or later; an export still lists it."""
    if row.until >= day and row.until >= row.since:
        return False
    if row.until >= day - timedelta(days=1):
        catalogue.ended.append(shown)
    return True


def _route(item):
    return item["logiskAdress"], item["tjanstekontrakt"]


def _permission(item):
    return item["logiskAdress"], item["tjanstekontrakt"], item["tjanstekonsument"]


def _folded(texts):
    return tuple(text.rstrip(" ").casefold() for text in texts)
