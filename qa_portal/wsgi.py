import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "qa_portal.settings")
application = get_wsgi_application()

from providers.documents.storage_guard import adopt_before_forking  # noqa: E402 needs the applications
from qa_portal.core.demonstration import look_before_forking  # noqa: E402 needs the applications

look_before_forking()
adopt_before_forking()
