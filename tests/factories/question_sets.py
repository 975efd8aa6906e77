"""Small question sets, made question by question. All of it invented."""

import datetime as dt

from django.utils import timezone

from inspections.question_sets.models import Question, QuestionSet, QuestionSetVersion, Standard


def question_set(code: str = "small", *, sections: dict[str, list[dict]] | None = None) -> QuestionSetVersion:
    """A published version; `sections` maps a standard's code to its questions' own columns."""
    version = QuestionSetVersion.objects.create(
        question_set=QuestionSet.objects.create(
            code=code, name=f"Question set {code}", regulations="Invented"
        ),
        number=1,
        from_on=dt.date(2024, 1, 1),
        published_at=timezone.now(),
    )
    for order, (name, asked) in enumerate((sections or {"care": [{}]}).items()):
        standard = Standard.objects.create(version=version, code=name, title=name.title(), order=order)
        for nth, columns in enumerate(asked):
            question(standard, nth, **columns)
    return version


def question(standard: Standard, order: int = 0, **columns) -> Question:
    scored = columns.get("kind", "grade") in ("grade", "yes_no")
    told = {"code": f"{standard.order + 1}.{order + 1}", "prompt": f"Question {order + 1}?"}
    return Question.objects.create(
        standard=standard, order=order, **told | {"weight": 1 if scored else 0} | columns
    )
