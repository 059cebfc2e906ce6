"""Writes to the alliance contract: callers need not know which file a verb of its first topics stands in."""

from trellis.contracts.commands.contract import create_contract, extend_term, set_funding, set_target
from trellis.contracts.commands.coverage import restate_coverage
from trellis.contracts.commands.grants import record_beginning, serve_notice, sign_award, withdraw_notice
from trellis.contracts.commands.interests import declare_interest, end_interest
from trellis.contracts.commands.partners import (
    enter_shares_agreed_on_paper,
    enter_work_agreed_on_paper,
    name_seat,
    restate_shares,
    restate_work,
)

__all__ = [
    "create_contract",
    "declare_interest",
    "end_interest",
    "enter_shares_agreed_on_paper",
    "enter_work_agreed_on_paper",
    "extend_term",
    "name_seat",
    "record_beginning",
    "restate_coverage",
    "restate_shares",
    "restate_work",
    "serve_notice",
    "set_funding",
    "set_target",
    "sign_award",
    "withdraw_notice",
]
