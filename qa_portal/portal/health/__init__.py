"""Whether the installation works: for probes, for its administrator, and before it starts."""

from qa_portal.portal.health.selectors import HealthCheck, checks

__all__ = ["HealthCheck", "checks"]
