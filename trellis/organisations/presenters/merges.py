"""Words and rows of merges, and of what an organisation is made of."""

from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse

from trellis.core.actors import LINKAGE
from trellis.organisations import families, forms, queries
from trellis.organisations.models import Merge, Organisation
from trellis.organisations.presenters import records
from trellis.organisations.presenters.profile import source_words
from trellis.organisations.queries import links
from trellis.organisations.rules.survivorship import CHOSEN, GROUPS
from trellis.places import queries as places
from trellis.web.table import Column, Table, address
from trellis.web.words import day_and_time

STATES = {
    "undone": ("Undone", "grey"),
    "checked": ("Found right", "green"),
    "unasked": ("Done unasked", "yellow"),
    "people": ("Done by people", "blue"),
}


def state_of(merge: Merge) -> tuple[str, str]:
    """Where a merge stands, as a tag."""
    if merge.undone_at:
        return STATES["undone"]
    if merge.checked_at:
        return STATES["checked"]
    return STATES["unasked" if merge.is_automatic else "people"]


def merges_table(request: HttpRequest, form: forms.MergesForm) -> Table:
    """Merges as the address of the page asks."""
    form.full_clean()
    text, show = form.cleaned_data.get("q", "").strip(), form.cleaned_data.get("show", "")
    tags = [(f"Search: {text}", address(request, q=None, page=None))] if text else []
    if show:
        tags.append((dict(forms.MERGES_SHOWN)[show], address(request, show=None, page=None)))
    return Table(
        request,
        _shown(links.merges_about(text) if text else links.merges(), show),
        columns=[
            Column("reference", "Merge", link=lambda one: reverse("merge", args=[one.reference]), sort="reference"),
            Column("merged", "Merged", value=lambda one: one.merged.name, sort="merged__name"),
            Column("into", "Into", value=lambda one: one.into.standing.name, sort="into__name"),
            Column("merged_at", "When", sort="merged_at"),
            Column("state", "State", tag=state_of),
        ],
        caption="Merges",
        empty="No merge here. Clear a filter, or look for doubles.",
        name="merges",
        stacks=True,
        filters=tags,
    )


def _shown(found: QuerySet[Merge], show: str) -> QuerySet[Merge]:
    standing = {"undone_at__isnull": True}
    wanted: dict[str, dict[str, Any]] = {
        forms.STANDING: standing,
        forms.UNCHECKED: standing | {"is_automatic": True, "checked_at__isnull": True},
        forms.BY_PEOPLE: standing | {"is_automatic": False},
        forms.UNDONE: {"undone_at__isnull": False},
    }
    return found.filter(**wanted.get(show, {}))


def merge_page(merge: Merge) -> dict[str, Any]:
    """One merge: what, why, and what can be done about it."""
    into = merge.into.standing
    facts = [
        ("Merged", merge.merged.name, ""),
        ("Into", into.name, reverse("organisation", args=[into.reference])),
        ("When", day_and_time(merge.merged_at), ""),
        ("By", _who(merge.merged_by), ""),
        ("Why", merge.reason, ""),
    ]
    if merge.checked_at:
        facts.append(("Found right", day_and_time(merge.checked_at), ""))
    if merge.undone_at:
        facts += [("Undone", day_and_time(merge.undone_at), ""), ("Because", merge.undone_reason, "")]
    said, districts = families.own_values([merge.merged_id, merge.into_id]), places.district_names()
    pair = [said[merge.merged_id], said[merge.into_id]]
    lines = [(records.HEADINGS[group], [records.value_of(own, group, districts) for own in pair]) for group in GROUPS]
    return {
        "merge": merge,
        "facts": facts,
        "lines": [(heading, values) for heading, values in lines if any(values)],
        "chart": records.waterfall(merge.evidence, merge.probability or 0.5),
        "status": state_of(merge),
        "caption": merge.reference,
        "breadcrumbs": above(("Merges", reverse("merges"))),
    }


