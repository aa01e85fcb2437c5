"""The calendar, its slots, and the cadence behind them."""

from flask import Response, jsonify

from companion.editorial import agreement
from companion.editorial.agreement import days_off
from companion.editorial.busy import moment_of, whole_day
from companion.editorial.planning import agree, cadence
from companion.editorial.planning import calendar as slots
from companion.editorial.planning.preparation import Preparation
from companion.editorial.planning.schedule import Schedule, get_schedule
from companion.editorial.published import require_over
from companion.editorial.times import instant, local_day
from companion.records import CalendarRange, PreparationBlock, Stretch
from companion.web.api.blueprints import api
from companion.web.api.decoding import body, local_date
from companion.web.context import now, store, zone


@api.get("/calendar")
def get_calendar() -> Response:
    """The slots of a range of days, both included, and what they are planned around."""
    return jsonify(_told(get_schedule(store(), zone(), local_date("from"), local_date("to"), now())))


def _told(schedule: Schedule) -> CalendarRange:
    first, _ = whole_day(schedule.first, schedule.zone)
    _, last = whole_day(schedule.last, schedule.zone)
    shown = {slot["id"] for slot in schedule.slots}
    return {
        "slots": schedule.slots,
        "preparations": [_block(found) for found in schedule.preparations.values() if found.slot_id in shown],
        "quarters": [_stretch(quarter) for quarter in schedule.quarters.values() if quarter],
        "busy": [_stretch(stretch) for stretch in schedule.busy.within(first, last)],
        "holidays": [
            day.isoformat() for day in days_off.holidays(schedule.working.country, schedule.first, schedule.last)
        ],
    }


def _stretch(stretch: tuple[int, int]) -> Stretch:
    return {"starts_at": instant(moment_of(stretch[0])), "ends_at": instant(moment_of(stretch[1]))}


def _block(found: Preparation) -> PreparationBlock:
    starts_at, ends_at = (instant(moment_of(edge)) for edge in found.block) if found.block else (None, None)
    return {
        "slot_id": found.slot_id,
        "minutes": found.minutes,
        "starts_at": starts_at,
        "ends_at": ends_at,
        "fits": found.fits,
    }


@api.post("/slots")
def post_slot() -> tuple[Response, int]:
    """Add a slot by hand."""
    return jsonify(slots.add_slot(store(), body("new_slot"), zone())), 201


@api.patch("/slots/<slot_id>")
def patch_slot(slot_id: str) -> Response:
    """Move, skip or refile a slot."""
    edit = body("slot_edit")
    require_over(edit, now())
    return jsonify(slots.edit_slot(store(), slot_id, edit, zone()))


@api.delete("/slots/<slot_id>")
def delete_slot(slot_id: str) -> tuple[str, int]:
    """Take a slot away."""
    slots.delete_slot(store(), slot_id, zone())
    return "", 204


@api.get("/cadence")
def get_cadence() -> Response:
    """The weekly pattern."""
    return jsonify(cadence.get_cadence(store()))


@api.put("/cadence")
def put_cadence() -> Response:
    """Replace the weekly pattern."""
    return jsonify(cadence.set_cadence(store(), body("cadence")))


@api.get("/agreement")
def get_agreement() -> Response:
    """What the user takes upon themselves."""
    return jsonify(agreement.get_agreement(store()))


@api.put("/agreement")
def put_agreement() -> Response:
    """Replace the agreement; what was accepted before stays where it is."""
    agree.make_agreement(store(), body("agreement"), local_day(now(), zone()))
    return get_agreement()
