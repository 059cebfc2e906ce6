from datetime import date

import pytest

from trellis.audit.models import AuditEntry
from trellis.commissioning.commands import market as commands
from trellis.commissioning.models import Commission, MarketAnswer, MarketEvent, MarketModel, MarketQuestion, Provider
from trellis.commissioning.queries import market as queries
from trellis.commissioning.rules.market import PublishedCount
from trellis.commissioning.tests import rooms
from trellis.core.errors import RuleBroken


@pytest.fixture
def commission(cast) -> Commission:
    return rooms.open_commission(cast)


@pytest.fixture
def alliance(cast, commission) -> MarketModel:
    commands.add_market_model(commission=commission, name="Framework", by=cast.carol)
    return commands.add_market_model(commission=commission, name="Alliance", by=cast.carol)


def ask_many(cast, commission: Commission, number: int, model: MarketModel | None, start: int = 0) -> list[Provider]:
    found = [rooms.ask(cast, commission, f"Provider {start + count}") for count in range(number)]
    for provider in found:
        rooms.answer(cast, provider, model)
    return found


def deeds(verb: str) -> int:
    return AuditEntry.objects.filter(action=f"commissioning.{verb}").count()


def test_a_provider_says_what_it_prefers_and_why(cast, commission, alliance):
    question = commands.add_market_question(commission=commission, text="It must serve people.", by=cast.carol)
    provider = rooms.ask(cast, commission, "Ash Vale CVS", "cvs")
    rooms.answer(cast, provider, alliance, stances={question: "agree"})
    rooms.answer(cast, provider, alliance, stances={question: "disagree"}, reasons="It is fair to all.")
    assert (Provider.objects.get().reasons, MarketAnswer.objects.get().stance) == ("It is fair to all.", "disagree")
    assert queries.said(commission)[0].counts == {"Agree": 0, "Disagree": 1, "No view": 0}
    assert dict((name, total) for name, _kinds, total in queries.preferences(commission).rows) == {
        "Framework": 0,
        "Alliance": 1,
        "No preference": 0,
    }
    assert deeds("record_response") == 2


def test_a_preference_without_a_reason_or_ahead_of_time_is_refused(cast, commission, alliance):
    provider = rooms.ask(cast, commission, "Ash Vale CVS")
    with pytest.raises(RuleBroken, match="Say why they prefer it"):
        rooms.answer(cast, provider, alliance, reasons=" ")
    with pytest.raises(RuleBroken, match="has not come yet"):
        rooms.answer(cast, provider, alliance, answered_on=date(2018, 7, 3))
    assert Provider.objects.get().answered_on is None
    assert deeds("record_response") == 0


def test_what_has_been_answered_stays(cast, commission, alliance):
    question = commands.add_market_question(commission=commission, text="It must serve people.", by=cast.carol)
    provider = rooms.ask(cast, commission, "Ash Vale CVS")
    rooms.answer(cast, provider, alliance, stances={question: "agree"})
    for refused in (
        lambda: commands.drop_market_model(model=alliance, by=cast.carol),
        lambda: commands.drop_market_question(question=question, by=cast.carol),
        lambda: commands.drop_provider(provider=provider, by=cast.carol),
        lambda: commands.add_market_model(commission=commission, name="Alliance", by=cast.carol),
        lambda: commands.add_market_question(commission=commission, text="It must serve people.", by=cast.carol),
        lambda: rooms.ask(cast, commission, "Ash Vale CVS"),
    ):
        with pytest.raises(RuleBroken):
            refused()
    assert [deeds(f"drop_{what}") for what in ("market_model", "market_question", "provider")] == [0, 0, 0]


