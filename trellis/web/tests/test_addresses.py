"""Numbers in addresses: one that is too long for a database leads nowhere, on every page."""

import pytest
from django.urls import reverse

from tests.routes import routes
from trellis.contracts.tests import papers_scenes
from trellis.core.permissions import PUBLIC, Permission

TOO_LONG = 99999999999999999999


@pytest.mark.parametrize("numbers", [(TOO_LONG, 1), (1, TOO_LONG), (10**18, 1), (10**18 - 1, 1)])
def test_a_number_that_no_database_keeps_is_not_found(page_client, cast, numbers):
    papers_scenes.parts_of_addresses(cast)
    page_client.get("/contracts/SCO/documents/{}/{}/".format(*numbers), expect=404)


def test_no_page_of_a_contract_or_a_case_looks_for_one(page_client, cast):
    known = {"reference": "SCO", "quarter": "2018-Q2", "organisation": cast.ash_vale.reference, "kind": "html"}
    with_number = [one for one in routes() if "<int:" in one.path and one.path.startswith(("contracts/", "support/"))]
    for route in with_number:
        is_open = route.access == PUBLIC or cast.olive.can(Permission(route.access))
        address = reverse(route.name, kwargs={part: known.get(part, TOO_LONG) for part in route.parts})
        page_client.get(address, by=cast.olive, expect=404 if is_open else 403)
    assert len(with_number) > 20
