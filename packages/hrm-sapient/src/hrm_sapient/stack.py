"""The stack `sapient`, the object that the entry point in `hrm.stacks` names."""

from hrm_core.stack import Stack
from hrm_sapient import hrm_act_config, hrm_text_config, plain_transformer
from hrm_sapient.controls import controls
from hrm_sapient.hrm_act import HrmAct
from hrm_sapient.hrm_text import HrmText
from hrm_sapient.plain_transformer import PlainTransformer
from hrm_sapient.special_tokens import SPECIAL_TOKENS, TOKEN_ROLES

SAPIENT = Stack(
    name="sapient",
    architectures={"hrm_text": HrmText, "hrm_act": HrmAct, "transformer": PlainTransformer},
    default_architecture="hrm_text",
    presets={**hrm_text_config.PRESETS, **hrm_act_config.PRESETS, **plain_transformer.PRESETS},
    default_presets={
        "hrm_text": "nano",
        "hrm_act": "act-nano",
        "transformer": "transformer-nano",
    },
    special_tokens=SPECIAL_TOKENS,
    token_roles=TOKEN_ROLES,
    controls=controls,
)
