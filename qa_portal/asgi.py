import os

from django.core.asgi import get_asgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "qa_portal.settings")
application = get_asgi_application()

from qa_portal.core.demonstration import refuse_demo_database_before_forking  # noqa: E402 needs the applications

refuse_demo_database_before_forking()
