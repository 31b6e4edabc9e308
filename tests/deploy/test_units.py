"""The units of ``deploy``: systemd takes them, they agree with the other files, and the backup they start works."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING, Final

import pytest

from portal import settings
from tests.deploy.portal_process import ROOT, filled_home, free_port, running_portal
from tests.deploy.web_server import DEPLOY

if TYPE_CHECKING:
    from pathlib import Path

UNITS: Final = ("ibasho.service", "ibasho-backup.service", "ibasho-backup.timer")
NIGHTS: Final = 2
KEPT: Final = 2
EXPOSED_MOST: Final = 2.0
"""Of 10; what ``systemd-analyze security`` calls OK ends well above."""
systemd: Final = pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="systemd is not on this machine")


def unit(name: str) -> dict[str, list[str]]:
    """A unit's settings, each with all its values."""
    found: dict[str, list[str]] = {}
    for line in (DEPLOY / name).read_text(encoding="utf-8").splitlines():
        if line and line[0] not in "#[":
            key, _, value = line.partition("=")
            found.setdefault(key, []).append(value)
    return found


@pytest.fixture
def installed(tmp_path) -> Path:
    """The units as they would lie on a machine, with the program that they start where they look for it."""
    program = tmp_path / "opt" / ".venv" / "bin"
    program.mkdir(parents=True)
    (program / "python").symlink_to(sys.executable)
    for name in UNITS:
        text = (DEPLOY / name).read_text(encoding="utf-8").replace("/opt/ibasho", str(tmp_path / "opt"))
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


@systemd
def test_systemd_finds_no_fault(installed):
    """Every setting is one that systemd knows, every program is there, the timer's moment can be read."""
    command = ["systemd-analyze", "verify", *(str(installed / name) for name in UNITS)]
    said = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603  # our own arguments
    assert [line for line in said.stderr.splitlines() if str(installed) in line or line.startswith("ibasho")] == []
    assert said.returncode == 0, said.stderr


@systemd
@pytest.mark.parametrize("name", UNITS[:2])
def test_a_service_can_do_little_more_than_it_must(installed, name):
    """What systemd calls its exposure stays low."""
    command = ["systemd-analyze", "security", "--offline=true", "--no-pager", str(installed / name)]
    said = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603  # our own arguments
    if "--offline" in said.stderr:
        pytest.skip("this systemd cannot look at a unit that does not run")
    assert float(re.search(r"exposure level for \S+: ([0-9.]+)", said.stdout)[1]) <= EXPOSED_MOST


def test_units_settings_and_web_server_name_the_same_places():
    """The portal's folder, port and address are the same in each file, so that replacing them once is enough."""
    service, backup = unit(UNITS[0]), unit(UNITS[1])
    said = [
        line for line in (DEPLOY / "ibasho.env").read_text(encoding="utf-8").splitlines() if not line.startswith("#")
    ]
    environment = dict(line.split("=", 1) for line in said if line)
    conf = (DEPLOY / "nginx.conf").read_text(encoding="utf-8")
    read = settings.load(environment)
    assert (read.trusted_proxy, read.public_url) == (True, "https://portal.example.jp")
    assert f"server {read.host}:{read.port};" in conf
    assert f"server_name {read.public_url.removeprefix('https://')};" in conf
    assert "PORTAL_HOME=/var/lib/ibasho" in service["Environment"]
    assert "PORTAL_HOME=/var/lib/ibasho" in backup["Environment"]
    assert "root /var/lib/ibasho/site;" in conf
    assert service["EnvironmentFile"] == backup["EnvironmentFile"] == ["/etc/ibasho/ibasho.env"]
    assert service["ReadWritePaths"] == backup["ReadOnlyPaths"] == ["/var/lib/ibasho"]


def test_every_setting_that_is_only_named_can_be_set(monkeypatch):
    """What stands there as a comment is a setting that there is."""
    text = (DEPLOY / "ibasho.env").read_text(encoding="utf-8")
    for name in re.findall(r"^#PORTAL_(\w+)=", text, re.MULTILINE):
        assert name.lower() in settings.Settings.__dataclass_fields__


def test_nothing_of_the_makers_machine_is_in_it():
    """Only the places that the heads of the files tell to replace stand in them."""
    for file in DEPLOY.iterdir():
        text = file.read_text(encoding="utf-8")
        assert str(ROOT) not in text
        assert "/root" not in text


def test_a_backup_a_night_is_made_beside_the_running_portal_and_the_oldest_go(tmp_path):
    """Each run leaves a folder of its own that can be put back; no more are kept than told, nothing else is removed."""
    home, to, port = filled_home(tmp_path / "home"), tmp_path / "backups", free_port()
    others = [to / "2026-01-01-notes", to / "keep", to / "2026-01-01-000000.txt"]
    to.mkdir()
    for other in others[:2]:
        other.mkdir()
    others[2].write_text("a file")
    (to / "2020-01-01-033000").mkdir()
    with running_portal(home, port, site="off"):
        for _ in range(NIGHTS):
            _backup(home, to)
    before = _files(home)
    _backup(home, to)
    assert _files(home) == before  # its unit may not write there
    made = sorted(folder.name for folder in to.iterdir() if folder not in others)
    assert len(made) == KEPT
    assert "2020-01-01-033000" not in made
    assert all(other.exists() for other in others)
    told = _manage({"PORTAL_HOME": str(tmp_path / "new")}, "restore", str(to / made[-1]))
    assert told.returncode == 0, told.stdout + told.stderr


def test_a_backup_that_fails_removes_nothing(tmp_path):
    """Where there is no journal to copy, the older backups stay and the unit is marked as failed."""
    old = tmp_path / "backups" / "2020-01-01-033000"
    old.mkdir(parents=True)
    environment = _environment(tmp_path / "nothing", tmp_path / "backups") | {"KEEP": "0"}
    said = subprocess.run(  # noqa: S603  # our own arguments
        ["/bin/sh", str(DEPLOY / "backup.sh")], cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )
    assert said.returncode != 0
    assert old.exists()


def _backup(home: Path, to: Path) -> None:
    """Do what the unit does; it takes longer than a second, by which the folders are named."""
    command = unit(UNITS[1])["ExecStart"][0].replace("/opt/ibasho", str(ROOT)).split()
    said = subprocess.run(  # noqa: S603  # our own arguments
        command, cwd=ROOT, env=_environment(home, to), capture_output=True, text=True, check=False
    )
    assert said.returncode == 0, said.stdout + said.stderr


def _environment(home: Path, to: Path) -> dict[str, str]:
    own = {"PORTAL_HOME": str(home), "BACKUPS": str(to), "KEEP": str(KEPT), "PYTHON": sys.executable}
    return {name: value for name, value in os.environ.items() if not name.startswith("PORTAL_")} | own


def _manage(environment: dict[str, str], *command: str) -> subprocess.CompletedProcess[str]:
    own = {name: value for name, value in os.environ.items() if not name.startswith("PORTAL_")} | environment
    return subprocess.run(  # noqa: S603  # our own arguments
        [sys.executable, "manage.py", *command], cwd=ROOT, env=own, capture_output=True, text=True, check=False
    )


def _files(home: Path) -> dict[str, tuple[int, int]]:
    """Each file with its length and the moment of its last change."""
    return {str(file): (file.stat().st_size, file.stat().st_mtime_ns) for file in home.rglob("*") if file.is_file()}
