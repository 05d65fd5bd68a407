"""Opens the dashboard in the reader's browser once it listens: ``python -m timeline.opening PORT``."""

from __future__ import annotations

import socket
import sys
import time
import webbrowser

_PATIENCE = 60.0
"""Seconds until the server is given up on."""


def wait_for(port: int, patience: float = _PATIENCE) -> bool:
    """Whether something listens on a local port within `patience` seconds."""
    end = time.monotonic() + patience
    while time.monotonic() < end:
        with socket.socket() as probe:
            probe.settimeout(1)
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return True
        time.sleep(0.1)
    return False


def main() -> None:
    """Waits for the port and opens the browser, if there is one."""
    port = int(sys.argv[1])
    if wait_for(port):
        webbrowser.open(f"http://localhost:{port}")


if __name__ == "__main__":
    main()
