from trellis.core.actors import NIGHTLY, Service
from trellis.core.errors import RuleBroken
from trellis.core.permissions import PUBLIC, SIGNED_IN, Permission, public, requires, signed_in


def test_each_mark_says_on_the_view_who_may_open_it():
    assert public(lambda request: None).access == PUBLIC
    assert signed_in(lambda request: None).access == SIGNED_IN
    assert requires(Permission.CASE_VIEW)(lambda request: None).access is Permission.CASE_VIEW


def test_a_permission_reads_as_area_and_deed():
    for permission in Permission:
        area, _, deed = permission.partition(".")
        assert area and deed
        assert permission.name == permission.replace(".", "_").upper()


def test_a_service_acts_under_its_own_name_and_may_do_its_work():
    assert (NIGHTLY.actor_name, NIGHTLY.person_id) == ("service:nightly", None)
    assert Service("import").can(Permission.REGISTER_IMPORT)


def test_a_refusal_carries_its_sentence_and_the_field_it_belongs_to():
    refusal = RuleBroken("Choose an outcome.", field="outcome")
    assert (str(refusal), refusal.sentence, refusal.field) == ("Choose an outcome.", "Choose an outcome.", "outcome")
    assert RuleBroken("No.").field == ""
