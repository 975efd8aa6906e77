from django.urls import path

from workflows.visits.views import lists, planning, recording, reports, visits

urlpatterns = [
    path("visits/", lists.VisitList.as_view(), name="visits"),
    path("visits/visits.csv", lists.VisitListCsv.as_view(), name="visits_csv"),
    path("visits/plan/", planning.ChooseSetting.as_view(), name="plan_visit"),
    path("visits/plan/<uuid:public_id>/", planning.PlanVisit.as_view(), name="plan_visit_of"),
    path("visits/<uuid:public_id>/", visits.VisitPage.as_view(), name="visit"),
    path("visits/<uuid:public_id>/move/", planning.MoveVisit.as_view(), name="move_visit"),
    path("visits/<uuid:public_id>/cancel/", planning.CancelVisit.as_view(), name="cancel_visit"),
    path("visits/<uuid:public_id>/arrived/", visits.Arrive.as_view(), name="arrive"),
    path("visits/<uuid:public_id>/concern/", visits.RaiseConcern.as_view(), name="raise_visit_concern"),
    path("visits/<uuid:public_id>/actions/new/", visits.ProposeAction.as_view(), name="propose_action"),
    path(
        "visits/<uuid:public_id>/actions/<uuid:action_id>/",
        visits.ChangeProposal.as_view(),
        name="change_proposal",
    ),
    path(
        "visits/<uuid:public_id>/actions/<uuid:action_id>/withdraw/",
        visits.WithdrawProposal.as_view(),
        name="withdraw_proposal",
    ),
    path("visits/<uuid:public_id>/evidence/", reports.AddVisitEvidence.as_view(), name="add_visit_evidence"),
    path("visits/<uuid:public_id>/more-time/", visits.MoreTime.as_view(), name="extend_accuracy"),
    path("visits/<uuid:public_id>/comment/", reports.CommentOnDraft.as_view(), name="comment_on_draft"),
    path(
        "visits/<uuid:public_id>/comments/<uuid:comment_id>/withdraw/",
        reports.WithdrawComment.as_view(),
        name="withdraw_comment",
    ),
    path("visits/<uuid:public_id>/report/<int:number>/", reports.ReportPage.as_view(), name="visit_report"),
    path(
        "visits/<uuid:public_id>/report/<int:number>/report.pdf",
        reports.ReportPdf.as_view(),
        name="visit_report_pdf",
    ),
    path("offline/visits/<uuid:public_id>/", recording.RecordVisitPage.as_view(), name="record_visit"),
]
