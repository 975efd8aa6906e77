import pytest

from tests.needed import missing


def test_what_ci_must_have_fails_there_and_is_skipped_elsewhere(monkeypatch):
    monkeypatch.setenv("CI", "true")
    with pytest.raises(pytest.fail.Exception, match="no Redis here"):
        missing("no Redis here")
    monkeypatch.delenv("CI")
    with pytest.raises(pytest.skip.Exception, match="no Redis here"):
        missing("no Redis here")
