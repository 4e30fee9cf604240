"""The tokens that a run may still use of a server, which may cost money."""

from collections.abc import Callable

from hrm_core.errors import HrmError


class TokensUsedUpError(HrmError):
    """The next answer could exceed the number of tokens that the run may use."""


class TokenBudget:
    """Counts tokens. The most that the requests under way may use is set aside.

    Args:
        limit: Tokens that may be used in all; no limit if None.
        used: Tokens that are used already.
    """

    def __init__(self, limit: int | None, used: int) -> None:
        self._limit, self._used, self._set_aside = limit, used, 0

    def allows(self, most: int) -> bool:
        """Return whether the limit holds even if the next answer uses `most` tokens."""
        return self._limit is None or self._used + self._set_aside + most <= self._limit

    def begin(self, most: int) -> Callable[[int], None]:
        """Set tokens aside for a request; return what to call with the number it has used."""
        self._set_aside += most

        def end(num_tokens: int) -> None:
            self._set_aside -= most
            self._used += num_tokens

        return end

    def refusal(self, most: int) -> TokensUsedUpError:
        """Return the error for an answer that may use `most` tokens, which are too many."""
        limit = self._limit or 0
        return TokensUsedUpError(
            f"--max-total-tokens: {self._used} of {limit} tokens are used, and the next answer may "
            f"use {most}. The answers so far are kept. Continue with --resume and a larger number, "
            f"such as --max-total-tokens {max(2 * limit, self._used + most)}"
        )
