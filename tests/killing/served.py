"""The real server, ``manage.py serve``: started, waited for, and killed."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from contextlib import suppress
from pathlib import Path
from typing import Final
from urllib.error import URLError

ROOT: Final = Path(__file__).parents[2]
SETTINGS: Final = {"PORTAL_SAMPLE": "off", "PORTAL_TRUSTED_PROXY": "on", "PORTAL_SITE": "off"}
"""Behind a proxy each resident has an address of their own, so that the limits for one do not stop all."""
FROM_NOTHING_EVERY: Final = 10
"""So often the server is started as an operator starts it; else it is forked from a process with its modules loaded."""
LOOK_AGAIN_S: Final = 0.03
FAULT: Final = re.compile(r"^\w[\w.]*(?:: .*)?$", re.MULTILINE)
"""The line that ends a traceback; those before it are indented."""


class NotReopenedError(Exception):
    """Raised when a server that was started does not answer in time."""


class Served:
    """The server over one folder, always at the same address; one process after the other."""

    def __init__(self, home: Path) -> None:
        """Choose a port that is free; nothing is started yet."""
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self._port = str(probe.getsockname()[1])
        self.url = f"http://127.0.0.1:{self._port}"
        self.starts = self.starts_from_nothing = 0
        self._log = home.with_name("server.log")
        self._log.touch()
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("PORTAL_", "STREAMLIT_"))}
        self._environment = kept | SETTINGS | {"PORTAL_HOME": str(home)}
        self._loaded: subprocess.Popen[str] | None = None
        self._process: subprocess.Popen[str] | int | None = None
        self._began = 0.0

    def start(self) -> None:
        """Start it, and do not wait."""
        from_nothing = self.starts % FROM_NOTHING_EVERY == 0
        self.starts += 1
        self.starts_from_nothing += from_nothing
        self._began = time.monotonic()
        self._process = self._run("manage.py", "serve", "--port", self._port) if from_nothing else self._forked()

    def answers(self, within_s: float) -> float:
        """Seconds from the start until ``/healthz`` said that the portal can answer; raises NotReopenedError."""
        while self._runs() and time.monotonic() < self._began + within_s:
            try:
                with urllib.request.urlopen(f"{self.url}/healthz", timeout=5):  # noqa: S310  # our own address
                    return time.monotonic() - self._began
            except (URLError, TimeoutError, ConnectionError):
                time.sleep(LOOK_AGAIN_S)
        self.kill()
        raise NotReopenedError(self._said()[-4_000:])

    def kill(self) -> None:
        """SIGKILL, and wait until the process is no more. Nothing happens where none runs."""
        process = self._process
        if isinstance(process, int):
            with suppress(ProcessLookupError):
                os.kill(process, signal.SIGKILL)
            while self._runs():
                time.sleep(LOOK_AGAIN_S / 10)
        elif process:
            process.kill()
            process.wait()
        self._process = None

    def close(self) -> None:
        """Kill it for the last time, and let the process that it is forked from end."""
        self.kill()
        if self._loaded:
            self._loaded.communicate()

    def faults(self) -> list[str]:
        """What went wrong in the server: the last line of each traceback that it noted."""
        return [line for traceback in self._said().split("Traceback")[1:] for line in FAULT.findall(traceback)[:1]]

    def _run(self, *command: str, spoken_to: bool = False) -> subprocess.Popen[str]:
        """Start a Python; it writes to the log, or to us where it is spoken to."""
        with self._log.open("ab") as log:
            return subprocess.Popen(  # noqa: S603  # our own interpreter and arguments
                [sys.executable, *command],
                cwd=ROOT,
                env=self._environment,
                text=True,
                stdin=subprocess.PIPE if spoken_to else subprocess.DEVNULL,
                stdout=subprocess.PIPE if spoken_to else log,
                stderr=log,
            )

    def _forked(self) -> int:
        if self._loaded is None:
            self._loaded = self._run("-m", "tests.killing.loaded", self._port, str(self._log), spoken_to=True)
        assert self._loaded.stdin
        assert self._loaded.stdout
        self._loaded.stdin.write("serve\n")
        self._loaded.stdin.flush()
        return int(self._loaded.stdout.readline())

    def _runs(self) -> bool:
        if not isinstance(self._process, int):
            return self._process is not None and self._process.poll() is None
        try:
            os.kill(self._process, 0)
        except ProcessLookupError:
            return False
        return True

    def _said(self) -> str:
        return self._log.read_text(encoding="utf-8", errors="replace")
