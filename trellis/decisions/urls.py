"""Addresses of this area."""

from django.urls import path

from trellis.decisions.views import call_in, forward_plan, pathway, records, register, timetable

ONE = "<slug:reference>"
urlpatterns = [
    path("", register.decisions, name="decisions"),
    path("feed/", register.decisions_feed, name="decisions_feed"),
    path("calendar.ics", register.decisions_calendar, name="decisions_calendar"),
    path("forward-plan/", register.forward_plan, name="forward_plan"),
    path("forward-plan/feed/", register.forward_plan_feed, name="forward_plan_feed"),
    path("new/", pathway.open_decision, name="open_decision"),
    path(f"{ONE}/", register.decision, name="decision"),
    path(f"{ONE}/calendar.ics", register.decision_calendar, name="decision_calendar"),
    path(f"{ONE}/versions/<int:version>/", register.record_version, name="record_version"),
    path(f"{ONE}/describe/", pathway.describe_decision, name="describe_decision"),
    path(f"{ONE}/withdraw/", pathway.withdraw_decision, name="withdraw_decision"),
    path(f"{ONE}/steps/new/", pathway.add_step, name="add_step"),
    path(f"{ONE}/steps/<int:step>/", pathway.plan_step, name="plan_step"),
    path(f"{ONE}/steps/<int:step>/outcome/", pathway.record_outcome, name="record_outcome"),
    path(f"{ONE}/steps/<int:step>/agenda/", forward_plan.publish_step_agenda, name="publish_step_agenda"),
    path(f"{ONE}/agenda/", forward_plan.publish_agenda, name="publish_agenda"),
    path(f"{ONE}/notices/<slug:kind>/", forward_plan.publish_notice, name="publish_notice"),
    path(f"{ONE}/documents/new/", forward_plan.add_document, name="add_document"),
    path(f"{ONE}/divisions/new/", forward_plan.record_consultation, name="record_consultation"),
    path(f"{ONE}/record/", records.draft_record, name="draft_record"),
    path(f"{ONE}/take/", records.take_decision, name="take_decision"),
    path(f"{ONE}/irregular/", records.enter_irregular_decision, name="enter_irregular_decision"),
    path(f"{ONE}/irregular/<int:irregularity>/", records.cure_irregularity, name="cure_irregularity"),
    path(f"{ONE}/publish/", records.publish_record, name="publish_record"),
    path(f"{ONE}/correct/", records.correct_record, name="correct_record"),
    path(f"{ONE}/conditions/<int:number>/", records.meet_condition, name="meet_condition"),
    path(f"{ONE}/implementation/", records.record_implementation, name="record_implementation"),
    path(f"{ONE}/call-in/", call_in.call_in, name="call_in"),
    path(f"{ONE}/call-in/outcome/", call_in.conclude_call_in, name="conclude_call_in"),
    path(f"{ONE}/timetable/", timetable.timetable, name="timetable"),
]
