"""The address of a Ray cluster, checked without Ray, which would wait for minutes."""

import os
import socket
from urllib.parse import urlsplit

from hrm_core.errors import UsageError

VARIABLE = "RAY_ADDRESS"

_SECONDS = 10.0
_CURE = (
    "Name the cluster as HOST:6379, or unset the variable to use the cluster of this machine, or "
    "to start one on it"
)


def check_address() -> None:
    """Check that something answers at the address that `RAY_ADDRESS` names, if it names one.

    Raises:
        UsageError: If nothing answers, or the address has a wrong form.
    """
    address = os.environ.get(VARIABLE, "")
    if address in ("", "auto", "local"):
        return
    if "://" in address:
        raise UsageError(
            f"{VARIABLE}: expected HOST:PORT, got {address!r}. Addresses of Ray Client are not "
            "supported; start hrm-eval on a machine of the cluster, or with: ray job submit"
        )
    try:
        parts = urlsplit(f"//{address}")
        host, port = parts.hostname, parts.port
    except ValueError:
        host, port = None, None
    if host is None or port is None:
        raise UsageError(f"{VARIABLE}: expected HOST:PORT, got {address!r}. {_CURE}")
    try:
        socket.create_connection((host, port), timeout=_SECONDS).close()
    except OSError as error:
        raise UsageError(
            f"{VARIABLE}: no Ray cluster answers at {address!r}: {error.strerror or error}. {_CURE}"
        ) from error