def test_what_nobody_answered_can_be_taken_out(cast, commission, alliance):
    question = commands.add_market_question(commission=commission, text="It must serve people.", by=cast.carol)
    provider = rooms.ask(cast, commission, "Ash Vale CVS")
    commands.change_provider(provider=provider, name="Ash Vale", kind="cvs", organisation=cast.ash_vale, by=cast.carol)
    event = commands.add_market_event(
        commission=commission, name="Day", held_on=date(2018, 6, 1), note="All came.", providers=[provider],
        by=cast.carol,
    )  # fmt: skip
    commands.change_market_event(
        event=event, name="Open day", held_on=date(2018, 6, 1), note="All came.", providers=[], by=cast.carol
    )
    assert queries.events(commission).get().came == 0
    commands.drop_market_event(event=event, by=cast.carol)
    commands.drop_provider(provider=provider, by=cast.carol)
    commands.drop_market_model(model=alliance, by=cast.carol)
    commands.drop_market_question(question=question, by=cast.carol)
    left = [model.objects.count() for model in (MarketModel, MarketQuestion, Provider, MarketEvent)]
    assert left == [1, 0, 0, 0]
    assert all(deeds(verb) == 1 for verb in ("change_provider", "change_market_event", "drop_market_event"))


def test_what_is_published_speaks_of_nobody(cast, commission, alliance):
    framework = MarketModel.objects.get(name="Framework")
    ask_many(cast, commission, 6, alliance)
    for provider in ask_many(cast, commission, 3, framework, start=10):
        rooms.answer(cast, provider, framework, public_reasons="It reaches people.")
    ask_many(cast, commission, 2, None, start=20)
    commands.publish_market(commission=commission, by=cast.carol)
    found = queries.published_market(commission.reference)
    assert found.preferences == (PublishedCount(("Alliance",), 6), PublishedCount(("Framework", "No preference"), 5))
    assert found.reasons == (("Other views", ("It reaches people.",)),)
    assert "Provider" not in str(found)
    assert deeds("publish_market") == 1


def test_too_few_answers_and_names_are_not_published(cast, commission, alliance):
    first, *_others = ask_many(cast, commission, 4, alliance)
    with pytest.raises(RuleBroken, match="readers could tell who said what"):
        commands.publish_market(commission=commission, by=cast.carol)
    ask_many(cast, commission, 1, alliance, start=10)
    rooms.answer(cast, first, alliance, public_reasons="provider 2 said so too.")
    with pytest.raises(RuleBroken, match="names Provider 2"):
        commands.publish_market(commission=commission, by=cast.carol)
    assert queries.published_market(commission.reference) is None
    assert deeds("publish_market") == 0
    rooms.answer(cast, first, alliance)
    commands.publish_market(commission=commission, by=cast.carol)
    with pytest.raises(RuleBroken, match="published already"):
        commands.publish_market(commission=commission, by=cast.carol)
    commands.withdraw_market(commission=commission, by=cast.carol)
    with pytest.raises(RuleBroken, match="not published"):
        commands.withdraw_market(commission=commission, by=cast.carol)
    assert (deeds("publish_market"), deeds("withdraw_market")) == (1, 1)


def test_the_thread_says_what_is_missing_of_the_market(cast, commission, alliance):
    assert queries.progress(commission).missing == "No provider has been asked."
    rooms.ask(cast, commission, "Ash Vale CVS")
    assert queries.progress(commission).missing == "Nobody has answered."
    ask_many(cast, commission, 5, alliance)
    found = queries.progress(commission)
    assert (found.words, found.done) == ("0 events, 5 of 6 providers answered.", False)
    commands.publish_market(commission=commission, by=cast.carol)
    assert queries.progress(commission).done


def date_of(name: str, day: date) -> dict[str, str]:
    return {f"{name}-{part}": str(getattr(day, part)) for part in ("day", "month", "year")}


