"""How a commission may move through its stages."""

from trellis.core.errors import RuleBroken

STAGES = ("analyse", "plan", "decide", "procure", "deliver", "review")


def check_can_move(stage: str, to: str, note: str) -> None:
    """A commission goes on to the next stage, or back to any before it with a reason. RuleBroken otherwise."""
    here, there = STAGES.index(stage), STAGES.index(to)
    if there == here:
        raise RuleBroken("The commission is at this stage already.", field="stage")
    if there > here + 1:
        raise RuleBroken(f"Next comes {STAGES[here + 1]}: a stage cannot be left out.", field="stage")
    if there < here and not note.strip():
        raise RuleBroken("Say why it goes back.", field="note")


def next_stage(stage: str) -> str | None:
    """The stage after this one; None after the last."""
    here = STAGES.index(stage)
    return STAGES[here + 1] if here + 1 < len(STAGES) else None
