"""Addresses of the options appraisal."""

from django.urls import path

from trellis.commissioning.views import appraisal, appraisal_criteria, appraisal_result, appraisal_scoring

ALL = "commissions/<slug:reference>/appraisal"
ONE = f"{ALL}/<int:version>"
urlpatterns = [
    path("schemas/appraisal.json", appraisal_result.appraisal_schema, name="appraisal_schema"),
    path(f"{ALL}/", appraisal.appraisal, name="appraisal"),
    path(f"{ALL}/open/", appraisal.open_appraisal, name="open_appraisal"),
    path(f"{ONE}/", appraisal.appraisal_version, name="appraisal_version"),
    path(f"{ONE}/options/", appraisal.appraisal_options, name="appraisal_options"),
    path(f"{ONE}/options/new/", appraisal.add_option, name="add_option"),
    path(f"{ONE}/options/<int:number>/", appraisal.judge_option, name="judge_option"),
    path(f"{ONE}/options/<int:number>/describe/", appraisal.describe_option, name="describe_option"),
    path(f"{ONE}/options/<int:number>/remove/", appraisal.remove_option, name="remove_option"),
    path(f"{ONE}/options/<int:number>/money/", appraisal.option_money, name="option_money"),
    path(f"{ONE}/factors/new/", appraisal.add_factor, name="add_factor"),
    path(f"{ONE}/factors/<int:number>/remove/", appraisal.remove_factor, name="remove_factor"),
    path(f"{ONE}/criteria/", appraisal_criteria.appraisal_criteria, name="appraisal_criteria"),
    path(f"{ONE}/criteria/new/", appraisal_criteria.add_criterion, name="add_criterion"),
    path(f"{ONE}/criteria/<int:number>/remove/", appraisal_criteria.remove_criterion, name="remove_criterion"),
    path(f"{ONE}/weights/", appraisal_criteria.weigh_criteria, name="weigh_criteria"),
    path(f"{ONE}/weights/<int:number>/", appraisal_criteria.weigh_criteria, name="weigh_criteria_under"),
    path(f"{ONE}/scorers/", appraisal_scoring.appraisal_scorers, name="appraisal_scorers"),
    path(f"{ONE}/scorers/new/", appraisal_scoring.appoint_scorer, name="appoint_scorer"),
    path(f"{ONE}/scorers/<int:number>/", appraisal_scoring.stand_down_scorer, name="stand_down_scorer"),
    path(f"{ONE}/scores/", appraisal_scoring.appraisal_scores, name="appraisal_scores"),
    path(f"{ONE}/scores/<int:number>/", appraisal_scoring.agree_scores, name="agree_scores"),
    path(f"{ONE}/scoring/", appraisal_scoring.scoring_page, name="scoring"),
    path(f"{ONE}/scoring/declare/", appraisal_scoring.declare_interests, name="declare_interests"),
    path(f"{ONE}/scoring/<int:number>/", appraisal_scoring.score_options, name="score_options"),
    path(f"{ONE}/result/", appraisal_result.appraisal_result, name="appraisal_result"),
    path(f"{ONE}/try/", appraisal_result.try_weights, name="try_weights"),
    path(f"{ONE}/conclude/", appraisal_result.conclude_appraisal, name="conclude_appraisal"),
    path(f"{ONE}/appraisal.json", appraisal_result.appraisal_file, name="appraisal_file"),
]
