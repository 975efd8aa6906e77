"""Kinds of document. Asked for when a provider applies: facts 2.3 [32]; before a visit: facts 2.2 [20]."""

from django.db import models


class DocumentKind(models.TextChoices):
    EMPLOYERS_LIABILITY = "employers_liability", "Employers’ liability insurance"
    PUBLIC_LIABILITY = "public_liability", "Public liability insurance"
    PROFESSIONAL_INDEMNITY = "professional_indemnity", "Professional indemnity insurance"
    CYBER = "cyber", "Cyber insurance"
    OFSTED_CERTIFICATE = "ofsted_certificate", "Ofsted registration certificate"
    STATEMENT_OF_PURPOSE = "statement_of_purpose", "Statement of purpose"
    SAFEGUARDING_POLICY = "safeguarding_policy", "Safeguarding policy"
    MISSING_POLICY = "missing_policy", "Missing from care policy"
    BEHAVIOUR_POLICY = "behaviour_policy", "Behaviour policy"
    COMPLAINTS_POLICY = "complaints_policy", "Complaints policy"
    WHISTLEBLOWING_POLICY = "whistleblowing_policy", "Whistleblowing policy"
    SAFER_RECRUITMENT_POLICY = "safer_recruitment_policy", "Safer recruitment and DBS policy"
    OTHER_POLICY = "other_policy", "Another policy"
    ICO = "ico", "ICO registration"
    ACCOUNTS = "accounts", "Accounts"
    REFERENCE = "reference", "Reference"
    BUSINESS_CONTINUITY = "business_continuity", "Business continuity plan"
    CHILDRENS_GUIDE = "childrens_guide", "Children’s guide"
    LOCATION_ASSESSMENT = "location_assessment", "Location assessment"
    STAFFING = "staffing", "Staffing list and qualifications"
    TRAINING = "training", "Training matrix"
    OFSTED_REPORT = "ofsted_report", "Ofsted report"
    REG_44 = "reg_44", "Regulation 44 report"
    REG_45 = "reg_45", "Regulation 45 review"
    REPORT = "report", "Another report"
    PHOTOGRAPH = "photograph", "Photograph"
    EVIDENCE = "evidence", "Evidence"
    LETTER = "letter", "Letter"
    OTHER = "other", "Something else"


INSURANCES = frozenset(
    {
        DocumentKind.EMPLOYERS_LIABILITY,
        DocumentKind.PUBLIC_LIABILITY,
        DocumentKind.PROFESSIONAL_INDEMNITY,
        DocumentKind.CYBER,
    }
)
"""A sum insured, a first and a last day: a policy without them cannot be checked."""

EXPIRES = INSURANCES | {DocumentKind.ICO}
