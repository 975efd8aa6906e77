# syntax=docker/dockerfile:1
FROM python:3.11-slim-bookworm AS packages
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1
COPY requirements.lock /tmp/requirements.lock
RUN python -m venv /opt/venv \
 && /opt/venv/bin/pip install --require-hashes --only-binary :all: -r /tmp/requirements.lock

FROM python:3.11-slim-bookworm
RUN useradd --system --uid 10001 --home-dir /srv/qa --shell /usr/sbin/nologin qa \
 && install --directory --owner qa --group qa --mode 0750 /var/lib/qa-portal
COPY --from=packages /opt/venv /opt/venv
ENV PATH=/opt/venv/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1
WORKDIR /srv/qa
COPY manage.py LICENSE ./
COPY deploy/gunicorn.conf.py deploy/gunicorn.conf.py
COPY templates templates
COPY docs/first-hour docs/first-hour
COPY docs/glossary.md docs/glossary.md
COPY qa_portal qa_portal
COPY providers providers
COPY inspections inspections
COPY workflows workflows
# The values are for this one command: the image holds no key, and production refuses to start without one.
RUN QA_ENV=production SECRET_KEY=for-the-collection-of-static-files-alone \
    DATABASE_URL=sqlite:////tmp/none.sqlite3 ALLOWED_HOSTS=build.invalid PORTAL_URL=https://build.invalid \
    EMAIL_URL=dummymail:// python manage.py collectstatic --noinput
USER 10001
EXPOSE 8000
VOLUME ["/var/lib/qa-portal"]
HEALTHCHECK --interval=15s --timeout=5s --start-period=20s \
    CMD ["python", "-c", "import urllib.request; urllib.request.urlopen('http://127.0.0.1:8000/healthz', timeout=3)"]
CMD ["gunicorn", "--config", "deploy/gunicorn.conf.py", "--bind", "0.0.0.0:8000", "qa_portal.wsgi"]