def _who(actor: str) -> str:
    """Who did it: a person's name is in the audit, for those who may read it."""
    return (
        "The linkage, unasked" if actor == LINKAGE.actor_name else "A person" if actor.startswith("person:") else actor
    )


@dataclass(frozen=True)
class Line:
    """A field: what is shown, whence and why; what each of the family says itself; where to choose another."""

    heading: str
    shown: str
    source: str
    why: str
    own: list[str]
    choose: str


def made_of(organisation: Organisation) -> dict[str, Any]:
    """What an organisation is made of: its members, the merges, and field by field whose value is shown and why."""
    family = families.members(organisation.pk)
    said, picks = families.own_values(family), families.picks_of(organisation.pk)
    names, members = queries.source_names(), queries.organisations_by_id(family)
    districts = places.district_names()
    lines = []
    for group, pick in picks.items():
        own = [records.value_of(said[pk], group, districts) for pk in family]
        if not any(own):
            continue
        choose = (
            reverse("choose_value", args=[organisation.reference, group]) if len(set(filter(None, own))) > 1 else ""
        )
        lines.append(
            Line(
                heading=records.HEADINGS[group],
                shown=records.value_of(pick.own, group, districts),
                source=source_words(pick.own.source(group), names),
                why=pick.why,
                own=own,
                choose=choose,
            )
        )
    return {
        "organisation": organisation,
        "members": [(members[pk], said[pk].values["name"]) for pk in family],
        "lines": lines,
        "merges": links.merges().filter(merged__in=family, undone_at__isnull=True),
        "breadcrumbs": above((organisation.name, reverse("organisation", args=[organisation.reference]))),
    }


def choices(organisation: Organisation, field: str) -> tuple[list[tuple[str, str]], str]:
    """The values that can be shown in a field, by the reference of whose they are, and which is chosen."""
    family = families.members(organisation.pk)
    said, members = families.own_values(family), queries.organisations_by_id(family)
    districts = places.district_names()
    offered = [
        (members[pk].reference, f"{value} ({said[pk].values['name']}, {members[pk].reference})")
        for pk in family
        if (value := records.value_of(said[pk], field, districts))
    ]
    pick = families.picks_of(organisation.pk)[field]
    chosen = members[pick.own.pk].reference if pick.why == CHOSEN else forms.AS_THE_SOURCES_SAY
    return offered, chosen


def undo_page(merge: Merge) -> dict[str, Any]:
    """What the page says before a merge is undone."""
    address_of = reverse("merge", args=[merge.reference])
    return {
        "title": f"Undo the merge of {merge.merged.name}",
        "intro": f"{merge.merged.name} stands on its own again, with all that was its own: its cases, its people, and "
        "what was edited or imported since. Nobody is asked about the two again, and no list merges them.",
        "button": "Undo this merge",
        "cancel": address_of,
        "breadcrumbs": above((merge.reference, address_of)),
    }


def choose_page(organisation: Organisation, field: str) -> dict[str, Any]:
    """What the page says on which somebody chooses a value."""
    back = reverse("made_of", args=[organisation.reference])
    return {
        "title": f"{records.HEADINGS[field]} of {organisation.name}",
        "button": "Show this one",
        "cancel": back,
        "breadcrumbs": above((organisation.name, back)),
    }


def merge_with_page(organisation: Organisation) -> dict[str, Any]:
    """What the page says on which somebody names another organisation."""
    back = reverse("made_of", args=[organisation.reference])
    return {
        "title": f"Merge {organisation.name} with another",
        "intro": "They become one for everybody: the people of each see the cases of both. You can undo it.",
        "button": "Merge them",
        "cancel": back,
        "breadcrumbs": above((organisation.name, back)),
    }


def above(*last: tuple[str, str]) -> list[tuple[str, str]]:
    """The way to these pages."""
    return [("Lists", reverse("import_lists")), ("Same or not", reverse("link_questions")), *last]
