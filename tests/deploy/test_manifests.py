"""The files of deploy/ against the schemas of what reads them, and against what they promise."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import kubernetes_validate
import pytest
import yaml
from check_jsonschema.builtin_schemas import get_builtin_schema
from cronsim import CronSim
from jsonschema.validators import validator_for
from pydantic import ValidationError

from crawler.settings import SHUTDOWN_GRACE

pytestmark = pytest.mark.build

ROOT = Path(__file__).resolve().parents[2]
DEPLOY = ROOT / "deploy"
KUBERNETES = "1.33"
GRACE_S = SHUTDOWN_GRACE


def manifests() -> list[dict]:
    return [
        document
        for file in sorted((DEPLOY / "kubernetes").glob("*.yaml"))
        for document in yaml.safe_load_all(file.read_text())
        if document["kind"] != "Kustomization"
    ]


def name(manifest: dict) -> str:
    return f"{manifest['kind']}-{manifest['metadata']['name']}"


def pods() -> list[dict]:
    found = []
    for manifest in manifests():
        if manifest["kind"] == "Deployment":
            found.append(manifest["spec"]["template"]["spec"])
        if manifest["kind"] == "CronJob":
            found.append(manifest["spec"]["jobTemplate"]["spec"]["template"]["spec"])
    return found


# --- compose ------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def compose() -> dict:
    return yaml.safe_load((DEPLOY / "compose.yaml").read_text())


def compose_errors(document: dict) -> list[str]:
    schema = get_builtin_schema("vendor.compose-spec")
    return [error.message for error in validator_for(schema)(schema).iter_errors(document)]


def test_compose_is_valid(compose):
    assert compose_errors(compose) == []
    compose["services"]["redis"]["helthcheck"] = {}
    assert compose_errors(compose), "the schema finds a misspelt key"
    del compose["services"]["redis"]["helthcheck"]


def test_compose_publishes_nothing_beyond_this_machine(compose):
    ports = [port for service in compose["services"].values() for port in service.get("ports", ())]
    assert len(ports) >= 3
    assert all(str(port).startswith("127.0.0.1:") for port in ports)
    assert not any(service.get("network_mode") == "host" for service in compose["services"].values())


def test_compose_has_no_secret_and_no_default_for_one():
    text = (DEPLOY / "compose.yaml").read_text()
    for variable in ("REDIS_PASSWORD", "MONGO_PASSWORD", "SCRAPYD_PASSWORD"):
        assert f"${{{variable}:?" in text
        assert f"${{{variable}:-" not in text


def test_compose_waits_for_health_and_for_a_graceful_end(compose):
    for service in ("redis", "mongo"):
        assert compose["services"][service]["healthcheck"]["test"]
    for service in ("worker", "scrapyd", "crawl"):
        spec = compose["services"][service]
        assert {one["condition"] for one in spec["depends_on"].values()} == {"service_healthy"}
        assert int(spec["stop_grace_period"].removesuffix("s")) > GRACE_S
        assert spec["cap_drop"] == ["ALL"]
    assert compose["networks"]["stores"]["internal"] is True


def test_compose_gives_no_password_as_an_argument(compose):
    """Arguments are readable by every user of the host; the shell expands them before it starts a program."""
    for service in ("redis", "mongo"):
        spec = compose["services"][service]
        texts = [*spec.get("command", ()), *spec.get("entrypoint", ()), *spec["healthcheck"]["test"]]
        expanded = [
            text[: found.start()] for text in texts for found in re.finditer(r"\$\$\w*PASSWORD", text)
        ]
        # printf is the shell's own: no process has its arguments
        assert all(re.search(r"printf '[^']*' \"$", before) for before in expanded)
        assert bool(expanded) or service == "mongo"


def test_redis_of_compose_is_the_process_that_gets_the_signal_and_reads_its_password(compose, tmp_path):
    spec = compose["services"]["redis"]
    assert spec["tmpfs"] == ["/tmp"], "the password is on no disk"
    program, option, script = spec["command"]
    for name, text in {
        "chown": '[ "$1" = redis ]',
        "docker-entrypoint.sh": 'echo "$$ $*"; stat -c %a "$2"; cat "$2"',
    }.items():
        (tmp_path / name).write_text(f"#!/bin/sh\n{text}\n")
        (tmp_path / name).chmod(0o755)
    script = script.replace("$$", "$").replace("/tmp/", f"{tmp_path}/")
    with subprocess.Popen(
        [program, option, script],
        env={"PATH": f"{tmp_path}:/usr/bin:/bin", "REDIS_PASSWORD": "s3cret"}, stdout=subprocess.PIPE, text=True,
    ) as shell:  # fmt: skip
        first, *rest = shell.communicate(timeout=20)[0].splitlines()
    number, *arguments = first.split()
    assert int(number) == shell.pid, "nothing stands between the container's first process and Redis"
    assert arguments[0] == "redis-server"
    assert "s3cret" not in first
    assert rest == ["600", "requirepass s3cret"]


# --- Kubernetes ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("manifest", manifests(), ids=name)
def test_a_manifest_is_valid(manifest):
    if manifest["apiVersion"].startswith("keda.sh/"):
        assert keda(manifest) == manifest, "keys that KEDA does not know"
        return
    kubernetes_validate.validate(manifest, KUBERNETES, strict=True)


def keda(manifest: dict) -> dict:
    """As KEDA's own types read it."""
    from cloudcoil.models.keda import v1alpha1

    model = getattr(v1alpha1, manifest["kind"]).model_validate(manifest)
    return model.model_dump(mode="json", by_alias=True, exclude_unset=True)


