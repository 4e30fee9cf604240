"""The stack `sapient`, as the entry point `hrm.stacks` names it."""

from hrm_core.model import Stack
from hrm_sapient.hrm_text import HrmText
from hrm_sapient.hrm_text_config import PRESETS
from hrm_sapient.special_tokens import SPECIAL_TOKENS, TOKEN_ROLES

SAPIENT = Stack(
    name="sapient",
    architectures={"hrm_text": HrmText},
    default_architecture="hrm_text",
    presets=PRESETS,
    default_presets={"hrm_text": "nano"},
    special_tokens=SPECIAL_TOKENS,
    token_roles=TOKEN_ROLES,
)
