"""The stack `native`, the object that the entry point in `hrm.stacks` names."""

from hrm_core.stack import Stack
from hrm_native.native import NativeModel
from hrm_native.native_config import PRESETS
from hrm_native.special_tokens import SPECIAL_TOKENS, TOKEN_ROLES

NATIVE = Stack(
    name="native",
    architectures={"hrm_native": NativeModel},
    default_architecture="hrm_native",
    presets=PRESETS,
    default_presets={"hrm_native": "nano"},
    special_tokens=SPECIAL_TOKENS,
    token_roles=TOKEN_ROLES,
)
