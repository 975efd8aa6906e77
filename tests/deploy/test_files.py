"""The Dockerfile, the compose file, the units and the proxy's example, read as they stand.

None of them is run here. Two linters are asked (hadolint, the schema of compose files), and each word that the
portal must understand (a variable, a command, a path) is looked up where it must exist.
"""

import ast
import configparser
import re
import shlex
import subprocess
import sys
from importlib.util import find_spec, module_from_spec, spec_from_file_location
from inspect import ismodule
from pathlib import Path

import pytest
import yaml
from django.core.management import get_commands

from tests.deploy.production import NO_DATABASE, ROOT, SOUND, findings, python

BIN = Path(sys.executable).parent
UNITS = sorted((ROOT / "deploy/systemd").glob("*.service"))
COMPOSE = yaml.safe_load((ROOT / "compose.yaml").read_text())
DOCKERFILE = (ROOT / "Dockerfile").read_text()
EXAMPLE = (ROOT / "deploy/production.env.example").read_text()
OURS = [name for name, told in COMPOSE["services"].items() if "build" in told]
HARDENED = {
    "NoNewPrivileges": "true",
    "PrivateTmp": "true",
    "ProtectSystem": "strict",
    "ProtectHome": "true",
    "CapabilityBoundingSet": "",
    "EnvironmentFile": "/etc/qa-portal.env",
    "User": "qa",
    "WorkingDirectory": "/srv/qa",
}


def variables_of_settings() -> set[str]:
    """Names that `settings.py` reads: the first words given to `env.…(…)` and `needed_in_production(…)`."""
    tree = ast.parse((ROOT / "qa_portal/settings.py").read_text())
    return {
        node.args[0].value
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and re.fullmatch(r"env\.\w+|needed_in_production", ast.unparse(node.func))
        and node.args
        and isinstance(node.args[0], ast.Constant)
    }


def example_variables() -> dict[str, str]:
    return dict(re.findall(r"^#?([A-Z_]+)=(.*)$", EXAMPLE, re.MULTILINE))


def unit(path: Path) -> dict[str, str]:
    """Keys of [Service]. The last of a key given twice."""
    parser = configparser.ConfigParser(strict=False, interpolation=None)
    parser.optionxform = str
    parser.read(path)
    return dict(parser["Service"])


def check_command(words: list[str]) -> None:
    """A command of ours is `gunicorn`, `celery` or `python manage.py COMMAND`, with files that are there."""
    program = Path(words[0]).name
    assert program in {"gunicorn", "celery", "python"}, words
    if program == "python":
        assert words[1] == "manage.py"
        assert words[2] in get_commands(), words
    if program == "gunicorn":
        assert (ROOT / words[words.index("--config") + 1]).is_file()
        assert words[-1] == "qa_portal.wsgi"
    if program == "celery":
        assert words[1:3] == ["-A", "qa_portal"]
        assert words[3] in {"worker", "beat"}


# The environment


def test_example_names_every_variable_that_settings_read_and_no_other():
    switches = {"DEBUG", "SECURE_SSL_REDIRECT"}  # production has no use for the other value
    assert set(example_variables()) == variables_of_settings() - switches


def test_example_names_what_production_needs():
    assert set(SOUND) <= set(re.findall(r"^([A-Z_]+)=", EXAMPLE, re.MULTILINE))


def test_example_filled_in_is_taken_by_production():
    values = {name: value for name, value in example_variables().items() if value}
    checked = python("manage.py", "check", "--deploy", **values | {"SECRET_KEY": SOUND["SECRET_KEY"]})
    assert (checked.returncode, findings(checked)) == (0, [NO_DATABASE]), checked.stderr


def test_operating_guide_tells_of_every_variable():
    guide = (ROOT / "docs/operating.md").read_text()
    assert {name for name in variables_of_settings() if f"`{name}`" not in guide} == set()


# Dockerfile


def test_dockerfile_passes_hadolint():
    linted = subprocess.run(
        [BIN / "hadolint", ROOT / "Dockerfile"], capture_output=True, text=True, check=False
    )
    assert (linted.returncode, linted.stdout) == (0, "")


def test_image_is_made_in_two_stages_and_runs_as_nobody_in_particular():
    assert DOCKERFILE.count("\nFROM ") == 2
    assert re.search(r"^USER 10001$", DOCKERFILE, re.MULTILINE)
    assert DOCKERFILE.index("USER 10001") < DOCKERFILE.index("\nCMD ")
    assert "--require-hashes" in DOCKERFILE


def test_dockerfile_copies_what_is_there_and_all_that_is_imported():
    copied = {
        name
        for line in re.findall(r"^COPY (?!--from)(.+)$", DOCKERFILE, re.MULTILINE)
        for name in line.split()[:-1]
    }
    assert {name for name in copied if not (ROOT / name).exists()} == set()
    assert copied >= {"manage.py", "templates", "qa_portal", "providers", "inspections", "workflows"}
    let_in = set(re.findall(r"^!(.+)$", (ROOT / ".dockerignore").read_text(), re.MULTILINE))
    assert copied == let_in


def test_image_s_commands_are_understood():
    commands = re.findall(r"^CMD (\[.+\])$", DOCKERFILE, re.MULTILINE)
    check_command(ast.literal_eval(commands[0]))
    probe = ast.literal_eval(re.search(r"HEALTHCHECK.+\\\n +CMD (\[.+\])$", DOCKERFILE, re.MULTILINE)[1])
    assert probe[0] == "python"
    assert "/healthz" in ast.unparse(ast.parse(probe[2]))


