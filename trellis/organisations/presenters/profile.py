"""An organisation's profile: each fact with where it comes from."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.urls import reverse
from django.utils.dateparse import parse_date

from trellis.core.money import whole_pounds
from trellis.core.permissions import Permission
from trellis.organisations import commands, conflicts, forms, provenance, queries, rules
from trellis.organisations.identifiers import SCHEMES
from trellis.organisations.models import Identifier, Organisation, ProfileChange, Relation, YearEnd
from trellis.organisations.presenters import announced, embeds, endings, keeping
from trellis.organisations.presenters.addresses import web_link
from trellis.organisations.presenters.maps import Map, district_map
from trellis.places import queries as places
from trellis.web.charts import Bar, BarChart
from trellis.web.pieces import Event
from trellis.web.words import day

# Where a number can be looked up, by scheme (org-id.guide lists them).
FINDERS = {
    "GB-CHC": "https://register-of-charities.charitycommission.gov.uk/charity-details/?regid={0}&subid={1}",
    "GB-COH": "https://find-and-update.company-information.service.gov.uk/company/{0}",
    "GB-SC": "https://www.oscr.org.uk/about-charities/search-the-register/charity-details?number={0}",
    "GB-NIC": "https://www.charitycommissionni.org.uk/charity-details/?regid={0}&subid={1}",
}
YEARS_SHOWN = 10
OUR_SOURCES = {
    commands.ITSELF: "The organisation itself",
    commands.KEEPERS: "Put right by those who keep the register",
}
WHOSE = {commands.ITSELF: "the organisation", commands.KEEPERS: "those who keep the register"}
FIELD_WORDS = {
    "name": "name", "website": "website", "phone": "telephone", "email": "e-mail address", "activities": "what it does",
    "address": "address", "postcode": "postcode", "address_is_private": "whether its address is private",
    "causes": "causes", "service_types": "services", "latest_income": "latest income", "latest_year_end": "latest year",
    "year": "a year's income",
}  # fmt: skip


@dataclass(frozen=True)
class Fact:
    """A line of the profile: what, the value or values (words and, if it leads somewhere, a link), and whence."""

    key: str
    values: list[tuple[str, str]]
    source: str = ""


def profile(organisation: Organisation, user: Any, on: date) -> dict[str, Any]:
    """What the public page shows, and what its own people and staff may do there."""
    own = user.is_authenticated and organisation.pk in user.organisation_ids(Permission.ORGANISATION_EDIT)
    staff = user.is_authenticated and user.can(Permission.REGISTER_VIEW_SOURCES)
    keeper = user.is_authenticated and user.can(Permission.REGISTER_KEEP)
    changes = queries.profile_changes(organisation) if own or staff else []
    beside = queries.surroundings(organisation)
    return {
        "organisation": organisation,
        "breadcrumbs": [("Find an organisation", reverse("directory"))],
        "caption": organisation.get_legal_form_display(),
        "status": endings.tag(organisation),
        "facts": _facts(organisation, beside, on, with_address=own or keeper or not organisation.address_is_private),
        "kept": keeping.kept(organisation, on),
        "announced": announced.section(organisation, on, own=own, keeper=keeper),
        "chart": _income_chart(organisation, beside.years),
        "map": _map(organisation),
        "snippet": embeds.snippet(
            reverse("organisation_embed", args=[organisation.reference]), organisation.name, "one"
        ),
        "asks": own and user.can(Permission.CASE_REQUEST),
        "subsidy": _subsidy(organisation, on),
        "own": own,
        "staff": staff,
        "keeper": keeper,
        "checks": user.is_authenticated and _may_check(organisation, user, on),
        "links": user.is_authenticated and user.can(Permission.REGISTER_LINK),
        "members": beside.members,
        "invites": user.is_authenticated and user.can(Permission.PEOPLE_INVITE_ELSEWHERE),
        "events": [_event(change, user) for change in changes],
        "undoable": next((change for change in changes if change.undone_at is None), None) if own else None,
    }


def _subsidy(organisation: Organisation, on: date) -> str:
    """Whether its size is one that support is subsidised for, in words; nothing for one that is gone."""
    _, limit = queries.sizes(on)[queries.UNDER_LIMIT]
    if organisation.status != Organisation.Status.ACTIVE or limit is None:
        return ""
    rule = f"The council pays towards support for groups with a yearly income under {whole_pounds(limit)}."
    if organisation.latest_income is None:
        return f"{rule} We do not know what this one’s is."
    return f"{rule} This one is {'among them' if organisation.latest_income < limit else 'larger'}."


def edit(organisation: Organisation, form: forms.ProfileForm) -> dict[str, Any]:
    """What the page shows on which an organisation changes its profile."""
    address = reverse("organisation", args=[organisation.reference])
    return {
        "form": form,
        "button": "Change the profile",
        "cancel": address,
        "breadcrumbs": [("Find an organisation", reverse("directory")), (organisation.name, address)],
    }


def correct(organisation: Organisation, form: forms.ProfileForm) -> dict[str, Any]:
    """What the page shows on which those who keep the register put a profile right."""
    intro = (
        "Everybody can see this. No list overrules what you put right; the organisation sees it among the changes,"
        " and can undo it."
    )
    return edit(organisation, form) | {"title": "Put the profile right", "intro": intro, "button": "Put it right"}


def sources(organisation: Organisation) -> dict[str, Any]:
    """What staff see of where an organisation came from."""
    address = reverse("organisation", args=[organisation.reference])
    return {
        "organisation": organisation,
        "rows": queries.source_rows(organisation),
        "breadcrumbs": [("Find an organisation", reverse("directory")), (organisation.name, address)],
    }


def _facts(organisation: Organisation, beside: queries.Surroundings, on: date, *, with_address: bool) -> list[Fact]:
    """Every fact that is known, in the order in which people ask for them; a private address is for few."""
    names = queries.source_names()

    def fact(key: str, field: str, *values: tuple[str, str]) -> Fact:
        return Fact(key, [value for value in values if value[0]], _whence(organisation.provenance, field, names))

    facts = [
        fact("What it does", "activities", (organisation.activities, "")),
        fact("Services", "service_types", *((one.name, "") for one in beside.service_types)),
        fact("Causes", "causes", *((one.name, "") for one in beside.causes)),
        fact("Where", "postcode", *((words, "") for words in _where(organisation, with_address=with_address))),
        fact("Website", "website", (organisation.website, web_link(organisation.website))),
        fact("Email", "email", (organisation.email, f"mailto:{organisation.email}")),
        fact("Telephone", "phone", (organisation.phone, "")),
        fact("Latest income", "latest_income", (_income(organisation, on), "")),
        fact("Numbers", "identifiers", *(_number(one) for one in beside.identifiers)),
        fact("Other names", "other_names", *((f"{name} ({kind.lower()})", "") for name, kind in sorted(beside.names))),
        Fact("Belongs to", _related((one.parent, one) for one in beside.parents)),
        Fact("Belongs to it", _related((one.organisation, one) for one in beside.branches)),
        fact("Registered", "registered_on", (_day(organisation.registered_on), "")),
        Fact("Reference", [(organisation.reference, "")]),
        fact(endings.day_label(organisation), "removed_on", (_day(organisation.removed_on), "")),
        Fact("Where its work went", [(organisation.went_to, "")] if organisation.went_to else []),
    ]
    return [one for one in facts if one.values]


def _may_check(organisation: Organisation, user: Any, on: date) -> bool:
    return user.can(Permission.ORGANISATION_VOUCH) and not conflicts.competes(user, organisation, on)


def _day(value: date | None) -> str:
    return day(value) if value else ""


def _related(others: Iterable[tuple[Organisation, Relation]]) -> list[tuple[str, str]]:
    """The organisations at the other end of relations, and what the first is to the second; none that is hidden."""
    standing = ((other.standing, relation) for other, relation in others)
    return [
        (f"{one.name} ({relation.get_kind_display().lower()})", reverse("organisation", args=[one.reference]))
        for one, relation in standing
        if one.unlisted_at is None
    ]


def _whence(noted: Mapping[str, list[str]], field: str, names: Mapping[str, str]) -> str:
    """Where a field comes from, in words: "Register of charities, 2 July 2018"."""
    source = provenance.source_of(noted, field)
    return source_words(source, names) if source else ""


def source_words(source: tuple[str, str], names: Mapping[str, str]) -> str:
    """A source and its day in words; nothing where nobody noted one."""
    code, on = source
    name = OUR_SOURCES.get(code) or names.get(code, code)
    known_on = parse_date(on)
    return f"{name}, {day(known_on)}" if known_on else name


def _where(organisation: Organisation, *, with_address: bool) -> list[str]:
    district = organisation.district.name if organisation.district else ""
    guess = " district, as far as its postcode says" if organisation.district_is_guess else ""
    place = district + guess if district else ""
    if not with_address:
        return [place, "Its address is private." if organisation.address or organisation.postcode else ""]
    whole = ", ".join(part for part in (organisation.postcode, place) if part)
    hidden = organisation.address_is_private and (organisation.address or organisation.postcode)
    return [organisation.address, whole, "Others see the district alone: the address is private." if hidden else ""]


def _number(identifier: Identifier) -> tuple[str, str]:
    scheme = SCHEMES.get(identifier.scheme)
    number, _, linked = identifier.value.partition("-")
    link = FINDERS.get(identifier.scheme, "").format(number, linked or "0")
    return f"{identifier.value}, {scheme.name if scheme else identifier.scheme}", link


def _income(organisation: Organisation, on: date) -> str:
    if organisation.latest_income is None:
        return ""
    band = rules.size_band(organisation.latest_income, queries.size_bands(on))
    year = f" in the year to {day(organisation.latest_year_end)}" if organisation.latest_year_end else ""
    return f"{whole_pounds(organisation.latest_income)}{year} ({str(band).lower()})"


def _income_chart(organisation: Organisation, known: list[YearEnd]) -> BarChart | None:
    """Its income by year; none for fewer than two years, which the facts above say already."""
    years = [year for year in known if year.income is not None][-YEARS_SHOWN:]
    if len(years) < 2:
        return None
    return BarChart(
        title=_how_it_went(years),
        description=f"Yearly income of {organisation.name}, each year under the day on which it ended.",
        bars=[
            Bar(f"Year to {day(year.ends_on)}", year.income, whole_pounds(year.income))
            for year in years
            if year.income is not None
        ],
        value_heading="Income",
        label_heading="Year",
    )


def _how_it_went(years: list[YearEnd]) -> str:
    first, last = years[0].income or Decimal(0), years[-1].income or Decimal(0)
    if first == last:
        return f"Its yearly income is {whole_pounds(last)}, as it was in {years[0].ends_on.year}"
    verb = "rose" if last > first else "fell"
    since = f"between {years[0].ends_on.year} and {years[-1].ends_on.year}"
    return f"Its yearly income {verb} from {whole_pounds(first)} to {whole_pounds(last)} {since}"


def _map(organisation: Organisation) -> Map | None:
    """The map with its district marked."""
    codes = [district.code for district in places.districts_served()]
    if organisation.district_id not in codes:
        return None
    return district_map(
        f"It is in {organisation.district}",
        "The districts, and the one in which it has its address.",
        {code: (1, "Here") if code == organisation.district_id else (0, " ") for code in codes},
        value_heading="Address",
        has_key=False,
    )


def _event(change: ProfileChange, user: Any) -> Event:
    fields = [FIELD_WORDS.get(field, field) for field in change.after]
    who = "you" if change.changed_by == user.actor_name else WHOSE[change.source]
    note = f"Undone on {day(change.undone_at)}" if change.undone_at else ""
    return Event(f"Profile changed: {', '.join(fields)}", change.changed_at, who, note)