def test_the_market_is_asked_on_pages(page_client, cast, commission):
    room = f"/commissions/{commission.reference}/market/"
    assert "Nobody has answered yet." in page_client.get(room, by=cast.carol).text
    for path, said in (
        ("models/new/", {"name": "Alliance"}),
        ("statements/new/", {"text": "It must serve people."}),
        ("providers/new/", {"name": "Ash Vale CVS", "kind": "cvs", "organisation": cast.ash_vale.reference}),
    ):
        page_client.get(f"{room}{path}", by=cast.carol)
        page_client.post(f"{room}{path}", said, by=cast.carol)
    provider = page_client.get(page_client.get(room, by=cast.carol).href("Ash Vale CVS"), by=cast.carol)
    answer = provider.href("Record what it says")
    model, question = MarketModel.objects.get(), MarketQuestion.objects.get()
    page_client.get(answer, by=cast.carol)
    said = {"preferred": str(model.pk), "reasons": "", "public_reasons": "", f"stance-{question.pk}": "agree"}
    said |= date_of("answered_on", date(2018, 6, 1))
    assert "Say why they prefer it." in page_client.post(answer, said, by=cast.carol, expect=200).text
    page_client.post(answer, said | {"reasons": "It is fair."}, by=cast.carol)
    again = page_client.get(answer, by=cast.carol)
    assert again.find(f"[name=preferred][value='{model.pk}']").get("checked") is not None
    page_client.post(answer, said | {"preferred": "none"}, by=cast.carol)
    assert Provider.objects.get().preferred is None
    row = Provider.objects.get()
    page_client.post(f"{room}providers/{row.pk}/", {"name": "Ash", "kind": "cvs", "organisation": ""}, by=cast.carol)
    page_client.post(f"{room}providers/{row.pk}/drop/", by=cast.carol)
    assert "It has answered: it stays." in page_client.get(room, by=cast.carol).text
    event = {"name": "Open day", "note": "All came.", "providers": [str(row.pk)]} | date_of("held_on", date(2018, 6, 1))
    page_client.get(f"{room}events/new/", by=cast.carol)
    page_client.post(f"{room}events/new/", event, by=cast.carol)
    page = page_client.get(room, by=cast.carol)
    page_client.get(page.href("Open day"), by=cast.carol)
    page_client.post(page.href("Open day"), event | {"name": "Day"}, by=cast.carol)
    page_client.post(f"{page.href('Open day')}drop/", by=cast.carol)
    page_client.post(f"{room}statements/{question.pk}/drop/", by=cast.carol)
    page_client.post(f"{room}models/{model.pk}/drop/", by=cast.carol)
    assert not MarketModel.objects.exists() and MarketQuestion.objects.exists() and not MarketEvent.objects.exists()


def test_everybody_reads_what_is_published_and_nobody_a_name(page_client, cast, commission, alliance):
    room = f"/commissions/{commission.reference}/market/"
    question = commands.add_market_question(commission=commission, text="It must serve people.", by=cast.carol)
    for provider in ask_many(cast, commission, 6, alliance):
        rooms.answer(cast, provider, alliance, public_reasons="It is fair.", stances={question: "agree"})
    page_client.get(f"{room}published/", expect=404)
    page_client.post(f"{room}publish/", by=cast.carol)
    page = page_client.get(f"{room}published/")
    assert "6 of 6 providers prefer Alliance" in page.text and "It is fair." in page.text
    assert "Provider 1" not in page.source
    assert page_client.get(room, by=cast.dee).has_link("What everybody can read")
    page_client.post(f"{room}withdraw/", by=cast.carol)
    page_client.get(f"{room}published/", expect=404)


def test_who_may_only_look_at_the_market_changes_nothing(page_client, cast, commission, alliance):
    room = f"/commissions/{commission.reference}/market/"
    rooms.ask(cast, commission, "Ash Vale CVS")
    page = page_client.get(room, by=cast.dee)
    assert "Ash Vale CVS" in page.text and not page.has_link("Add a provider")
    page_client.post(f"{room}publish/", by=cast.dee, expect=403)
    page_client.get(room, by=cast.anna, expect=403)
    page_client.get(f"{room}providers/999/", by=cast.carol, expect=404)
    file = page_client.get(f"{room}?providers-format=csv", by=cast.dee).response
    assert (
        b"".join(file.streaming_content).decode("utf-8-sig").splitlines()[1]
        == "Ash Vale CVS,Local provider,Not yet,–,–"
    )
