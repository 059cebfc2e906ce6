"""What keeping the register right asks of groups, advisers, those who keep it, and whoever wants to speak for one."""

from collections.abc import Iterator

from django.db.models import QuerySet
from django.urls import reverse

from trellis.accounts import claim_presenters as claim_words
from trellis.accounts import claim_queries as claims
from trellis.accounts.models import User
from trellis.core import clock
from trellis.core.permissions import Permission
from trellis.organisations import queries as organisations
from trellis.organisations.models import Organisation
from trellis.organisations.presenters.endings import ended_words, is_closed, removed_words
from trellis.organisations.queries import gone, groups, reports
from trellis.support import queries as support
from trellis.web.pieces import Task
from trellis.web.words import counted, day

FEW = 5  # of a kind; the rest are a link away


def my_claims(user: User) -> Iterator[Task]:
    """What somebody asked for and is not decided, whatever their role."""
    for claim in claims.claims_that_go_on(user)[:FEW]:
        text, colour = claim_words.tag(claim)
        url = reverse("claim", args=[claim.reference])
        yield Task(f"Your claim to speak for {claim.organisation.name}", text, url, colour=colour)


def my_profiles(user: User) -> Iterator[Task]:
    """Each group's own profile: is it still right?"""
    for organisation in _mine(user):
        name, url = organisation.name, reverse("organisation", args=[organisation.reference])
        if removed := removed_words(organisation):
            tag = "Closed" if is_closed(organisation) else "Removed"
            yield Task(f"The profile of {name}", tag, url, removed, "grey")
        elif organisations.is_due(organisation, clock.today()):
            hint = "Advisers and funders read it. If all is right, one press says so."
            yield Task(f"Is the profile of {name} still right?", "Check", url, hint, "yellow")
        else:
            hint = (
                f"You said on {day(organisation.confirmed_on)} that it is right." if organisation.confirmed_on else ""
            )
            yield Task(f"The profile of {name}", "Look", url, hint)


def claims_on_mine(user: User) -> Iterator[Task]:
    """Others who ask to speak for an organisation that somebody speaks for."""
    for claim in claims.claims_on(user)[:FEW]:
        url = reverse("claim", args=[claim.reference])
        hint = f"They say what they are there: {claim.role_there}. Let them in, or object."
        yield Task(f"{claim.claimed_by} asks to speak for {claim.organisation.name}", "Your word", url, hint, "orange")


def errors_on_mine(user: User) -> Iterator[Task]:
    """Errors that others reported on the profiles of one's own organisations."""
    for organisation in _mine(user):
        number = reports.open_reports().filter(organisation=organisation).count()
        url = reverse("own_error_reports", args=[organisation.reference])
        yield from _number(number, "error", f"reported on the profile of {organisation.name}", url)


def groups_to_know(user: User) -> Iterator[Task]:
    """For advisers: people to vouch for, groups to check."""
    people, waiting = claims.claims_to_vouch(user).count(), groups.to_check(user).count()
    yield from _number(people, "person", "to vouch for", reverse("claims_to_vouch"), "people")
    yield from _number(waiting, "group", "to check", reverse("unchecked_groups"))


def cases_of_the_removed(user: User) -> Iterator[Task]:
    """For advisers: cases in hand whose organisation is no longer active."""
    mine = support.cases_to_work_on(user).filter(adviser=user, status__in=support.OPEN)
    for case in mine.filter(organisation__status=Organisation.Status.REMOVED).select_related("organisation")[:FEW]:
        url = reverse("case", args=[case.reference])
        hint = "Your case is still open. Talk to them about what comes next."
        yield Task(f"{case.organisation.name} {ended_words(case.organisation)}", "Know this", url, hint, "grey")


def register_to_keep(user: User) -> Iterator[Task]:
    """For those who keep the register: letters to post, objections to settle, errors to answer."""
    url = reverse("claims")
    yield from _counted(claims.letters_to_post(), "letter", "to post to an organisation", url)
    yield from _counted(claims.claims_to_settle(), "claim", "to which the organisation objects", url)
    yield from _counted(reports.open_reports(), "error", "reported on profiles", reverse("error_reports"))
    lost = gone.asked_about().count()
    yield from _number(lost, "organisation", "that may be closed", reverse("gone_organisations"))


def _mine(user: User) -> list[Organisation]:
    return list(organisations.edited_by(user.organisation_ids(Permission.ORGANISATION_EDIT)))


def _counted(rows: QuerySet, one: str, words: str, url: str) -> Iterator[Task]:
    yield from _number(rows.count(), one, words, url)


def _number(number: int, one: str, words: str, url: str, many: str = "") -> Iterator[Task]:
    """So many of a kind; nothing where there are none."""
    if number:
        yield Task(f"{counted(number, one, many)} {words}", "To do", url, colour="orange")
