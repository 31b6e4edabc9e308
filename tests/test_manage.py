"""The commands as an operator runs them: real processes over a real store on disk."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path
from urllib.error import URLError

import pytest

ROOT = Path(__file__).parents[1]
SALONS = """名称,住所,緯度,経度,種別,活動日
ひだまりサロン,大阪市大正区泉尾1-1-1,34.6600,135.4720,高齢者サロン,第2・4火曜 10:00–12:00
みなとの居場所,大阪市大正区鶴町2-2-2,34.6390,135.4560,居場所,毎週木曜 13:00–15:00
"""


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    """A folder with a store that is set up without samples."""
    folder = tmp_path_factory.mktemp("home")
    assert run(folder, "init", "--no-sample").returncode == 0
    return folder


def run(home, *arguments, language="en"):
    """Run a command over the store in ``home``."""
    environment = {
        "PATH": os.environ["PATH"],
        "HOME": str(home),
        "PORTAL_HOME": str(home),
        "LANG": f"{language}_XX.UTF-8",
    }
    return subprocess.run(  # noqa: S603  # our own commands
        [sys.executable, "manage.py", *map(str, arguments)],
        cwd=ROOT,
        env={**environment, "PYTHONIOENCODING": "utf-8"},
        capture_output=True,
        text=True,
        check=False,
        encoding="utf-8",
    )


def figures(home):
    """What ``report --json`` prints."""
    return json.loads(run(home, "report", "--json").stdout)["municipalities"]


def test_init_sets_up_the_five_and_is_safe_to_repeat(home):
    """The five municipalities are there with their districts; a second init says that the store is ready."""
    assert "is ready" in run(home, "init").stdout
    found = figures(home)
    assert set(found) == {"13103", "27107", "27108", "27125", "28210"}
    assert {code: found[code]["layers"]["elementary"]["districts"] for code in ("27107", "27108", "28210")} == {
        "27107": 11,
        "27108": 10,
        "28210": 28,
    }
    assert found["13103"]["layers"]["five_districts"]["districts"] == 5
    assert found["28210"]["layers"]["junior_high"]["districts"] == 12
    assert {key for item in found.values() for key in item["places"]} == {
        *("ibasho", "volunteer_corner", "elderly_salon", "childcare_salon", "community_cafe", "exercise_group"),
        *("childrens_cafeteria", "consultation", "discussion_table", "childcare_plaza", "watching_over", "facility"),
        *("shelter", "emergency_site", "welfare_shelter", "event"),
    }


def test_a_dry_run_prints_the_same_report_and_writes_nothing(home, tmp_path):
    """The counts and findings of a dry run are those of the real one; then undo takes it back."""
    file = tmp_path / "salons.csv"
    file.write_text(SALONS, encoding="utf-8")
    dry = run(home, "import", "places", file, "--municipality", "27108", "--dry-run")
    assert dry.returncode == 0, dry.stdout + dry.stderr
    assert figures(home)["27108"]["places"]["elderly_salon"] == 0
    real = run(home, "import", "places", file, "--municipality", "27108")
    assert dry.stdout.splitlines()[:-1] == real.stdout.splitlines()[:-1]
    assert figures(home)["27108"]["places"]["elderly_salon"] == 1
    again = run(home, "import", "places", file, "--municipality", "27108")
    assert "Nothing would change" in again.stdout
    batch = run(home, "batches").stdout.split()[0]
    assert batch in run(home, "undo", batch).stdout
    assert figures(home)["27108"]["places"]["elderly_salon"] == 0


def test_a_refused_row_ends_the_import_with_its_line_and_a_status(home, tmp_path):
    """The command fails, names the line, and nothing is half written."""
    file = tmp_path / "broken.csv"
    file.write_text(SALONS + ",大阪市大正区千島1,34.65,135.47,居場所,\n", encoding="utf-8")
    refused = run(home, "import", "places", file, "--municipality", "27108", language="ja")
    assert refused.returncode == 1
    assert "4行目" in refused.stdout
    assert "--skip-refused" in refused.stdout
    assert figures(home)["27108"]["places"]["elderly_salon"] == 0


def test_a_wrong_file_or_setting_is_one_sentence(home, tmp_path):
    """What a person did wrong is one sentence in their language, and never a traceback."""
    persons = tmp_path / "persons.csv"
    persons.write_text("氏名,生年月日,住所\n山田,1940-01-01,大正区\n", encoding="utf-8")
    for arguments in (
        ("import", "places", tmp_path / "none.csv"),
        ("import", "places", persons),
        ("undo", "19990101-1"),
        ("edit", "no-such-place", "name", "x"),
        ("municipality", "271", "--name", "x"),
    ):
        for language in ("ja", "en"):
            said = run(home, *arguments, language=language)
            assert said.returncode == 1, arguments
            assert "Traceback" not in said.stderr
            assert len(said.stderr.strip().splitlines()) == 1, said.stderr


def test_a_municipality_that_is_not_built_in_gets_its_districts(home, tmp_path):
    """Added by one command, it takes outlines and has its own kinds like the five."""
    assert run(home, "municipality", "22212", "--name", "焼津市", "--name-en", "Yaizu").returncode == 0
    assert (
        run(home, "kind", "sea_cafe", "--name", "海の喫茶", "--name-en", "Sea", "--municipality", "22212").returncode
        == 0
    )
    square = [[[138.30, 34.85], [138.32, 34.85], [138.32, 34.87], [138.30, 34.87], [138.30, 34.85]]]
    feature = {
        "type": "Feature",
        "properties": {"name": "港小学校"},
        "geometry": {"type": "Polygon", "coordinates": square},
    }
    file = tmp_path / "districts.geojson"
    file.write_text(json.dumps({"type": "FeatureCollection", "features": [feature]}), encoding="utf-8")
    done = run(
        home, "import", "districts", file, "--municipality", "22212", "--layer", "elementary", "--licence", "CC BY 4.0"
    )
    assert done.returncode == 0, done.stdout + done.stderr
    yaizu = figures(home)["22212"]
    assert yaizu["layers"]["elementary"]["by_district"] == {"港小学校": 0}
    assert yaizu["places"]["sea_cafe"] == 0
    assert yaizu["sources"][0]["licence"] == "CC BY 4.0"


def test_a_municipality_is_changed_and_reports_are_listed(home):
    """A built-in municipality takes what the command gives and keeps the rest; readers' reports are listed."""
    said = run(home, "municipality", "27108", "--direct-welfare")
    assert "大阪市大正区 (27108) was changed" in said.stdout
    assert figures(home)["27108"]["name"] == "大阪市大正区"
    assert "reported nothing" in run(home, "notes").stdout
    report = (
        "from pages import wiring; from portal import clock, notes; store = wiring.store();"
        "notes.report_error(store, store.places_of('27107')[0].id, 'closed', 'もう\\nありません', clock.now())"
    )
    environment = {**os.environ, "PORTAL_HOME": str(home), "PORTAL_SAMPLE": "on"}
    salon = "from pages.built_in import built_in; from portal import clock, setting_up; from pages import wiring;"
    salon += "setting_up.add_samples(wiring.store(), built_in(clock.today()).samples, clock.today()); wiring.close();"
    subprocess.run([sys.executable, "-c", salon + report + "; wiring.close()"], cwd=ROOT, env=environment, check=True)  # noqa: S603  # our own code
    listed = run(home, "notes", language="ja").stdout
    assert "もう / ありません" in listed
    assert "（見本）" in listed
    assert run(home, "remove-samples").returncode == 0


