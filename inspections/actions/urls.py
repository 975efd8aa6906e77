from django.urls import path

from inspections.actions.views import actions, lists, steps

urlpatterns = [
    path("actions/", lists.ActionList.as_view(), name="actions"),
    path("actions/actions.csv", lists.ActionListCsv.as_view(), name="actions_csv"),
    path("actions/new/", lists.RecordAction.as_view(), name="record_action"),
    path("actions/<uuid:public_id>/", actions.ActionPage.as_view(), name="action"),
    path("actions/<uuid:public_id>/steps/", steps.WriteStep.as_view(), name="write_action_step"),
    path("actions/<uuid:public_id>/agree/", steps.AcceptSteps.as_view(), name="accept_action_step"),
    path("actions/<uuid:public_id>/return/", steps.ReturnAction.as_view(), name="return_action"),
    path("actions/<uuid:public_id>/evidence/", steps.AddActionEvidence.as_view(), name="add_action_evidence"),
    path("actions/<uuid:public_id>/done/", steps.ReportDone.as_view(), name="report_action_done"),
    path("actions/<uuid:public_id>/verify/", steps.VerifyAction.as_view(), name="verify_action"),
    path("actions/<uuid:public_id>/more-time/", steps.ExtendAction.as_view(), name="extend_action"),
    path("actions/<uuid:public_id>/cancel/", steps.CancelAction.as_view(), name="cancel_action"),
]
