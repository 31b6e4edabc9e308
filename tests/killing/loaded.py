"""A process that has loaded the server's modules and nothing else, and opens the server at each line that it reads.

``python -m tests.killing.loaded PORT LOG``: for each line of the standard input it forks a process that goes on as
``manage.py serve --port PORT`` does, and writes its id. So a start costs a part of what it costs to load the modules.
"""

from __future__ import annotations

import os
import signal
import sys

import uvicorn.lifespan.on
import uvicorn.loops.auto
import uvicorn.protocols.http.auto
import uvicorn.protocols.websockets.auto  # noqa: F401  # these are loaded once for all the servers

import app  # noqa: F401  # the same
import manage


def serve(port: str, log: str) -> None:
    """Become the server; it hears nothing of the process that it came from."""
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    for stream, file, mode in ((0, os.devnull, os.O_RDONLY), (1, log, os.O_WRONLY | os.O_APPEND)):
        os.dup2(os.open(file, mode), stream)
    os.dup2(1, 2)
    sys.argv = ["manage.py", "serve", "--port", port]
    manage.main()


def main() -> None:
    """Open a server at each line; who was killed is not waited for."""
    port, log = sys.argv[1:]
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    for _ in sys.stdin:
        process = os.fork()
        if not process:
            serve(port, log)
            return
        sys.stdout.write(f"{process}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