def test_samples_go_with_one_command(tmp_path):
    """A store with samples counts them apart, and loses them by one command."""
    assert run(tmp_path, "init").returncode == 0
    for item in figures(tmp_path).values():
        assert sum(item["samples"].values()) >= 12
        assert min(count for kind, count in item["samples"].items() if kind != "event") >= 1
        assert sum(item["places"].values()) == 0
    assert "were removed" in run(tmp_path, "remove-samples").stdout
    assert all(sum(item["samples"].values()) == 0 for item in figures(tmp_path).values())
    assert run(tmp_path, "init").returncode == 0
    assert all(sum(item["samples"].values()) == 0 for item in figures(tmp_path).values())


def test_serve_opens_the_portal_and_stops_without_a_word(tmp_path):
    """It says the address, answers there, refuses a port that is taken with a sentence, and Ctrl+C stops it quietly."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    environment = {
        **os.environ,
        "PORTAL_HOME": str(tmp_path / "one"),
        "PORTAL_PORT": str(port),
        "PORTAL_SITE": "off",
        "PYTHONUNBUFFERED": "1",
    }
    server = subprocess.Popen(
        [sys.executable, "manage.py", "serve"],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        assert f"http://127.0.0.1:{port}/" in server.stdout.readline()
        deadline = time.monotonic() + 60
        while True:
            try:
                with urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=5) as answer:
                    assert json.load(answer)["ok"] is True
                    break
            except URLError:
                assert time.monotonic() < deadline
                time.sleep(0.2)
        taken = run(tmp_path / "two", "serve", "--port", port)
        assert (taken.returncode, len(taken.stderr.strip().splitlines())) == (1, 1)
    finally:
        server.send_signal(signal.SIGINT)
        _, said = server.communicate(timeout=30)
    assert said == ""


def test_two_processes_never_share_the_store(home):
    """While one process has the file, another says who holds it and changes nothing."""
    holder = subprocess.Popen(  # our own code
        [sys.executable, "-c", "from pages import wiring; wiring.store(); print('held', flush=True); input()"],
        cwd=ROOT,
        env={**os.environ, "PORTAL_HOME": str(home)},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        assert holder.stdout.readline() == "held\n"
        said = run(home, "report", "--json")
        assert said.returncode == 1
        assert len(said.stderr.strip().splitlines()) == 1
    finally:
        holder.communicate("\n", timeout=30)
    assert run(home, "report", "--json").returncode == 0
