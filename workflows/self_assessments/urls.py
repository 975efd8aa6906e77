from django.urls import path

from workflows.self_assessments.views import answering, campaigns, reading, reviewing

urlpatterns = [
    path("campaigns/", campaigns.Campaigns.as_view(), name="campaigns"),
    path("campaigns/new/", campaigns.ChooseQuestionSet.as_view(), name="choose_question_set"),
    path("campaigns/new/<slug:code>/", campaigns.OpenCampaign.as_view(), name="open_campaign"),
    path("campaigns/<uuid:public_id>/", campaigns.CampaignPage.as_view(), name="campaign"),
    path("self-assessments/", reading.SelfAssessmentList.as_view(), name="self_assessments"),
    path("self-assessments/<uuid:public_id>/", reading.AssessmentPage.as_view(), name="self_assessment"),
    path(
        "self-assessments/<uuid:public_id>/<slug:standard>/",
        answering.AnswerStandard.as_view(),
        name="self_assessment_standard",
    ),
    path(
        "self-assessments/<uuid:public_id>/<slug:standard>/validation/",
        reviewing.ReviewStandard.as_view(),
        name="review_standard",
    ),
]
