"""A sharing as tables for the terminal."""

from collections.abc import Iterable, Sequence

from trellis.core.money import pounds_and_pence
from trellis.payments.sharing.sums import Shared, reached
from trellis.payments.sharing.terms import Terms


def sharing_text(terms: Terms, shared: Shared) -> str:
    """The whole sharing, to read on a terminal."""
    return "\n\n".join([_money(shared), _quality(terms, shared), _partners(shared), _gate(terms, shared)])


def _money(shared: Shared) -> str:
    return _table(
        ("Money", "pounds"),
        [
            ("Target cost less actual cost", pounds_and_pence(shared.difference)),
            ("The partners’ part of it, before caps", pounds_and_pence(shared.pool)),
            ("The commissioner’s part", pounds_and_pence(shared.commissioner)),
        ],
    )


def _quality(terms: Terms, shared: Shared) -> str:
    rows = [
        (one.name, f"{float(one.weight):.4g}", f"{float(reached(one, terms.overshoot)):.4f}") for one in terms.measures
    ]
    return _table(("Measure", "weight", "reached"), [*rows, ("Quality score", "", f"{float(shared.quality):.4f}")])


def _partners(shared: Shared) -> str:
    rows = [(part.name, pounds_and_pence(part.fair), pounds_and_pence(part.amount)) for part in shared.parts]
    return _table(("Partner", "by share", "after its cap"), rows)


def _gate(terms: Terms, shared: Shared) -> str:
    gate = f"{float(terms.gate):.4g}"
    if shared.difference > 0 and shared.quality < terms.gate:
        return f"The quality score is below the gate of {gate}, so no gain is paid to partners."
    if shared.overflow:
        return f"Caps keep {pounds_and_pence(shared.overflow)} from the partners: the commissioner bears it."
    return f"A gain is paid from a quality score of {gate} on."


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Words to the left, figures to the right."""
    lines = [head, *rows]
    widths = [max(len(line[column]) for line in lines) for column in range(len(head))]
    return "\n".join(
        "  ".join(
            [line[0].ljust(widths[0]), *(text.rjust(width) for text, width in zip(line[1:], widths[1:], strict=True))]
        )
        for line in lines
    )
