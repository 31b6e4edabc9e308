"""A throwaway PostgreSQL with PostGIS on loopback for one benchmark: made, tuned, stopped and removed at the end."""

from __future__ import annotations

import io
import os
import pwd
import secrets
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

import psycopg
from psycopg import sql
from pyarrow import csv

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pyarrow as pa

PROGRAMS: Final = Path("/usr/lib/postgresql")
EXTENSIONS: Final = Path("/usr/share/postgresql")
"""Where Debian and Ubuntu have them, a folder for each version."""
MISSING: Final = "There is no PostgreSQL with PostGIS. 'sh .ci/machine tests' installs both, or says what is missing."
OWNER: Final = "postgres"
"""The user that the package makes. PostgreSQL refuses to run as root."""
ROLE: Final = "bench"
START_S: Final = 60
STOP_S: Final = 30
SHARED: Final = Path("/dev/shm")  # noqa: S108  # asked for its size only
SHARED_LEAST: Final = 1_000_000_000
"""A container may have too little shared memory for parallel questions; then they share files."""
CORES: Final = len(os.sched_getaffinity(0))
TUNED: Final = {
    "shared_buffers": "1GB",
    "work_mem": "256MB",
    "maintenance_work_mem": "512MB",
    "effective_cache_size": "4GB",
    "random_page_cost": "1.1",
    "max_parallel_workers": str(CORES),
    "max_parallel_workers_per_gather": str(CORES),
    "min_parallel_table_scan_size": "0",
    "parallel_setup_cost": "0",
    "jit": "off",
    "max_wal_size": "4GB",
}
"""For a few large questions. Nothing is turned off that a store needs for its safety."""


@dataclass(frozen=True, slots=True)
class Cluster:
    """An empty database in a folder."""

    home: Path
    programs: Path
    password: str

    @property
    def data(self) -> Path:
        """PostgreSQL's own folder."""
        return self.home / "data"

    def start(self, *command: str) -> subprocess.Popen[bytes]:
        """One of PostgreSQL's programs; as its own user where root runs the benchmark."""
        user = OWNER if os.geteuid() == 0 else None
        with (self.home / "log").open("ab") as log:
            return subprocess.Popen(  # noqa: S603  # Debian's programs, our own arguments
                [self.programs / command[0], *command[1:]],
                cwd=self.home,
                env={"PATH": os.defpath, "LC_ALL": "C"},
                stdout=log,
                stderr=log,
                user=user,
                group=user,
                extra_groups=[] if user else None,
            )

    @property
    def log(self) -> str:
        """The end of what its programs said."""
        return (self.home / "log").read_text(encoding="utf-8", errors="replace")[-4000:]


@contextmanager
def connected() -> Iterator[psycopg.Connection]:
    """A connection to a new database with PostGIS. Raises RuntimeError where these are not installed or fail."""
    with tempfile.TemporaryDirectory(prefix="ibasho-postgis-", ignore_cleanup_errors=True) as folder:
        cluster = _made(Path(folder))
        with _running(cluster) as connection:
            connection.execute("CREATE EXTENSION postgis")
            yield connection


def describe(connection: psycopg.Connection) -> str:
    """Versions and settings, for a note under a table."""
    (extension,) = connection.execute("SELECT postgis_lib_version()").fetchone()
    major, minor = divmod(connection.info.server_version, 10_000)
    said = ", ".join(f"{key} {value}" for key, value in TUNED.items())
    return f"PostgreSQL {major}.{minor}, PostGIS {extension}, tables analyzed, fsync on; {said}."


def copy(connection: psycopg.Connection, table: str, columns: pa.Table) -> None:
    """Fill a table with columns in its order."""
    into = sql.SQL("COPY {} FROM STDIN (FORMAT csv)").format(sql.Identifier(table))
    with connection.cursor() as cursor, cursor.copy(into) as stream:
        for batch in columns.to_batches(max_chunksize=50_000):
            text = io.BytesIO()
            csv.write_csv(batch, text, csv.WriteOptions(include_header=False))
            stream.write(text.getvalue())


def analyze(connection: psycopg.Connection, table: str) -> None:
    """Tidy a table that was filled, and gather the statistics that the planner goes by."""
    connection.execute(sql.SQL("VACUUM ANALYZE {}").format(sql.Identifier(table)))


def _made(folder: Path) -> Cluster:
    found = [
        path.parent
        for path in PROGRAMS.glob("*/bin/initdb")
        if (EXTENSIONS / path.parts[-3] / "extension/postgis.control").exists()
    ]
    if not found:
        raise RuntimeError(MISSING)
    cluster = Cluster(folder, max(found, key=lambda path: int(path.parts[-2])), secrets.token_hex())
    key = folder / "key"
    key.write_text(cluster.password, encoding="ascii")
    if os.geteuid() == 0:
        owner = pwd.getpwnam(OWNER)
        for path in (folder, key):
            os.chown(path, owner.pw_uid, owner.pw_gid)
    options = ("--auth=scram-sha-256", "--encoding=UTF8", "--locale=C", f"--username={ROLE}", f"--pwfile={key}")
    if cluster.start("initdb", f"--pgdata={cluster.data}", *options).wait(START_S):
        raise RuntimeError(cluster.log)
    return cluster


@contextmanager
def _running(cluster: Cluster) -> Iterator[psycopg.Connection]:
    port = _free_port()
    places = {"listen_addresses": "127.0.0.1", "port": str(port), "unix_socket_directories": str(cluster.home)}
    room = "posix" if shutil.disk_usage(SHARED).total >= SHARED_LEAST else "mmap"
    settings = TUNED | places | {"dynamic_shared_memory_type": room}
    options = [option for key, value in settings.items() for option in ("-c", f"{key}={value}")]
    server = cluster.start("postgres", "-D", str(cluster.data), *options)
    try:
        with _connection(cluster, port, server) as connection:
            yield connection
    finally:
        _stop(server)


def _connection(cluster: Cluster, port: int, server: subprocess.Popen[bytes]) -> psycopg.Connection:
    """Asked for again until the server listens."""
    give_up = time.monotonic() + START_S
    known = {"host": "127.0.0.1", "user": ROLE, "password": cluster.password, "dbname": "postgres"}
    while time.monotonic() < give_up and server.poll() is None:
        try:
            return psycopg.connect(port=port, autocommit=True, prepare_threshold=None, **known)
        except psycopg.OperationalError:
            time.sleep(0.1)
    raise RuntimeError(cluster.log)


def _stop(server: subprocess.Popen[bytes]) -> None:
    """Ask it to end connections and stop (fast shutdown), which needs no waiting for anybody."""
    server.send_signal(signal.SIGINT)
    try:
        server.wait(STOP_S)
    except subprocess.TimeoutExpired:
        server.send_signal(signal.SIGQUIT)
        server.wait()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
