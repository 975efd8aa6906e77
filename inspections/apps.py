from django.apps import AppConfig


class InspectionsConfig(AppConfig):
    name = "inspections"
    verbose_name = "Inspections"

    def ready(self) -> None:
        from inspections.actions import reminders as _reminders  # noqa: F401 registers its due work
        from inspections.actions import selectors as _actions  # noqa: F401 registers who reads its evidence
        from inspections.actions import services as _action_services  # noqa: F401 registers its hand-over
        from inspections.issues import stages as _stages  # noqa: F401 registers its loader
        from inspections.ofsted import unlisted as _unlisted  # noqa: F401 registers which settings are not shown
        from inspections.ofsted.importer import import_steps as _import_steps  # noqa: F401 registers its due work
        from inspections.question_sets import reference as _reference  # noqa: F401 registers its loader
        from inspections.scorecards import reference as _scorecards  # noqa: F401 registers its loader
        from inspections.visits import selectors as _visits  # noqa: F401 registers who reads its documents
        from inspections.visits.services import planning as _planning  # noqa: F401 registers its hand-over
