"""Any orderable workbook gives TAK files that load into any TAK and have the effect of its rows."""

from dataclasses import replace
from functools import partial

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.support.tables import NAME, ORDER_SHEET, workbook
from tests.tak.orders.some_orders import DAY, OPTIONS, STATUS
from tests.tak.orders.test_undo import FAR_AHEAD, LONG_AGO, permission, route, tak
from underlag.checks import check
from underlag.orders.build import make_orders
from underlag.reading import read
from underlag.tak.compare.compare import compare_and_select
from underlag.tak.judge import judge
from underlag.tak.orders.files import tak_files

UNITS = [f"SE162321000156-4H{letter}T" for letter in "ABCDE"]
PRODUCERS = ["SE162321000156-B3K", "SE165565594230-P1"]
URLS = ["https://a.sjunet.org:50001/status/rivtabp21", "https://b.sjunet.org/status/rivtabp20", "https://c.sjunet.org/status"]  # fmt: skip
WEBCERT, SERVICE = "SE5565594230-B8N", "SE5565594230-B31"
FIXED_URL = "https://webcert.ntjp.intygstjanster.se/services/send-message-to-care/v2.0"
ACTIONS = st.sampled_from(["", "Lägg till", "Ta bort"])


@st.composite
def rows(draw):
    """Rows of the sheet to the producer: unit, producer, URL, RIV-TA profile and action."""
    found = []
    for unit in draw(st.lists(st.sampled_from(UNITS), min_size=1, unique=True)):
        url = draw(st.sampled_from(URLS))
        own = url.rpartition("/")[2].upper()
        profile = (
            draw(st.sampled_from(["", own]))
            if own.startswith("RIVTA")
            else draw(st.sampled_from(["", "RIVTABP20"]))
        )
        found.append((unit, draw(st.sampled_from(PRODUCERS)), url, profile, draw(ACTIONS)))  # fmt: skip
    return found


def book(asked):
    status = "".join(
        f"| {producer} | Proxy {producer[-2:]} | {url} | {profile} | {WEBCERT} | CertificateStatusUpdateForCare v3 "
        f"| {unit} | Enhet {unit[-3:]} | {action} |\n"
        for unit, producer, url, profile, action in asked
    )
    messages = "".join(
        f"| {WEBCERT} | {FIXED_URL} | {SERVICE} | SendMessageToCare v2 | {unit} | Enhet {unit[-3:]} | {action} |\n"
        for unit, _, _, _, action in asked
    )
    return f"""
## Vårdsystem -> Webcert
| Konsument (HSAID) | Konsument (namn) | Tjänstekontrakt | Logisk adressat | Namn |
| SE162321000156-4H4F | Journalsystemet | CreateDraftCertificate v3 | 5565594230-WEBCERT | Inera - Webcert |

## Webcert -> Vårdsystem
| Tjänsteproducent (HSAID) | Tjänsteproducent (namn) | Anropsadress (URL) | RIV-TA-profil | Konsument (HSAID) | Tjänstekontrakt | Logisk adressat (HSAID) | Namn | Åtgärd |
{status}
## Intygstjänsten -> Webcert
| Tjänsteproducent (HSAID) | Anropsadress | Konsument | Tjänstekontrakt | Logisk adressat (HSAID) | Namn | Åtgärd |
{messages}{ORDER_SHEET}"""


@st.composite
def taks(draw):
    """A TAK in which the units have at most one route and authorization each."""
    held, allowed = [], []
    for unit in draw(st.sets(st.sampled_from(UNITS))):
        until = draw(st.sampled_from([FAR_AHEAD, DAY.replace(year=DAY.year + 1)]))
        made = route(unit, draw(st.sampled_from(PRODUCERS)), draw(st.sampled_from(URLS)), LONG_AGO, until)
        held.append(replace(made, value=(draw(st.sampled_from(["RIVTABP20", "RIVTABP21"])), *made.value[1:])))
        if draw(st.booleans()):
            allowed.append(permission(unit, WEBCERT, LONG_AGO, until))
    return tak(*held, permissions=allowed)


def profile_of(url, stated):
    """The row's own value, else the address's, else the default."""
    last = url.rpartition("/")[2].upper()
    return stated or (last if last.startswith("RIVTABP") else "RIVTABP21")


WISHES = st.builds(
    partial(replace, OPTIONS, skip_faulty=True),
    remove=st.booleans(),
    only_new=st.booleans(),
    replace_routes=st.booleans(),
)


@settings(max_examples=40)
@given(asked=rows(), made=taks(), options=WISHES, shown=st.booleans())
def test_every_order_of_a_workbook_loads_and_has_the_effect_of_its_rows(asked, made, options, shown):
    checked = check(read(workbook(book(asked)), options, name=NAME), options)
    catalogue = made.catalogue(DAY) if shown else None
    if catalogue is not None:
        checked, _ = compare_and_select(checked, catalogue)
    orders = [] if checked.blocked else make_orders(checked)
    before = made.in_force(DAY)[0]
    for order in orders:
        for name, content in tak_files(order, options, catalogue, all_orders=orders).files.items():
            assert judge(content, platform="NTJP-PROD", today=DAY).remarks == []
            if name.startswith("bestallning"):
                assert judge(content, made.catalogue(DAY), today=DAY).loads
                made.load(content)

    after = made.in_force(DAY)[0]
    ordered = {entry.addressee.text for entry in checked.entries.get("webcert-vardsystem", ())}
    carried, above = "", ""
    for unit, producer, url, stated, action in asked:
        # A value written once applies to the rows below, until another system.
        carried, above = stated or (carried if producer == above else ""), producer
        key = unit.casefold(), STATUS.casefold()
        wanted = (profile_of(url, carried).casefold(), producer.casefold(), url)
        if unit not in ordered or not orders:
            assert after.get(key) == before.get(key)
        elif action == "Ta bort" or (options.remove and not action):
            assert key not in after
        else:
            assert after[key] == wanted
    systems = [order for order in orders if order.kind == "consumer"]
    assert not (systems and options.remove)
