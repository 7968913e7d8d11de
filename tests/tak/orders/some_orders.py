"""Orders for TAK files, made without a workbook."""

from datetime import date, datetime

from underlag.options import STOCKHOLM, Options
from underlag.orders.order import Address, Addressee, Order, Party
from underlag.profiles import profiles
from underlag.workbook import Field, OrderDetails

NOW = datetime(2027, 2, 1, 9, 30, tzinfo=STOCKHOLM)
OPTIONS = Options(now=NOW)
DAY = date(2027, 3, 1)
PROFILE = profiles()["intygstjanster"]
PROD = PROFILE.environment("PROD")

WEBCERT = Party("SE5565594230-B8N", "Inera AB -- Intygstjänster -- Webcert", fixed=True)
PROXY = Party("SE162321000156-B3K", "Landstinget i Värmland -- Proxy")
COSMIC = Party("SE162321000156-4H4F", "Landstinget i Värmland -- Cosmic")
SYSTEM = Addressee("5565594230-WEBCERT", "Inera - Webcert")
URL = "https://tph2.liv.example.se:50001/FormStatusUpdate/3_0/rivtabp21"
STATUS = "urn:riv:clinicalprocess:healthcond:certificate:CertificateStatusUpdateForCareResponder:3"


def flow(key):
    return next(spec for spec in PROFILE.flows if spec.key == key)


def details(case_number="TSK-12518", region="LiV"):
    return OrderDetails(
        case_number=Field(case_number, "", 0, 0) if case_number else None,
        region=Field(region, "", 0, 0) if region else None,
    )


def units(count, first=1):
    return tuple(
        Addressee(f"SE162321000156-{number:04d}", f"Vårdenhet {number} på Ölön")
        for number in range(first, first + count)
    )


def producer_order(addressees=None, **changes):
    spec = flow("webcert-vardsystem")
    address = Address(changes.pop("url", URL), changes.pop("rivta_profile", "RIVTABP21"))
    addresses = (address,) * len(changes.get("contracts", PROFILE.flow_contracts(spec)))
    return Order(**{
        "number": 2, "total": 3, "kind": "producer", "action": "add", "flow": spec, "environment": PROD,
        "component": PROXY, "contracts": PROFILE.flow_contracts(spec), "addresses": addresses,
        "addressees": units(3) if addressees is None else tuple(addressees), "consumers": (WEBCERT,), "day": DAY,
        "details": details(), "remark": "", "bulk": False, **changes,
    })  # fmt: skip


def consumer_order(**changes):
    spec = flow("vardsystem-webcert")
    return Order(**{
        "number": 1, "total": 3, "kind": "consumer", "action": "add", "flow": spec, "environment": PROD,
        "component": COSMIC, "contracts": PROFILE.flow_contracts(spec), "addresses": (),
        "addressees": (SYSTEM,), "consumers": (COSMIC,), "day": DAY, "details": details(), "remark": "", "bulk": False,
        **changes,
    })  # fmt: skip
