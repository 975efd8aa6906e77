#!/bin/sh
# Run once by the postgres image, before the first migrate: one role owns, the other is the portal's own.
set -eu
psql --set=ON_ERROR_STOP=1 --username postgres --dbname qa \
    --set=owner="$OWNER_PASSWORD" --set=app="$APP_PASSWORD" <<'SQL'
CREATE ROLE qa_owner LOGIN PASSWORD :'owner';
CREATE ROLE qa_app LOGIN PASSWORD :'app';
GRANT qa_app TO qa_owner;
ALTER DATABASE qa OWNER TO qa_owner;
ALTER SCHEMA public OWNER TO qa_owner;
SQL
