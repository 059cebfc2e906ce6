"""Numbers, references and postcodes lead straight to the organisation."""

import re
from collections.abc import Iterator
from functools import reduce
from operator import or_

from django.db.models import Q, QuerySet
from django.db.models.functions import Coalesce

from trellis.organisations.identifiers import SCHEMES, normalised, parsed
from trellis.organisations.models import Identifier, Organisation
from trellis.places import postcodes

LABEL = re.compile(r"^(?:registered|registration|charity|company|number|no\b\.?|[:#\s])+", re.IGNORECASE)


def by_number(text: str, register: QuerySet[Organisation]) -> list[int]:
    """The organisations whose reference, number or postcode a text is: `ORG-7K2M`, `GB-CHC-1007778`, `1007778`.

    A bare number is tried in every register that has numbers of its form. Nothing is found by a text with other words,
    and nothing by a postcode that its organisation keeps private.
    """
    text = LABEL.sub("", text.strip())
    if not any(letter.isdigit() for letter in text) and "-" not in text:
        return []
    wanted = list(
        Organisation.objects.filter(reference=text.upper()).values_list(Coalesce("merged_into_id", "pk"), flat=True)
    )
    if numbers := list(_numbers(text)):
        same = [Q(scheme=scheme, value=value) for scheme, value in numbers]
        stands = Coalesce("organisation__merged_into_id", "organisation_id")
        wanted += Identifier.objects.filter(reduce(or_, same)).values_list(stands, flat=True)
    if found := list(register.filter(id__in=wanted).order_by("status", "name").values_list("id", flat=True)):
        return found
    postcode = postcodes.normalised(text)
    known = register.filter(address_is_private=False)
    at = known.filter(postcode=postcodes.written(postcode)) if postcode else register.none()
    return list(at.order_by("status", "name").values_list("id", flat=True)[:500])


def _numbers(text: str) -> Iterator[tuple[str, str]]:
    """Each scheme and number that a text can be."""
    try:
        yield parsed(text)
    except ValueError:
        for scheme in SCHEMES:
            try:
                yield scheme, normalised(scheme, text)
            except ValueError:
                continue
