"""Pathways: setting them down and changing them, on the pages and by their commands."""

import pytest

from trellis.audit.models import AuditEntry
from trellis.core.actors import NIGHTLY
from trellis.core.errors import RuleBroken
from trellis.decisions.commands import pathway as commands
from trellis.decisions.models import Pathway
from trellis.decisions.tests import scenes

HERE = "/decisions/pathways/"
TWO = [("Management", False), ("Care Committee", True)]


def bodies(pathway: Pathway) -> list[tuple[str, bool]]:
    return list(Pathway.objects.get(pk=pathway.pk).bodies.values_list("body", "needs_agenda"))


@pytest.fixture
def usual(cast) -> Pathway:
    return scenes.a_pathway(cast.council)


def test_a_pathway_is_set_down_in_order_and_audited(cast, usual):
    assert bodies(usual) == TWO
    entry = AuditEntry.objects.get()
    assert (entry.action, entry.subject) == ("decisions.define_pathway", "pathway Usual")
    assert entry.facts == {"bodies": ["Management", "Care Committee"], "agendas": ["Care Committee"]}


def test_changing_a_pathway_is_audited_with_what_it_was(cast, usual):
    commands.change_pathway(pathway=usual, name=" Short ", bodies=[("Cabinet", True)], by=NIGHTLY)
    assert (Pathway.objects.get().name, bodies(usual)) == ("Short", [("Cabinet", True)])
    entry = AuditEntry.objects.latest("pk")
    assert (entry.action, entry.subject) == ("decisions.change_pathway", "pathway Short")
    assert entry.facts["bodies"] == ["Cabinet"]
    assert entry.facts["bodies_before"] == ["Management", "Care Committee"]


def test_changing_a_pathway_leaves_the_decisions_opened_by_it_as_they_are(cast, usual):
    decision = scenes.drafted(cast.council, pathway=usual)
    before = list(decision.steps.values())
    commands.change_pathway(pathway=usual, name="Other", bodies=[("Cabinet", False)], by=NIGHTLY)
    assert list(decision.steps.values()) == before
    assert [(one["body"], one["needs_agenda"]) for one in before] == TWO
    later = scenes.drafted(cast.council, reference="18/00013", pathway=Pathway.objects.get())
    assert later.steps.get().body == "Cabinet"


@pytest.mark.parametrize(
    ("name", "given", "words", "field"),
    [
        (" ", TWO, "Say what the pathway is called.", "name"),
        ("New", [], "Name at least one body.", "body_1"),
        ("New", [(" ", True)], "Say which body it is.", "body_1"),
        ("New", [*TWO, ("care committee ", False)], "care committee is there twice.", ""),
        ("usual", TWO, "There is already a pathway called usual.", "name"),
    ],
)
def test_a_pathway_is_refused_in_words_and_nothing_is_written(cast, usual, name, given, words, field):
    other = scenes.a_pathway(cast.council, name="Other")
    audited = AuditEntry.objects.count()
    for command, what in (
        (commands.define_pathway, {"authority": cast.council}),
        (commands.change_pathway, {"pathway": other}),
    ):
        with pytest.raises(RuleBroken, match=words) as refused:
            command(name=name, bodies=given, by=NIGHTLY, **what)
        assert (refused.value.field or "") == field
    assert AuditEntry.objects.count() == audited
    assert (Pathway.objects.count(), bodies(other)) == (2, TWO)


def test_two_who_take_one_name_at_once_are_refused_by_the_database(cast, usual, monkeypatch):
    monkeypatch.setattr(commands.rules, "check_pathway", lambda **given: None)
    other = scenes.a_pathway(cast.council, name="Other")
    with pytest.raises(RuleBroken, match="already a pathway called Usual"):
        commands.define_pathway(authority=cast.council, name="Usual", bodies=TWO, by=NIGHTLY)
    with pytest.raises(RuleBroken, match="already a pathway called Usual"):
        commands.change_pathway(pathway=other, name="Usual", bodies=TWO, by=NIGHTLY)


def test_the_list_shows_each_pathway_with_its_bodies_to_people_of_the_authority(cast, page_client):
    assert "There is no pathway yet" in page_client.get(HERE, by=cast.olive).text
    scenes.a_pathway(cast.council)
    scenes.a_pathway(cast.ash_vale, name="Another authority’s")
    page = page_client.get(HERE, by=cast.olive)
    assert [one.text_content().strip() for one in page.find_all("ol.govuk-list--number li")] == [
        "Management",
        "Care Committee (its agenda is published before it meets)",
    ]
    assert "Another authority" not in page.text
    assert not page.has_link("Add a pathway")
    page_client.get(HERE, by=cast.alice, expect=403)


def test_the_pages_of_decisions_lead_to_the_pathways(cast, page_client):
    assert page_client.get("/decisions/", by=cast.dee).href("See the pathways to a decision") == HERE
    assert not page_client.get("/decisions/").has_link("See the pathways to a decision")
    assert page_client.get("/decisions/new/", by=cast.carol).href("See the pathways and their bodies") == HERE


def test_democratic_services_set_down_a_pathway(cast, page_client):
    page_client.get(HERE + "new/", by=cast.dee)
    rows = {"name": "Usual", "body_1": "Management", "body_3": "Care Committee", "body_3_agenda": "on"}
    page_client.post(HERE + "new/", rows, by=cast.dee)
    assert bodies(Pathway.objects.get()) == TWO
    for person in (cast.carol, cast.alice):
        page_client.get(HERE + "new/", by=person, expect=403)
        page_client.post(HERE + "new/", rows | {"name": "Other"}, by=person, expect=403)
    assert Pathway.objects.count() == 1


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        ({"name": "New"}, "Name at least one body."),
        ({"name": "New", "body_1": "Cabinet", "body_2": "cabinet"}, "cabinet is there twice."),
        ({"name": "New", "body_1": "Cabinet", "body_2_agenda": "on"}, "Say which body it is, or take the tick away."),
        ({"name": "Usual", "body_1": "Cabinet"}, "There is already a pathway called Usual."),
    ],
)
def test_a_refusal_keeps_what_was_written(cast, usual, page_client, rows, words):
    page = page_client.post(HERE + "new/", rows, by=cast.dee, expect=200)
    assert words in page.text and page.title.startswith("Error: ")
    assert page.find("#id_name").get("value") == rows["name"]
    assert Pathway.objects.count() == 1


def test_a_pathway_is_changed_on_its_page(cast, usual, page_client):
    here = f"{HERE}{usual.pk}/"
    page = page_client.get(here, by=cast.dee)
    assert page.find("#id_body_2").get("value") == "Care Committee"
    assert page.find("#id_body_2_agenda").get("checked") is not None
    rows = {"name": "Usual", "body_1": "", "body_2": "Care Committee", "body_12": "Cabinet", "body_12_agenda": "on"}
    page_client.post(here, rows | {f"body_{number}": "" for number in range(3, 12)}, by=cast.dee)
    assert bodies(usual) == [("Care Committee", False), ("Cabinet", True)]
    page_client.get(here, by=cast.carol, expect=403)
    theirs = scenes.a_pathway(cast.ash_vale)
    page_client.get(f"{HERE}{theirs.pk}/", by=cast.dee, expect=404)
