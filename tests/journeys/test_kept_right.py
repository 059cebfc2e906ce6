"""A group comes to speak for itself, and keeps its profile right."""

import re

from django.core import mail

from tests.cast import organisation
from tests.journeys.browser import Person
from trellis.accounts.models import ProfileClaim
from trellis.core import clock
from trellis.organisations.models import Organisation


def asks_for(somebody: Person, group: Organisation, proof: str) -> None:
    somebody.goes_to(f"/organisations/{group.reference}/").clicks("Do you speak for this organisation? Tell us")
    somebody.fills("What are you there?", "Its secretary").chooses(proof).clicks("Ask to speak for it")


def test_a_code_by_email_proves_a_claim_and_the_profile_is_kept_right(person, committed_cast):
    walkers = organisation("Vale Walkers", committed_cast.north)
    Organisation.objects.filter(pk=walkers.pk).update(email="hello@walkers.example")
    vera = person(committed_cast.vera)
    asks_for(vera, walkers, "By a code in an email")
    vera.sees("A code was sent to h…@walkers.example").clicks("Enter the code")
    vera.fills("The code", "CDFG-2346").clicks("Send the code").sees("That code is not right")
    sent = next(one for one in mail.outbox if one.to == ["hello@walkers.example"])
    vera.fills("The code", re.search(r"\b[0-9A-Z]{4}-[0-9A-Z]{4}\b", sent.body)[0]).clicks("Send the code")
    vera.sees("The code is right.")

    vera.goes_to(f"/organisations/{walkers.reference}/").sees("Is this still right?").clicks("Yes, all is right")
    vera.sees(f"The organisation said on {clock.today():%-d %B %Y} that this is right.")
    vera.clicks("Change the profile").fills("Public telephone number", "01632 960001").clicks("Change the profile")
    vera.sees("Your profile is changed.").sees("01632 960001").clicks("Undo the last change")
    vera.sees("Undone. Your profile is as it was before.")


def test_an_adviser_vouches_whom_no_interest_stands_in_the_way(person, committed_cast):
    vera, alice, bob = (person(getattr(committed_cast, name)) for name in ("vera", "alice", "bob"))
    asks_for(vera, committed_cast.pantry, "An adviser knows me")
    claim = ProfileClaim.objects.get().reference
    bob.goes_to("/account/claims/to-vouch/").sees("Nobody waits for an adviser")
    bob.may_not_open(f"/account/claims/{claim}/vouch/")
    alice.goes_to("/account/claims/to-vouch/").clicks(claim).clicks("Vouch for them")
    alice.fills("How do you know that they speak for it?", "I met her with its committee.")
    alice.clicks("I know that they speak for it").sees("An adviser of Ash Vale CVS vouched")
