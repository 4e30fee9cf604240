"""The special tokens of a tokenizer for this stack, with their meaning."""

from types import MappingProxyType

from hrm_core.model import PromptFormat

PAD = "<|pad|>"
PROMPT = "<|prompt|>"
ANSWER = "<|answer|>"
END = "<|end|>"

# The index of a token is its id.
SPECIAL_TOKENS = (PAD, PROMPT, ANSWER, END)

TOKEN_ROLES = MappingProxyType({"pad_token_id": PAD, "bos_token_id": PROMPT, "eos_token_id": END})

PROMPT_FORMAT = PromptFormat(begin=(PROMPT,), end=(ANSWER,))
