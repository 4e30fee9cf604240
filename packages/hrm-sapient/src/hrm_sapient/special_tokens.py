"""The special tokens of the published tokenizer, with their published ids and their meaning.

A tokenizer trained here has the same ids, so the prompt format is the same with both.
"""

from types import MappingProxyType

from hrm_core.model import PromptFormat

PAD = "<|endoftext|>"
PROMPT_BEGIN = "<|im_start|>"
PROMPT_END = "<|im_end|>"
ANSWER_END = "<|box_end|>"

# The kind of answer that a prompt asks for; a prompt may contain several.
DIRECT = "<|object_ref_start|>"
CHAIN_OF_THOUGHT = "<|object_ref_end|>"
NOISY = "<|quad_start|>"
SYNTHETIC = "<|quad_end|>"

# The index of a token is its id.
SPECIAL_TOKENS = (
    "<|PAD|>",
    "<|reserved_1|>",
    "<|reserved_2|>",
    "<|reserved_3|>",
    "<|reserved_4|>",
    PAD,
    PROMPT_BEGIN,
    PROMPT_END,
    DIRECT,
    CHAIN_OF_THOUGHT,
    "<|box_start|>",
    ANSWER_END,
    NOISY,
    SYNTHETIC,
)

TOKEN_ROLES = MappingProxyType(
    {"pad_token_id": PAD, "bos_token_id": PROMPT_BEGIN, "eos_token_id": ANSWER_END}
)

PROMPT_FORMAT = PromptFormat(begin=(PROMPT_BEGIN, DIRECT), end=(PROMPT_END,))
