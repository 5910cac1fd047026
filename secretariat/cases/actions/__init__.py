"""What is done to cases: raise, take in, write, send on."""

from secretariat.cases.actions.sending_on import add_treatment, move_treatment, record_outcome, remove_treatment
from secretariat.cases.actions.taking_in import (
    answer,
    ask_for_more,
    edit,
    give_back,
    make_ready,
    raise_case,
    release,
    step_back,
    take_in,
    withdraw,
)
from secretariat.cases.actions.writing import attach, save_paper, set_archive_reference

__all__ = [
    "add_treatment",
    "answer",
    "ask_for_more",
    "attach",
    "edit",
    "give_back",
    "make_ready",
    "move_treatment",
    "raise_case",
    "record_outcome",
    "release",
    "remove_treatment",
    "save_paper",
    "set_archive_reference",
    "step_back",
    "take_in",
    "withdraw",
]
