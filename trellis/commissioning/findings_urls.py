"""Addresses of findings: officers' below a commission, the public's below consultations."""

from django.urls import path

from trellis.commissioning.views import answers, findings, surveys, surveys_analysis, themes

ONE = "consultations/<slug:consultation>"
MINE = "<slug:consultation>/answer/<str:secret>"
officers = [
    path("", findings.findings, name="findings"),
    path("consultations/new/", surveys.plan_consultation, name="plan_consultation"),
    path(f"{ONE}/", surveys.consultation_room, name="consultation_room"),
    path(f"{ONE}/change/", surveys.change_consultation, name="change_consultation"),
    path(f"{ONE}/questions/new/<slug:kind>/", surveys.ask_question, name="ask_question"),
    path(f"{ONE}/questions/<int:question>/", surveys.change_question, name="change_question"),
    path(f"{ONE}/questions/<int:question>/<slug:way>/", surveys.move_question, name="move_question"),
    path(f"{ONE}/preview/", surveys.preview_consultation, name="preview_consultation"),
    path(f"{ONE}/move/<slug:way>/", surveys.move_consultation, name="move_consultation"),
    path(f"{ONE}/extend/", surveys.extend_consultation, name="extend_consultation"),
    path(f"{ONE}/invite/", surveys.invite_to_answer, name="invite_to_answer"),
    path(f"{ONE}/remind/", surveys.remind_invited, name="remind_invited"),
    path(f"{ONE}/files/new/", surveys_analysis.read_answers, name="read_answers"),
    path(f"{ONE}/files/<int:file>/", surveys_analysis.answer_file, name="answer_file"),
    path(f"{ONE}/analysis/", surveys_analysis.analysis, name="answers_analysis"),
    path(f"{ONE}/texts/<int:question>/", surveys_analysis.texts, name="answer_texts"),
    path(f"{ONE}/replies/", surveys_analysis.replies, name="replies"),
    path(f"{ONE}/replies/<int:theme>/", surveys_analysis.reply_to_theme, name="reply_to_theme"),
    path(f"{ONE}/tell/", surveys_analysis.tell_what_became, name="tell_what_became"),
    path("notes/new/", themes.add_note, name="add_note"),
    path("notes/<int:note>/", themes.change_note, name="change_note"),
    path("themes/new/", themes.name_theme, name="name_theme"),
    path("themes/<int:theme>/", themes.change_theme, name="change_theme"),
    path("themes/<int:theme>/drop/", themes.drop_theme, name="drop_theme"),
    path("coding/", themes.code_next, name="code_next"),
    path("coding/<slug:kind>/<int:text>/", themes.code_text, name="code_text"),
    path("statements/new/", findings.state_finding, name="state_finding"),
    path("statements/<int:finding>/", findings.finding, name="finding"),
    path("statements/<int:finding>/change/", findings.change_finding, name="change_finding"),
    path("statements/<int:finding>/quotes/<slug:kind>/<int:text>/", findings.choose_quote, name="choose_quote"),
    path("statements/<int:finding>/quotes/<int:quote>/drop/", findings.drop_quote, name="drop_quote"),
]
everybody = [
    path("", answers.consultations, name="consultations"),
    path("<slug:consultation>/", answers.consultation, name="consultation"),
    path("<slug:consultation>/begin/", answers.begin_answer, name="begin_answer"),
    path("<slug:consultation>/you-said/", answers.you_said, name="you_said"),
    path(f"{MINE}/", answers.answer, name="answer"),
    path(f"{MINE}/check/", answers.check_answer, name="check_answer"),
    path(f"{MINE}/<int:page>/", answers.answer_section, name="answer_section"),
]
