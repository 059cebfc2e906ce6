"""How a challenge moves on. Pure."""

from trellis.core.errors import RuleBroken

# (status, verb) → status. Whatever is not here is refused.
TRANSITIONS: dict[tuple[str, str], str] = {
    ("raised", "accept"): "upheld",
    ("raised", "dispute"): "disputed",
    ("raised", "uphold"): "upheld",
    ("raised", "dismiss"): "dismissed",
    ("disputed", "uphold"): "upheld",
    ("disputed", "dismiss"): "dismissed",
}
SETTLED = ("upheld", "dismissed")


def next_status(status: str, verb: str) -> str:
    """What it becomes; RuleBroken where the step is not its next."""
    if status in SETTLED:
        raise RuleBroken("This challenge is settled.")
    if (status, verb) not in TRANSITIONS:
        raise RuleBroken("The partner has answered. The contract manager decides now.")
    return TRANSITIONS[status, verb]


def can_answer(status: str) -> bool:
    """Whether the partner may still answer."""
    return (status, "accept") in TRANSITIONS


def can_settle(status: str) -> bool:
    """Whether the contract manager may decide."""
    return (status, "uphold") in TRANSITIONS


def check_can_raise(*, is_own: bool, is_declared: bool) -> None:
    """Refuse a challenge of oneself, and one of what has been declared."""
    if is_own:
        raise RuleBroken("This is your own organisation. Declare its interest instead.", field="partner")
    if is_declared:
        raise RuleBroken("The partner has declared this. Its firewall is up already.")
