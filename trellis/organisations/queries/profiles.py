"""One organisation, and where what is known of it came from."""

from django.db.models import Q

from trellis.organisations.models import Organisation, OrganisationQuerySet, ProfileChange, SourceList, SourceRow


def organisation(reference: str) -> Organisation | None:
    """An organisation by its reference in any case, with all that its profile shows; None when there is none.

    One that was merged is answered as it is, with `merged_into` set.
    """
    related = Organisation.objects.select_related("district", "merged_into")
    whole = related.prefetch_related("identifiers", "other_names", "years", "causes", "service_types")
    return whole.filter(reference=reference.upper()).first()


def survivor(merged: Organisation) -> Organisation:
    """The organisation that stands for one that was merged, however many merges later."""
    while merged.merged_into is not None:
        merged = merged.merged_into
    return merged


def edited_by(organisation_ids: list[int]) -> OrganisationQuerySet:
    """The organisations that a person may edit, given those for which they hold the permission."""
    return Organisation.objects.listed().filter(pk__in=organisation_ids)


def profile_changes(of: Organisation) -> list[ProfileChange]:
    """What an organisation changed of its own profile, latest first."""
    return list(of.profile_changes.all()[:20])


def source_names() -> dict[str, str]:
    """The name of each list that the register is made from, by its code."""
    return dict(SourceList.objects.values_list("code", "name"))


def source_rows(of: Organisation) -> list[SourceRow]:
    """The rows that an organisation was made from, as they came."""
    rows = SourceRow.objects.filter(Q(organisation=of) | Q(organisation__merged_into=of))
    return list(rows.select_related("source").order_by("source__name", "table", "key"))
