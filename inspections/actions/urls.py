from django.urls import path

from inspections.actions.views import actions, registers, steps

urlpatterns = [
    path("actions/", registers.Register.as_view(), name="actions"),
    path("actions/actions.csv", registers.RegisterCsv.as_view(), name="actions_csv"),
    path("actions/new/", registers.RecordAction.as_view(), name="record_action"),
    path("actions/<uuid:public_id>/", actions.ActionPage.as_view(), name="action"),
    path("actions/<uuid:public_id>/steps/", steps.WriteStep.as_view(), name="write_action_step"),
    path("actions/<uuid:public_id>/agree/", steps.Accept.as_view(), name="accept_action_step"),
    path("actions/<uuid:public_id>/return/", steps.Return.as_view(), name="return_action"),
    path("actions/<uuid:public_id>/evidence/", steps.AddEvidence.as_view(), name="add_action_evidence"),
    path("actions/<uuid:public_id>/done/", steps.ReportDone.as_view(), name="report_action_done"),
    path("actions/<uuid:public_id>/verify/", steps.Verify.as_view(), name="verify_action"),
    path("actions/<uuid:public_id>/more-time/", steps.Extend.as_view(), name="extend_action"),
    path("actions/<uuid:public_id>/cancel/", steps.Cancel.as_view(), name="cancel_action"),
]
