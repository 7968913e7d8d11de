"""The result of a follow-up, noted for the rows of a load."""

from datetime import datetime
from pathlib import Path

from underlag.batch.ledger.events import Event, EventLog, user
from underlag.batch.ledger.keep import stored_loads
from underlag.batch.register.store import Register
from underlag.profiles import profiles
from underlag.tak.follow_up import FollowUp


def note_follow_up(register: Register, folder: Path, found: FollowUp, now: datetime) -> bool:
    """Note which rows of a load a follow-up found live; return False for a folder that is no load."""
    load = next((one for one in stored_loads(register) if one.folder.resolve() == folder), None)
    if load is None:
        return False
    namespaces = {
        contract.title: contract.namespace.lower()
        for profile in profiles().values()
        for contract in profile.contracts
    }
    wrong = {(item.row.addressee, item.row.contract) for item in found.items if not item.is_right}
    with register.transaction() as database:
        log = EventLog(database, now, user())
        right = len(found.items) - sum(not item.is_right for item in found.items)
        log.add(Event.FOLLOWED_UP, load=load.number, text=f"{right} av {len(found.items)} som beställt")
        for number, hsa_id, contract in database.execute(
            "SELECT rows.number, hsa_id, text FROM rows JOIN units ON units.number = unit "
            "JOIN texts ON texts.number = contract WHERE load = ?",
            (load.number,),
        ).fetchall():
            if (hsa_id, namespaces.get(contract, "")) in wrong:
                log.add(Event.NOT_LIVE, load=load.number, row=number)
        if found.is_live:
            log.add(Event.VERIFIED, load=load.number)
    return True
