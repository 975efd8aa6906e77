import pytest
from django.db import connection


@pytest.fixture
def commit_would_fail():
    """Runs what COMMIT would run, and says whether it refuses."""
    from django.db import IntegrityError, transaction

    def check(action) -> bool:
        try:
            with transaction.atomic():
                action()
                connection.check_constraints()
        except IntegrityError:
            return True
        return False

    return check
