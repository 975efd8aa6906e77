from django.urls import path

from providers.people.views import access_log, accounts, installation, leads, members, organisations, shares

urlpatterns = [
    path("brand/<str:colour>.css", installation.brand_css, name="brand_css"),
    path("account/", accounts.MyAccount.as_view(), name="my_account"),
    path("account/details/", accounts.MyDetails.as_view(), name="my_details"),
    path("account/acting-for/", accounts.ActingForPage.as_view(), name="acting_for"),
    path("account/absences/", leads.MyAbsences.as_view(), name="my_absences"),
    path("people/<uuid:public_id>/absences/", leads.ColleagueAbsences.as_view(), name="absences_of"),
    path("absences/<uuid:public_id>/end/", leads.EndAbsence.as_view(), name="end_absence"),
    path("lead-officers/", leads.LeadList.as_view(), name="leads"),
    path("directory/settings/<uuid:public_id>/lead/", leads.SetLead.as_view(), name="set_lead"),
    path("directory/settings/<uuid:public_id>/lead/end/", leads.EndLead.as_view(), name="end_lead"),
    path("invitations/accept/<str:token>/", accounts.AcceptInvitation.as_view(), name="accept_invitation"),
    path(
        "invitations/<uuid:public_id>/send-again/",
        members.SendInvitationAgain.as_view(),
        name="send_invitation_again",
    ),
    path(
        "invitations/<uuid:public_id>/withdraw/",
        members.WithdrawInvitation.as_view(),
        name="withdraw_invitation",
    ),
    path("organisations/", organisations.OrganisationList.as_view(), name="organisations"),
    path("organisations/add-provider/", organisations.AddProvider.as_view(), name="add_provider"),
    path("organisations/add-agency/", organisations.AddAgency.as_view(), name="add_agency"),
    path("organisations/<uuid:public_id>/", organisations.OrganisationPage.as_view(), name="organisation"),
    path(
        "organisations/<uuid:public_id>/name/",
        organisations.RenameOrganisation.as_view(),
        name="rename_organisation",
    ),
    path("organisations/<uuid:public_id>/invite/", members.InviteSomebody.as_view(), name="invite"),
    path("people/<uuid:public_id>/", members.MembershipPage.as_view(), name="membership"),
    path("people/<uuid:public_id>/end/", members.EndMembership.as_view(), name="end_membership"),
    path("people/<uuid:public_id>/hand-over/", members.ReassignWork.as_view(), name="reassign_work"),
    path(
        "people/<uuid:public_id>/second-factor/",
        members.ResetSecondFactor.as_view(),
        name="reset_second_factor",
    ),
    path("second-factor-resets/<uuid:public_id>/", members.ResetRecord.as_view(), name="second_factor_reset"),
    path("sharing/", shares.SharePage.as_view(), name="shares"),
    path("sharing/add/", shares.AddShare.as_view(), name="add_share"),
    path("sharing/<uuid:public_id>/end/", shares.EndShare.as_view(), name="end_share"),
    path("access-log/", access_log.AccessLog.as_view(), name="access_log"),
    path("access-log/access-log.csv", access_log.AccessLogDownload.as_view(), name="access_log_csv"),
    path("authorities/", installation.AuthorityList.as_view(), name="authorities"),
    path(
        "authorities/<uuid:public_id>/change/",
        installation.ChangeAuthority.as_view(),
        name="change_authority",
    ),
]
