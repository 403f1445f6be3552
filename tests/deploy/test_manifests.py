"""The files of deploy/ against the schemas of what reads them, and against what they promise."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from time import monotonic

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


@pytest.fixture
def scheduled(tmp_path):
    """Run scheduled.sh with a stand-in for scrapy; the result, and the arguments of each crawl."""
    script = tmp_path / "deploy" / "scheduled.sh"
    script.parent.mkdir()
    shutil.copy(DEPLOY / "scheduled.sh", script)
    program = tmp_path / ".venv" / "bin" / "scrapy"
    program.parent.mkdir(parents=True)

    def run(scrapy: str, *words: str, **environment: str):
        program.write_text(f'#!/bin/sh\necho "$*" >>calls\n{scrapy}\n')
        program.chmod(0o755)
        done = subprocess.run(
            [script, *words],
            env={"PATH": "/usr/bin:/bin", "LOG_DIR": str(tmp_path), "JOB_ID": "j7", **environment},
            capture_output=True, text=True, timeout=60, check=False,
        )  # fmt: skip
        calls = tmp_path / "calls"
        return done, calls.read_text().splitlines() if calls.exists() else []

    return run


def test_a_scheduled_run_that_fails_says_so_in_one_line(scheduled, tmp_path):
    """By cron's own means: nothing but the environment file, one line of output, the exit code."""
    (tmp_path / "env").write_text(
        "# comment\nREDIS_URL=redis://127.0.0.1:9/0\nMONGO_URI=mongodb://u:p@127.0.0.1:9/?a=b&w=majority\n"
    )
    done, _ = scheduled(
        f'cd "{ROOT}"; exec "{sys.executable}" -m scrapy "$@"',
        "portal=sample",
        NEWS_CRAWLER_ENV=str(tmp_path / "env"),
    )

    assert done.returncode == 2, done
    (line,) = done.stderr.splitlines()
    assert line.startswith("j7 ended with 2: error: Redis at redis://127.0.0.1:9 does not answer")
    assert (tmp_path / "crawl.log").read_text().endswith("j7 ended with 2\n")


def test_the_mailed_line_has_the_reason_of_this_run_in_json_too(scheduled, tmp_path):
    (tmp_path / "crawl.log").write_text("error: of another run\n")
    done, _ = scheduled('echo \'{"level": "ERROR", "message": "it broke", "error": "long"}\' >&2; exit 1')

    assert (done.returncode, done.stderr.count("\n")) == (1, 1)
    assert done.stderr.startswith("j7 ended with 1: it broke (see ")
    assert '"it broke"' in (tmp_path / "crawl.log").read_text()


def test_no_scheduled_run_begins_without_its_environment(scheduled, tmp_path):
    """It would start servers of its own, and end with 0."""
    done, calls = scheduled("exit 0", NEWS_CRAWLER_ENV=str(tmp_path / "missing"))
    assert (done.returncode, done.stderr.count("\n"), calls) == (2, 1, [])

    (tmp_path / "env").write_text("A=b\n")
    (tmp_path / "env").chmod(0)
    done, calls = scheduled("exit 0", NEWS_CRAWLER_ENV=str(tmp_path / "env"))
    if os.geteuid():  # root reads every file
        assert (done.returncode, done.stderr.count("\n"), calls) == (2, 1, [])


LEFT_OUT = "is left out: a run of all of it is under way there, which is not what this one is asked for"


def test_portals_that_were_left_out_are_tried_again_and_no_others(scheduled):
    scrapy = f"""[ "$(wc -l <calls)" -lt 3 ] || exit 0
        echo '{{"level": "WARNING", "message": "fjsen {LEFT_OUT}"}}' >&2
        echo "2026-11-23 20:24:27 j7 [crawler.frontier.scheduler] WARNING: sample {LEFT_OUT}" >&2
        exit 3"""
    done, calls = scheduled(scrapy, "portal=all", "full=1", AGAIN="5", AGAIN_SECONDS="0")

    assert (done.returncode, done.stderr) == (0, "")
    assert calls == ["crawl portal -a portal=all -a full=1"] + 2 * [
        "crawl portal -a portal=fjsen,sample -a full=1"
    ]


def test_it_is_tried_again_only_so_often_and_only_where_asked_to(scheduled):
    scrapy = f'echo "WARNING: fjsen {LEFT_OUT}" >&2; exit 3'
    done, calls = scheduled(scrapy, "portal=fjsen", AGAIN="2", AGAIN_SECONDS="0")
    assert (done.returncode, len(calls)) == (3, 3)
    assert done.stderr.startswith("j7 ended with 3: other runs were in the way of fjsen, 2 times again")

    done, calls = scheduled(scrapy, "portal=fjsen")
    assert (done.returncode, done.stderr, len(calls)) == (3, "", 4), "the next one is due anyway"

    done, calls = scheduled("exit 3", "portal=fjsen", AGAIN="2", AGAIN_SECONDS="0")
    assert (done.returncode, done.stderr, len(calls)) == (3, "", 5), "pages failed"


def test_what_a_crawl_leaves_behind_neither_holds_the_run_up_nor_is_mailed(scheduled, tmp_path):
    begun = monotonic()
    done, _ = scheduled('echo "its last line" >&2; sleep 20 & exit 0')
    assert (done.returncode, done.stderr) == (0, "")
    assert monotonic() - begun < 15
    assert (tmp_path / "crawl.log").read_text() == "its last line\nj7 ended with 0\n"


def test_a_signal_goes_on_to_the_crawl_and_ends_the_trying(scheduled, tmp_path):
    """The stand-in sends it, to the script that started it, when it is ready to be told."""
    script = "trap 'echo told >&2; exit 3' TERM; kill -TERM $PPID; while :; do sleep 0.1; done"
    done, calls = scheduled(f'echo "WARNING: fjsen {LEFT_OUT}" >&2; {script}', "portal=fjsen", AGAIN="5")
    assert (done.returncode, done.stderr, len(calls)) == (3, "", 1)
    assert "\ntold\n" in (tmp_path / "crawl.log").read_text()


def test_under_systemd_it_logs_to_the_journal_under_the_unit_s_own_id(scheduled):
    done, _ = scheduled('echo "$JOB_ID begins" >&2', LOG_DIR="-", JOB_ID="", INVOCATION_ID="f00")
    assert (done.returncode, done.stderr) == (0, "f00 begins\nf00 ended with 0\n")


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
