import gc

import pytest


@pytest.fixture
def frozen():
    """What is there already is left out of the rounds of the collector, as in a worker of gunicorn."""
    gc.collect()
    gc.freeze()
    yield
    gc.unfreeze()
