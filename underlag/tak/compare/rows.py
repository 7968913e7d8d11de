"""Compares one request with the TAK, and emits the findings that follow at the cells of the workbook.

Findings: TAK011, TAK012, TAK013, TAK014, TAK015, TAK016, TAK017, TAK018, TAK019, TAK020, TAK021, TAK022,
TAK025, TAK026, TAK031, TAK032, TAK033, TAK034, TAK052.
"""

from datetime import date
from typing import Any

from underlag.characters.cleaning import visible
from underlag.characters.likeness import folded_name
from underlag.findings import Finding, finding
from underlag.requests import Request
from underlag.tak.compare.comparison import AuthorizationState, RouteState, Row, ends_soon, since, target
from underlag.tak.compare.order_index import OrderIndex
from underlag.tak.compare.row_states import StateResolver
from underlag.tak.holdings.catalogue import Authorization, Catalogue, Route, hsa_key
from underlag.workbook import Entry, Field, text_of


class Comparer:
    """Makes rows, and collects the findings in order.

    Args:
        catalogue: the TAK.
        day: the day of the change.
        index: the workbook's other orders and the TAK's consumers.
    """

    def __init__(self, catalogue: Catalogue, day: date, index: OrderIndex) -> None:
        self.findings: list[Finding] = []
        self._catalogue = catalogue
        self._day = day
        self._index = index
        self._states = StateResolver(catalogue, day, index)
        self._emitted: set[tuple[object, ...]] = set()
        self._unclean = {key for name, key in catalogue.raw if name == "logiskadress"}
        self._keys: dict[str, str] = {}

    def compare(self, entry: Entry, request: Request) -> Row:
        """Return the row of a request."""
        addressee = text_of(entry.addressee)
        # Most addressees are in two sheets.
        if (key := self._keys.get(addressee)) is None:
            key = self._keys[addressee] = hsa_key(addressee)
        route, existing = self._states.route(key, request)
        met = self._states.authorizations(key, request)
        authorization = self._states.authorization(key, request, met)
        name = text_of(entry.addressee_name)
        row = Row(entry, request, addressee, name, route, authorization, existing)
        if row.name or key in self._unclean:
            self._emit_names(row, key)
        if request.action == "add":
            self._emit_added(row, key, request)
        else:
            self._emit_removed(row, key, request)
        self._emit_authorizations(row, request, met)
        unclean = self._emit_unclean(row, met) if row.is_unclean else None
        if row.is_done and not (row.error or row.held_back):
            row.done = unclean or self._emit(row, "TAK011" if request.action == "add" else "TAK032")
        return row

    def _emit_unclean(self, row: Row, met: tuple[Authorization, ...]) -> Finding:
        """Emit the finding about something to remove that an order does not match as the TAK writes it."""
        found = [row.existing[0]] if row.route is RouteState.UNCLEAN else []
        allowed = [met[0]] if row.authorization is AuthorizationState.UNCLEAN else []
        texts = [
            *(text for route in found for text in (route.addressee, route.contract)),
            *(text for one in allowed for text in (one.addressee, one.contract, one.consumer)),
        ]
        clean = {row.addressee.upper(), row.request.namespace.upper(), row.request.consumer}
        written = dict.fromkeys(visible(text) for text in texts if text.upper() not in clean)
        what = [*("vägvalet" for _ in found), *("anropsbehörigheten" for _ in allowed)]
        return self._emit(row, "TAK034", vad=" och ".join(what), tak=" och ".join(written))

    def _emit(self, row: Row, code: str, at: Field | None = None, **texts: Any) -> Finding:
        """Emit a finding about a row, at its addressee if that is in a cell."""
        found = finding(
            code,
            at or _place(row.entry),
            sheet=row.entry.sheet,
            adressat=row.addressee,
            kontrakt=row.request.contract.title,
            **texts,
        )
        self.findings.append(found)
        return found

    def _emit_once(
        self, about: tuple[object, ...], row: Row, code: str, at: Field | None, **texts: Any
    ) -> None:
        if about not in self._emitted:
            self._emitted.add(about)
            self._emit(row, code, at, **texts)

    def _emit_names(self, row: Row, key: str) -> None:
        """Emit findings about another name and an unclean id, once for a cell that several rows share."""
        in_tak = self._catalogue.addressees.get(key, "")
        if in_tak and row.name and in_tak != row.name and folded_name(in_tak) != folded_name(row.name):
            row.name_in_tak = visible(in_tak)
            at = row.entry.addressee_name
            if at and at.column:
                about = "name", at.position, key
                self._emit_once(about, row, "TAK014", at, underlaget=row.name, tak=row.name_in_tak)
        if key in self._unclean:
            raws = self._catalogue.raw["logiskadress", key]
            unclean = [visible(raw) for raw in raws if raw.casefold() != key.casefold()]
            if row.request.action == "remove" and len(unclean) == len(raws):
                return  # a removal has a finding of its own
            if len(unclean) < len(raws):
                follows = "Det som gäller för den andra skrivningen berörs inte av beställningen."
            else:
                follows = "Beställningen lägger därför upp en ny adressat bredvid den som finns."
            written = " och ".join(unclean)
            about = "unclean", _place(row.entry).position, key
            self._emit_once(about, row, "TAK022", None, skrivet=row.addressee, tak=written, foljd=follows)

    def _emit_added(self, row: Row, key: str, request: Request) -> None:
        """Emit the findings about a row to add; hold it back if it would replace a route or move a start."""
        if not request.asks_route:
            if row.route is RouteState.MISSING:
                self._emit(row, "TAK018", konsument=request.consumer)
            return
        match row.route:
            case RouteState.OTHER_PRODUCER | RouteState.OTHER_ADDRESS | RouteState.UNCLEAR:
                row.held_back = self._emit_replaced(row, request)
            case RouteState.SEVERAL:
                self._emit_several(row)
            case RouteState.STANDARD:
                standard = row.existing[0]
                self._emit(row, "TAK015", standard=standard.addressee, producent=target(standard))
            case RouteState.PRESENT:
                self._emit_present(row, request)
            case RouteState.LATER:
                row.held_back = self._emit_later(row, "vägvalet", row.existing[0].since)
                self._emit_present(row, request)
        if row.authorization is AuthorizationState.NOT_ASKED and not self._index.is_authorized(
            key, request.namespace
        ):
            self._emit(row, "TAK019")

    def _emit_replaced(self, row: Row, request: Request) -> Finding:
        """Emit the finding about the route that an order would replace."""
        route = row.existing[0]
        when = since(route, day=self._day)
        if row.route is RouteState.UNCLEAR:
            listed = ", ".join((route.producer, *route.others))
            return self._emit(row, "TAK026", producenter=listed)
        if row.route is RouteState.OTHER_PRODUCER:
            return self._emit(row, "TAK012", producent=target(route), sedan=when, ny=request.producer)
        return self._emit(row, "TAK013", skillnad=_difference(route, request), sedan=when)

    def _emit_later(self, row: Row, what: str, starts: date) -> Finding:
        """Emit the finding about a row that begins after the day of change: an order would move its start."""
        return self._emit(row, "TAK052", vad=what, datum=starts, dag=self._day)

    def _emit_several(self, row: Row) -> None:
        """Emit the finding about several routes, which no load accepts; old dumps list deleted ones, too."""
        listed = "; ".join(f"till {target(r)}{since(r, day=self._day)}" for r in row.existing)
        texts: dict[str, Any] = {"antal": len(row.existing), "vagval": listed}
        if self._catalogue.includes_deleted:
            row.held_back = self._emit(row, "TAK017", **texts)
        else:
            row.error = self._emit(row, "TAK016", **texts)

    def _emit_present(self, row: Row, request: Request) -> None:
        """Emit the findings about an existing route: its planned end, and an unclean URL or producer."""
        route = row.existing[0]
        if ends_soon(route, self._day):
            self._emit(row, "TAK025", datum=route.until)
        follows = "Beställningen ersätter därför vägvalet med ett som är rätt skrivet."
        # One URL or producer may apply to thousands of rows: emit one finding for its cell.
        if route.url != request.url:
            at, stated, written = row.entry.url, request.url, route.url
        elif route.producer.casefold() != request.producer.casefold():
            at, stated, written = row.entry.producer, request.producer, route.producer
        else:
            return
        about = "unclean", at, written
        self._emit_once(about, row, "TAK022", at, skrivet=stated, tak=visible(written), foljd=follows)

    def _emit_removed(self, row: Row, key: str, request: Request) -> None:
        """Emit the findings about a row to remove; block one that would close another producer's route."""
        if not request.asks_route:
            return
        match row.route:
            case RouteState.OTHER_PRODUCER:
                route = row.existing[0]
                when = since(route, day=self._day)
                row.error = self._emit(
                    row, "TAK031", producent=target(route), sedan=when, ny=request.producer
                )
            case RouteState.UNCLEAR:
                row.held_back = self._emit_replaced(row, request)
            case RouteState.SEVERAL:
                self._emit_several(row)
            case RouteState.REMOVED:
                if left := self._index.left_behind(key, request.namespace):
                    self._emit(row, "TAK033", konsumenter=", ".join(left))

    def _emit_authorizations(self, row: Row, request: Request, met: tuple[Authorization, ...]) -> None:
        """Emit the findings about an authorization that begins later, or that exists several times."""
        if row.authorization is AuthorizationState.LATER and request.action == "add" and not row.held_back:
            row.held_back = self._emit_later(row, "anropsbehörigheten", met[0].since)
        if row.authorization is not AuthorizationState.SEVERAL:
            return
        texts: dict[str, Any] = {"konsument": request.consumer, "antal": len(met)}
        if self._catalogue.includes_deleted:
            self._emit(row, "TAK021", **texts)
        else:
            found = self._emit(row, "TAK020", **texts)
            row.error = row.error or found


def _place(entry: Entry) -> Field:
    """Return the cell of a row's findings: its addressee's, or its party's if that is the profile's."""
    addressee = entry.addressee
    if addressee is not None and addressee.column:
        return addressee
    for part in (entry.consumer, entry.producer, entry.contract):
        if part is not None and part.column:
            return part
    return Field("", entry.sheet, 0, 0)


def _difference(route: Route, request: Request) -> str:
    """Return in what a route to the same producer differs."""
    parts = []
    if route.url != request.url:
        parts.append(f"anropsadressen {visible(route.url)}")
    if route.rivta_profile and route.rivta_profile.upper() != request.rivta_profile:
        parts.append(f"RIV-TA-profilen {route.rivta_profile}")
    return " och ".join(parts)
