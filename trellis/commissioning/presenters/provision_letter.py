"""A notice letter: what a body is told of the end of its grant. A draft until notice is served."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from trellis.commissioning.models import FundedBody
from trellis.commissioning.queries.provision import Notice
from trellis.core.money import pounds_and_pence
from trellis.web.words import counted, day

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Letter:
    """A letter: who writes to whom, of what and when. `dated` None: a draft, which nobody has sent."""

    authority: str
    addressed_to: str
    address: tuple[str, ...]
    subject: str
    dated: date | None
    paragraphs: tuple[str, ...]

    @property
    def is_draft(self) -> bool:
        """Whether it has not been sent."""
        return self.dated is None


def notice_letter(
    body: FundedBody, *, yearly: Decimal, notice: Notice, stops_on: date, notice_by: date, served_on: date | None
) -> Letter:
    """The letter to a body whose grant stops. `stops_on` is the first day without it; without `served_on`, a draft."""
    organisation = body.organisation
    address = organisation.address.splitlines() + [organisation.postcode] if organisation else []
    months = counted(notice.months, "month")
    asks = f"Your award asks ({notice.source})" if notice.is_verified else "Guidance to councils asks"
    given = (
        f"To leave that much, this letter has to reach you by {day(notice_by)}." if served_on is None else
        f"This is {counted((stops_on - served_on).days, 'day')}, which is as much." if served_on <= notice_by else
        f"This is {counted((stops_on - served_on).days, 'day')}, which is less. We could not write before the contract "
        "was awarded. Tell us what that means for you."
    )  # fmt: skip
    return Letter(
        authority=body.commission.authority.name,
        addressed_to=body.name,
        address=tuple(line for line in address if line),
        subject="Your grant: notice that it ends",
        dated=served_on,
        paragraphs=(
            f"We give you notice that your grant ends. The last day that it pays for is {day(stops_on - ONE_DAY)}; "
            f"from {day(stops_on)} there is none.",
            f"Your grant is {pounds_and_pence(yearly)} a year. It is paid as before until it ends, in proportion to "
            "the days.",
            f"{asks} for {months} of notice. {given}",
            f"The grant ends because the council buys this support under a contract from then on: {body.commission}. "
            "If the contract starts later, your grant goes on until it does, and we will write to you again.",
            "Tell us if the end of the grant would leave the people whom you support without help, or if you see a "
            "better way. We will answer before it ends.",
        ),
    )
