"""For whatever watches the installation: plain JSON, no sign-in, no secret."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from qa_portal.portal.health.readiness import HealthFinding, run_checks
from qa_portal.portal.health.selectors import remedy_for


@login_not_required
@require_safe
@never_cache
def healthz(request: HttpRequest) -> JsonResponse:
    """Answer that the process runs. It asks nothing of the database: a restart would not mend that."""
    return JsonResponse({"status": "ok"})


@login_not_required
@require_safe
@never_cache
def readyz(request: HttpRequest) -> JsonResponse:
    """Answer whether all that a page needs is there; 503 when anything is not, so that no visitor is sent here."""
    found = run_checks()
    ready = all(one.ok for one in found)
    told = {one.name: finding_as_json(one) for one in found}
    status = "ok" if ready else "failed"
    return JsonResponse({"status": status, "checks": told}, status=200 if ready else 503)


def finding_as_json(finding: HealthFinding) -> dict[str, str]:
    return (
        {"status": "ok"}
        if finding.ok
        else {"status": "failed", "why": finding.word, "do": remedy_for(finding)}
    )