def test_the_validators_find_mistakes():
    (scaled,) = (one for one in manifests() if one["kind"] == "ScaledObject")
    with pytest.raises(ValidationError):
        keda({**scaled, "spec": {**scaled["spec"], "maxReplicaCount": "many"}})
    job = next(one for one in manifests() if one["kind"] == "CronJob")
    with pytest.raises(kubernetes_validate.ValidationError):
        kubernetes_validate.validate(
            {**job, "spec": {**job["spec"], "shedule": "* * * * *"}}, KUBERNETES, strict=True
        )


def test_the_kustomization_names_every_file():
    folder = DEPLOY / "kubernetes"
    listed = yaml.safe_load((folder / "kustomization.yaml").read_text())["resources"]
    there = {file.name for file in folder.glob("*.yaml")}
    assert there - set(listed) == {"kustomization.yaml", "secret.example.yaml"}
    assert set(listed) <= there


def test_an_apply_puts_no_example_over_the_operator_s_secret():
    folder = DEPLOY / "kubernetes"
    listed = yaml.safe_load((folder / "kustomization.yaml").read_text())["resources"]
    kinds = {one["kind"] for file in listed for one in yaml.safe_load_all((folder / file).read_text())}
    assert "Secret" not in kinds
    (example,) = yaml.safe_load_all((folder / "secret.example.yaml").read_text())
    wanted = {
        source["secretRef"]["name"]
        for pod in pods()
        for source in pod["containers"][0]["envFrom"]
        if "secretRef" in source
    }
    assert wanted == {example["metadata"]["name"]}


def test_pods_end_gracefully_and_have_no_rights():
    assert len(pods()) == 3
    for pod in pods():
        assert pod["securityContext"]["runAsNonRoot"] is True
        assert pod["automountServiceAccountToken"] is False
        (container,) = pod["containers"]
        context = container["securityContext"]
        assert context["capabilities"] == {"drop": ["ALL"]}
        assert context["readOnlyRootFilesystem"] is True
        assert context["allowPrivilegeEscalation"] is False
        assert "memory" in container["resources"]["limits"]
        if container["name"] != "demand":
            assert pod["terminationGracePeriodSeconds"] > GRACE_S + 10


