"""Names of the layers of isolation around programs."""

from enum import StrEnum


class Layer(StrEnum):
    """A layer of isolation, as users name it."""

    TWO_PROCESSES = "two_processes"
    SCRUBBED_ENVIRONMENT = "scrubbed_environment"
    PRIVATE_FOLDER = "private_folder"
    RLIMITS = "rlimits"
    UNPRIVILEGED_USER = "unprivileged_user"
    NO_NEW_PRIVILEGES = "no_new_privileges"
    USER_NAMESPACE = "user_namespace"
    PID_NAMESPACE = "pid_namespace"
    NETWORK_NAMESPACE = "network_namespace"
    IPC_NAMESPACE = "ipc_namespace"
    MOUNT_NAMESPACE = "mount_namespace"
    FOLDER_QUOTA = "folder_quota"
    HIDDEN_ANSWERS = "hidden_answers"
    LANDLOCK = "landlock"
    SECCOMP = "seccomp"
    CGROUP = "cgroup"


NAMESPACES = (
    Layer.USER_NAMESPACE,
    Layer.PID_NAMESPACE,
    Layer.NETWORK_NAMESPACE,
    Layer.IPC_NAMESPACE,
)
