"""The special tokens of a tokenizer for this stack, and what they mean."""

from types import MappingProxyType

from hrm_core.model import PromptFormat

PAD = "<|pad|>"
PROMPT = "<|prompt|>"
ANSWER = "<|answer|>"
END = "<|end|>"

# A token's place is its id.
SPECIAL_TOKENS = (PAD, PROMPT, ANSWER, END)

TOKEN_ROLES = MappingProxyType({"pad_token_id": PAD, "bos_token_id": PROMPT, "eos_token_id": END})

PROMPT_FORMAT = PromptFormat(begin=(PROMPT,), end=(ANSWER,))