def test_the_autoscaler_reads_a_figure_that_there_is():
    (scaled,) = (one for one in manifests() if one["kind"] == "ScaledObject")
    (trigger,) = scaled["spec"]["triggers"]
    from crawler.fleet.demand import Demand

    assert f'"{trigger["metadata"]["valueLocation"]}": 0' in Demand(()).as_json()
    service = next(one for one in manifests() if one["kind"] == "Service")
    (port,) = service["spec"]["ports"]
    meta = service["metadata"]
    assert (
        trigger["metadata"]["url"] == f"http://{meta['name']}.{meta['namespace']}.svc:{port['port']}/demand"
    )
    deployment = next(one for one in manifests() if name(one) == "Deployment-worker")
    assert "replicas" not in deployment["spec"]


# --- schedules ----------------------------------------------------------------------------------------------


def cron_jobs() -> list[tuple[str, str, str]]:
    """(expression, user, command) of the crontab's lines."""
    lines = (DEPLOY / "crontab").read_text().splitlines()
    found = []
    for line in lines:
        if line and not line.startswith("#") and not re.match(r"[A-Z_]+=", line):
            *when, user, command = line.split(None, 6)
            found.append((" ".join(when), user, command))
    return found


def test_the_crontab_can_be_read():
    assert len(cron_jobs()) == 2
    assert "CRON_TZ=" not in (DEPLOY / "crontab").read_text(), "Debian's cron would take no notice of it"
    for expression, user, command in cron_jobs():
        moments = CronSim(expression, datetime(2026, 1, 1, tzinfo=UTC))
        assert (next(moments) - datetime(2026, 1, 1, tzinfo=UTC)).days < 8
        assert user == "news-crawler"
        script = re.sub(r"^(?:[A-Z_]+=\S+ )*/opt/news-crawler/(\S+) .*", r"\1", command)
        assert os.access(ROOT / script, os.X_OK)
    job = next(one for one in manifests() if one["kind"] == "CronJob")
    next(CronSim(job["spec"]["schedule"], datetime(2026, 1, 1, tzinfo=UTC)))


UNITS = sorted((DEPLOY / "systemd").glob("*.service")) + sorted((DEPLOY / "systemd").glob("*.timer"))


@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.name)
def test_a_unit_is_valid(unit, tmp_path):
    if not shutil.which("systemd-analyze"):
        assert not os.environ.get("CI"), "CI installs systemd"
        pytest.skip("no systemd-analyze here (apt install systemd)")
    for file in UNITS:
        # the programs need not be there
        (tmp_path / file.name).write_text(
            re.sub(r"/opt/\S+/(bin/scrapyd?|scheduled\.sh)", "/bin/true", file.read_text())
        )
    answer = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", unit.name.replace("@.", "@fjsen.")],
        cwd=tmp_path, env={**os.environ, "SYSTEMD_UNIT_PATH": f"{tmp_path}:"}, capture_output=True, text=True,
        timeout=60, check=False,
    )  # fmt: skip
    ours = [line for line in answer.stderr.splitlines() if "news-crawler" in line]
    assert (answer.returncode, ours) == (0, []), answer.stderr


def test_units_end_gracefully_catch_up_and_tell_partial_from_failed():
    for unit in UNITS:
        text = unit.read_text()
        if unit.suffix == ".timer":
            assert "Persistent=true" in text
            continue
        assert int(re.search(r"^TimeoutStopSec=(\d+)$", text, re.MULTILINE)[1]) > GRACE_S + 10
        assert "EnvironmentFile=/etc/news-crawler.env" in text
        assert "NoNewPrivileges=yes" in text
        assert "ProtectSystem=strict" in text
        if "@" in unit.name:
            assert "SuccessExitStatus=3" in text


def test_a_browser_has_room_in_every_unit_and_is_not_killed_for_asking(compose):
    """Chromium and its threads are 89 tasks; it tries calls that are in no filter, and takes a refusal."""
    for unit in (unit for unit in UNITS if unit.suffix == ".service"):
        text = unit.read_text()
        assert int(re.search(r"^TasksMax=(\d+)$", text, re.MULTILINE)[1]) >= 512
        assert re.search(r"^SystemCallFilter=@system-service$", text, re.MULTILINE)
        assert re.search(r"^SystemCallErrorNumber=EPERM$", text, re.MULTILINE)
    for service in ("worker", "crawl", "scrapyd"):
        assert compose["services"][service]["pids_limit"] >= 512