def test_static_files_are_collected_in_production_s_mode_with_the_values_of_the_dockerfile():
    """The line as it stands, with nothing written."""
    line = re.search(r"^RUN (QA_ENV=(?:.*\\\n)*.*)$", DOCKERFILE, re.MULTILINE)[1].replace("\\\n", " ")
    words = shlex.split(line)
    values = dict(word.split("=", 1) for word in words if "=" in word)
    command = [word for word in words if "=" not in word]
    assert command == ["python", "manage.py", "collectstatic", "--noinput"]
    collected = python(*command[1:], "--dry-run", **values)
    assert collected.returncode == 0, collected.stderr[-500:]
    assert "static files" in collected.stdout


# compose


def test_compose_file_keeps_to_the_schema():
    command = [BIN / "check-jsonschema", "--builtin-schema", "vendor.compose-spec", ROOT / "compose.yaml"]
    linted = subprocess.run(command, capture_output=True, text=True, check=False)
    assert linted.returncode == 0, linted.stdout


def test_compose_has_pages_background_work_one_clock_and_what_they_need():
    assert {"web", "worker", "beat", "migrate", "postgres", "redis", "clamav"} == set(COMPOSE["services"])
    for name in OURS:
        if command := COMPOSE["services"][name].get("command"):
            check_command(command)
    clocks = [name for name in OURS if "beat" in " ".join(COMPOSE["services"][name].get("command", []))]
    assert clocks == ["beat"]


def test_services_of_compose_wait_for_services_that_say_when_they_are_well():
    services = COMPOSE["services"]
    for told in services.values():
        for name, when in told.get("depends_on", {}).items():
            well = when["condition"] == "service_completed_successfully" or "healthcheck" in services[name]
            assert well, name


@pytest.mark.parametrize("name", OURS)
def test_our_containers_can_do_little(name):
    told = COMPOSE["services"][name]
    assert told["read_only"] is True
    assert told["cap_drop"] == ["ALL"]
    assert told["env_file"] == "deploy/production.env"
    assert set(told.get("environment", {})) == ({"MIGRATE_DATABASE_URL"} if name == "migrate" else set())


def test_compose_opens_one_port_to_this_machine_alone_and_holds_no_password():
    ports = [port for told in COMPOSE["services"].values() for port in told.get("ports", [])]
    assert ports == ["127.0.0.1:8000:8000"]
    assert COMPOSE["services"]["postgres"]["environment"]["POSTGRES_PASSWORD"].startswith(
        "${POSTGRES_PASSWORD:?"
    )


def test_volumes_are_declared():
    used = {
        volume.split(":")[0] for told in COMPOSE["services"].values() for volume in told.get("volumes", [])
    }
    assert all((ROOT / name).is_file() for name in used if name.startswith("./"))
    used = {name for name in used if not name.startswith("./")}
    assert used == set(COMPOSE["volumes"])
    assert f'VOLUME ["{example_variables()["MEDIA_ROOT"]}"]' in DOCKERFILE


# systemd


def test_there_is_a_unit_for_pages_and_for_either_way_of_background_work():
    assert [path.name for path in UNITS] == ["qa-due.service", "qa-web.service", "qa-worker.service"]


@pytest.mark.parametrize("path", UNITS, ids=lambda path: path.name)
def test_unit_starts_what_exists_and_can_do_little(path):
    told = unit(path)
    check_command(shlex.split(told["ExecStart"]))
    assert told["Restart"] == "always"
    assert HARDENED.items() <= told.items()
    assert example_variables()["MEDIA_ROOT"] in told["ReadWritePaths"].split()


@pytest.mark.parametrize("path", UNITS, ids=lambda path: path.name)
def test_unit_lets_children_limit_themselves(path):
    """Without these calls a child that reads uploads has no budget, and therefore reads nothing."""
    filters = [line for line in path.read_text().splitlines() if line.startswith("SystemCallFilter=")]
    assert filters[1] == "SystemCallFilter=~@privileged @resources"
    assert {"prlimit64", "setrlimit", "setpriority"} <= set(filters[2].partition("=")[2].split())


# gunicorn and the proxy


@pytest.fixture(scope="module")
def gunicorn_settings() -> dict:
    spec = spec_from_file_location("gunicorn_settings", ROOT / "deploy/gunicorn.conf.py")
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    told = vars(module).items()
    return {name: value for name, value in told if name.islower() and name[0] != "_" and not ismodule(value)}


def test_every_setting_of_gunicorn_is_one_that_gunicorn_knows(gunicorn_settings):
    from gunicorn.config import Config

    config = Config()
    for name, value in gunicorn_settings.items():
        config.set(name, value)
    assert config.address == [("127.0.0.1", 8000)]
    assert find_spec("gunicorn")


def test_gunicorn_writes_no_address_of_its_own(gunicorn_settings):
    assert gunicorn_settings["accesslog"] is None
    assert "gunicorn.error" in gunicorn_settings["logconfig_dict"]["loggers"]


def test_proxy_s_example_replaces_what_the_portal_believes():
    proxy = (ROOT / "deploy/nginx.conf").read_text()
    for header in ("Host $host", "X-Forwarded-Proto $scheme", "X-Forwarded-For $remote_addr"):
        assert f"proxy_set_header {header};" in proxy
    assert "client_max_body_size 50m;" in proxy
    assert "proxy_set_header X-Request-ID $request_id;" in proxy


def test_proxy_s_example_logs_no_address_in_either_server_and_sends_nobody_to_the_host_they_named():
    proxy = (ROOT / "deploy/nginx.conf").read_text()
    servers = re.split(r"^server \{", proxy, flags=re.MULTILINE)[1:]
    assert len(servers) == 2
    for server in servers:
        assert "access_log off;" in server
        assert "error_log /var/log/nginx/error.log crit;" in server
    assert "return 301 https://$server_name$request_uri;" in servers[0]
