"""What is done to meetings: their life, their agenda, their people."""

from secretariat.meetings.actions.considering import consider
from secretariat.meetings.actions.impartiality import step_aside, take_part
from secretariat.meetings.actions.items import (
    add_item,
    add_item_in_meeting,
    add_standing_items,
    change_item,
    move_item,
    postpone_item,
    remove_item,
    restore_item,
    withdraw_item,
)
from secretariat.meetings.actions.life import agree_agenda, cancel, change, choose_chair, close, plan, reopen
from secretariat.meetings.actions.people import (
    accept_proposed_change,
    call_in_deputy,
    invite_guest,
    note_presence,
    remove_participant,
    reply,
)

__all__ = [
    "accept_proposed_change",
    "add_item",
    "add_item_in_meeting",
    "add_standing_items",
    "agree_agenda",
    "call_in_deputy",
    "cancel",
    "change",
    "change_item",
    "choose_chair",
    "close",
    "consider",
    "invite_guest",
    "move_item",
    "note_presence",
    "plan",
    "postpone_item",
    "remove_item",
    "remove_participant",
    "reopen",
    "reply",
    "restore_item",
    "step_aside",
    "take_part",
    "withdraw_item",
]