def test_the_weekly_run_fires_in_no_minute_of_the_half_hourly_one_and_tries_again():
    """Of two runs with different orders the later one leaves the portals alone, and ends with 3."""
    often, weekly = (expression.split() for expression, _, _ in cron_jobs())
    assert often[0] == "*/30"
    assert int(weekly[0]) % 30 not in {0, 1, 2}
    (command,) = (command for _, _, command in cron_jobs() if "full=1" in command)
    assert command.startswith("AGAIN=12 ")
    unit = (DEPLOY / "systemd" / "news-crawler-full@.service").read_text()
    assert re.search(r"^Environment=.*\bAGAIN=12\b", unit, re.MULTILINE)
    assert re.search(r"^ExecStart=/opt/news-crawler/deploy/scheduled\.sh .*full=1", unit, re.MULTILINE)


def test_retries_of_the_half_hourly_unit_do_not_block_its_next_timer():
    """Whatever starts a unit counts: four starts within the interval, and the timer's would be refused."""
    unit = (DEPLOY / "systemd" / "news-crawler@.service").read_text()
    interval, burst, pause = (
        int(re.search(rf"^{key}=(\d+)$", unit, re.MULTILINE)[1])
        for key in ("StartLimitIntervalSec", "StartLimitBurst", "RestartSec")
    )
    assert burst * pause < interval < 30 * 60 - 120, "the timer's half hour, less its RandomizedDelaySec"


def test_the_log_rotates(tmp_path):
    program = shutil.which("logrotate") or shutil.which("logrotate", path="/usr/sbin:/sbin")
    if program is None:
        assert not os.environ.get("CI"), "CI installs logrotate"
        pytest.skip("no logrotate here (apt install logrotate)")
    log = tmp_path / "crawl.log"
    log.write_text("a line\n")
    tmp_path.chmod(0o755)
    rules = (DEPLOY / "logrotate").read_text().replace("/var/log/news-crawler", str(tmp_path))
    rules = re.sub(r"^\s*su .*$", "", rules, flags=re.MULTILINE)
    (tmp_path / "rules").write_text(rules)
    with log.open("a") as running:  # as a run that is going
        for _ in range(2):
            subprocess.run(
                [program, "--force", "--state", tmp_path / "state", tmp_path / "rules"],
                check=True,
                timeout=60,
            )
            running.write("another\n")
            running.flush()
    assert log.read_text() == "another\n"
    assert (tmp_path / "crawl.log.1").read_text() == "another\n"
    assert list(tmp_path.glob("crawl.log.2.gz"))


def test_the_environment_names_no_folder_that_nothing_makes():
    """Every crawl ends with 2 where PORTALS_DIR is no folder."""
    env = (DEPLOY / "systemd" / "news-crawler.env").read_text()
    assert not re.search(r"^PORTALS_DIR=", env, re.MULTILINE)
    assert "install -d /etc/news-crawler/portals" in (ROOT / "docs" / "schedules.md").read_text()


# --- images -------------------------------------------------------------------------------------------------


def test_the_dockerfile_is_clean():
    program = Path(sys.executable).parent / "hadolint"
    if not program.exists():
        pytest.skip("no hadolint for this machine")
    done = subprocess.run(
        [program, DEPLOY / "Dockerfile"], capture_output=True, text=True, timeout=60, check=False
    )
    assert (done.returncode, done.stdout) == (0, "")
    targets = re.findall(r"^FROM \S+ AS (\S+)$", (DEPLOY / "Dockerfile").read_text(), re.MULTILINE)
    assert targets[-1] == "worker", "the default"
    assert {"browser", "scrapyd"} <= set(targets)


def test_images_run_as_nobody_in_particular():
    stages = re.split(r"^FROM ", (DEPLOY / "Dockerfile").read_text(), flags=re.MULTILINE)[1:]
    final = [stage for stage in stages if re.match(r"python AS (worker|browser|scrapyd)\n", stage)]
    assert len(final) == 3
    for stage in final:
        assert "\nUSER 10001:10001\n" in stage
        assert "\nHEALTHCHECK " in stage
        assert "\nADD " not in stage
