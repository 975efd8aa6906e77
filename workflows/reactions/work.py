"""The due work by which one thing sets another in motion."""

from inspections.ofsted.importer.import_steps import APPLY, confirmed_imports
from inspections.visits.services.recording import OPEN_ISSUES
from qa_portal.core import due
from workflows.reactions.document_expiry import lift_pause, pause, pauses_that_ended, places_to_pause
from workflows.reactions.documents import (
    infected_not_notified,
    notify_infected,
    remind_of_last_day,
    running_out,
)
from workflows.reactions.exclusions import (
    excludable_not_notified,
    hold_excluded,
    holds_of_exclusions_that_ended,
    lift_exclusion_hold,
    notify_excludable,
    places_of_excluded,
    remind_of_review,
    reviews_near,
)
from workflows.reactions.imports import import_confirmed
from workflows.reactions.open_issues import (
    open_from_concern,
    open_from_inspection,
    unopened_concerns,
    verified_of_late,
)
from workflows.reactions.referral_holds import (
    hold_for,
    holds_without_suspension,
    lift_for_good,
    suspensions_without_hold,
)
from workflows.recorded_inspections.services import end_overtaken, overtaken_cases
from workflows.recorded_inspections.steps import VERIFIED

due.register(due.DueWork(APPLY, confirmed_imports, import_confirmed))
due.register(due.DueWork(OPEN_ISSUES, unopened_concerns, open_from_concern))
due.register(due.DueWork(VERIFIED, verified_of_late, open_from_inspection))
due.register(due.DueWork("hold referrals of the suspended", suspensions_without_hold, hold_for))
due.register(due.DueWork("lift holds of suspensions that ended", holds_without_suspension, lift_for_good))
due.register(due.DueWork("pause lots whose papers ran out", places_to_pause, pause))
due.register(due.DueWork("lift pauses of papers renewed", pauses_that_ended, lift_pause))
due.register(due.DueWork("hold referrals of the excluded", places_of_excluded, hold_excluded))
due.register(
    due.DueWork("lift holds of exclusions that ended", holds_of_exclusions_that_ended, lift_exclusion_hold)
)
due.register(
    due.DueWork("tell of providers that may be excluded", excludable_not_notified, notify_excludable)
)
due.register(due.DueWork("remind of reviews of exclusion", reviews_near, remind_of_review))
due.register(due.DueWork("tell of infected documents", infected_not_notified, notify_infected))
due.register(due.DueWork("remind of documents that run out", running_out, remind_of_last_day))
due.register(due.DueWork("end the verification of what Ofsted has told", overtaken_cases, end_overtaken))
