from qa_portal.core.audit.guard_postgresql import LONGEST_NAME, name_for

LONG = "inspections_historicalquestionsetprovisiontype"


def test_name_that_postgresql_would_cut_is_shortened_and_stays_its_own():
    cut = name_for(LONG, "_no_truncate")
    assert len(cut) <= LONGEST_NAME < len(f"audit_{LONG}_no_truncate")
    assert cut not in {name_for(LONG, "_no_truncate_at_all"), name_for(f"{LONG}s", "_no_truncate")}


def test_shorter_name_is_kept_whole():
    assert name_for("lossy_kepthome", "_no_truncate") == "audit_lossy_kepthome_no_truncate"
