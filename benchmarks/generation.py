"""How fast tokens are generated: our engine beside transformers on the same HRM-Text weights.

Random weights, random prompts, greedy. Our engine, and transformers' `generate` with its dynamic
and its static cache, run in turn, several times over; their tokens must be equal. Printed are
medians of tokens per second, of a whole generation and of decoding alone (without the first token,
which is the reading of the prompt), the ratios to the better of the two caches, and beside them the
physical floor of a decoding step: the larger of the bytes of weights and cache that it reads over
the measured rate of memory, and its arithmetic over the measured rate of products.

    nox -s "bench(generation)"        # or, with everything installed:
    python benchmarks/generation.py --configs A --batch-sizes 1 8 32
    HRM_KERNEL=off python benchmarks/generation.py     # our engine without its kernel

Fails if tokens differ in float32, or a ratio of decoding falls short of what is aimed at.
"""

import argparse
import os
import platform
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

import torch
import transformers

from hrm_core.checkpoint import Checkpoint
from hrm_core.costs import measure_costs
from hrm_core.decoding import Decoder
from hrm_core.generation import GenerationRequest, SamplingParams
from hrm_core.kernels.build import load_kernel
from hrm_core.model import LanguageModel
from hrm_core.stepping import StackModel
from hrm_sapient.hrm_text import HrmText
from hrm_sapient.stack import SAPIENT

_SHARED = {"vocab_size": 4096, "max_position_embeddings": 1024}
CONFIGS = {
    "A": {"hidden_size": 256, "num_layers_per_stack": 3, "num_attention_heads": 4, **_SHARED},
    "B": {"hidden_size": 512, "num_layers_per_stack": 4, "num_attention_heads": 8, **_SHARED},
}
OURS, DYNAMIC, STATIC = "hrm-core", "transformers, dynamic", "transformers, static"

# What is aimed at, as ratios of decoding; other batch sizes of A and B are aimed at 1.5.
AIMS = {
    "cpu": {("A", 1): 3.0, ("A", 8): 2.5, ("A", 32): 2.0},
    "cuda": {("A", 1): 10.0, ("A", 32): 5.0},
}
_LEAST = 1.5

Tokens = list[list[int]]
Method = Callable[[Tokens, int], Tokens]


def generate_with_ours(model: LanguageModel, prompts: Tokens, count: int) -> Tokens:
    """Return the new tokens of each prompt by our engine."""
    decoder = Decoder(
        model=StackModel(model),
        encode_prompt=lambda text: prompts[int(text)],
        decode_tokens=lambda ids: " ".join(map(str, ids)),
        eos_token_ids=frozenset(),
        context_length=model.config.max_position_embeddings,
        batch_size=len(prompts),
    )
    requests = [GenerationRequest(prompt=str(number)) for number in range(len(prompts))]
    found = {
        finished.request: finished.generation.text
        for finished in decoder.generate(requests, SamplingParams(max_new_tokens=count))
    }
    return [[int(word) for word in found[number].split()] for number in range(len(prompts))]


@torch.inference_mode()
def generate_with_transformers(
    model: Any, prompts: Tokens, count: int, *, cache: str | None
) -> Tokens:
    """Return the new tokens of each prompt by `generate`, the prompt read in both directions."""
    tokens_BT = torch.tensor(prompts, device=model.device)
    out_BT = model.generate(
        tokens_BT,
        attention_mask=torch.ones_like(tokens_BT),
        token_type_ids=torch.ones_like(tokens_BT),
        max_new_tokens=count,
        min_new_tokens=count,
        do_sample=False,
        pad_token_id=0,
        cache_implementation=cache,
    )
    new: Tokens = out_BT[:, tokens_BT.shape[1] :].tolist()
    return new


@dataclass
class Timing:
    """Seconds of one method in each run: to the first token, and to the last."""

    first: list[float]
    last: list[float]

    def total_rate(self, batch: int, count: int) -> float:
        """Return the tokens per second of whole generations."""
        return batch * count / statistics.median(self.last)

    def decode_seconds(self) -> float:
        """Return the seconds from the first token to the last."""
        pairs = zip(self.first, self.last, strict=True)
        return statistics.median(last - first for first, last in pairs)

    def decode_rate(self, batch: int, count: int) -> float:
        """Return the tokens per second without the first."""
        return batch * (count - 1) / self.decode_seconds()


def timed(method: Method, prompts: Tokens, count: int) -> tuple[float, Tokens]:
    """Return how long a method takes, and its tokens."""
    if torch.cuda.is_available():
        torch.cuda.synchronize()
    began = time.perf_counter()
    tokens = method(prompts, count)
    return time.perf_counter() - began, tokens


def measure(
    methods: dict[str, Method], prompts: Tokens, count: int, runs: int
) -> tuple[dict[str, Timing], dict[str, Tokens]]:
    """Run all methods in turn, each once to warm up and then `runs` times."""
    timings = {name: Timing([], []) for name in methods}
    tokens: dict[str, Tokens] = {}
    for run in range(-1, runs):
        for name, method in methods.items():
            # A warm-up goes through all shapes where they are compiled or recorded.
            warm_count = count if torch.cuda.is_available() else 2
            first, _ = timed(method, prompts, 1)
            last, found = timed(method, prompts, count if run >= 0 else warm_count)
            if run >= 0:
                timings[name].first.append(first)
                timings[name].last.append(last)
                tokens[name] = found
    return timings, tokens


def read_rate(num_bytes: int, device: torch.device) -> float:
    """Return the bytes per second at which so many bytes are read time and again."""
    buffer = torch.ones(max(1, num_bytes // 4), device=device)
    return num_bytes / _best_seconds(buffer.sum, device)


def product_rate(device: torch.device, dtype: torch.dtype) -> float:
    """Return the floating-point operations per second of a large matrix product."""
    size = 8192 if device.type == "cuda" else 1536
    left = torch.randn(size, size, device=device, dtype=dtype)
    return 2 * size**3 / _best_seconds(lambda: left @ left, device)


def _best_seconds(call: Callable[[], object], device: torch.device) -> float:
    taken = []
    for _ in range(7):
        began = time.perf_counter()
        call()
        if device.type == "cuda":
            torch.cuda.synchronize()
        taken.append(time.perf_counter() - began)
    return min(taken)


def floor_seconds(model: HrmText, batch: int, length: int) -> tuple[float, float]:
    """Return what a decoding step takes at least, by memory and by arithmetic.

    Args:
        model: Its weights are read once for each run of a stack.
        batch: Rows.
        length: Tokens that a row holds, on average.
    """
    device, dtype = model.lm_head.weight.device, model.lm_head.weight.dtype
    config = model.config
    stack = sum(p.numel() for p in model.model.L_module.parameters())
    head = model.lm_head.weight.numel()
    calls = config.H_cycles * (config.L_cycles + 1)
    weights = (calls * stack + head) * dtype.itemsize
    distinct = (2 * stack + head) * dtype.itemsize
    cache = batch * length * model.cache_bytes_per_token
    memory = weights / read_rate(distinct, device) + cache / read_rate(max(cache, 1), device)
    flops = measure_costs(HrmText, config, length).forward_flops
    return memory, batch * flops / product_rate(device, dtype)


def build(config: dict[str, Any], device: str, dtype: torch.dtype) -> tuple[HrmText, Any]:
    """Return the same random weights as a model of ours and as one of transformers."""
    model = SAPIENT.build(SAPIENT.parse(config), seed=0).to(device=device, dtype=dtype)
    assert isinstance(model, HrmText)
    with tempfile.TemporaryDirectory() as folder:
        Checkpoint(
            model=model, stack="sapient", tokenizer=None, prompt_format=model.prompt_format
        ).save(folder)
        peer = transformers.AutoModelForCausalLM.from_pretrained(folder, dtype=dtype)
    return model, peer.to(device).eval()


def compare(name: str, arguments: argparse.Namespace) -> list[str]:
    """Measure one config at all batch sizes, print it, and return what fell short."""
    dtype = getattr(torch, arguments.dtype)
    model, peer = build(CONFIGS[name], arguments.device, dtype)
    methods: dict[str, Method] = {
        OURS: partial(generate_with_ours, model),
        DYNAMIC: partial(generate_with_transformers, peer, cache=None),
        STATIC: partial(generate_with_transformers, peer, cache="static"),
    }
    problems = []
    for batch in arguments.batch_sizes:
        generator = torch.Generator().manual_seed(batch)
        shape = (batch, arguments.prompt_tokens)
        prompts = torch.randint(_SHARED["vocab_size"], shape, generator=generator).tolist()
        count = arguments.new_tokens
        timings, tokens = measure(methods, prompts, count, arguments.runs)
        ratio = _print_table(f"{name}, batch {batch}", timings, batch, count)
        _print_floor(model, timings[OURS], batch, arguments)
        aim = AIMS.get(arguments.device, {}).get((name, batch), _LEAST)
        if ratio < aim:
            problems.append(f"{name}, batch {batch}: {ratio:.2f} times, aimed at {aim}")
        problems += _differences(f"{name}, batch {batch}", tokens, dtype)
    return problems


def _print_table(title: str, timings: dict[str, Timing], batch: int, count: int) -> float:
    """Print the rates and return the ratio of decoding to the better cache of transformers."""
    print(f"{title:28}{'tokens/s':>10}{'ratio':>8}{'decoding':>10}{'ratio':>8}{'ms/step':>9}")
    total = {name: timing.total_rate(batch, count) for name, timing in timings.items()}
    decode = {name: timing.decode_rate(batch, count) for name, timing in timings.items()}
    for name, timing in timings.items():
        step = 1000 * timing.decode_seconds() / (count - 1)
        ratios = f"{total[OURS] / total[name]:7.2f}x", f"{decode[OURS] / decode[name]:7.2f}x"
        print(
            f"  {name:26}{total[name]:10.0f}{ratios[0]}{decode[name]:10.0f}{ratios[1]}{step:9.2f}"
        )
    best_total, best = (max(rates[DYNAMIC], rates[STATIC]) for rates in (total, decode))
    print(
        f"  ours is {total[OURS] / best_total:.2f} times as fast as the better cache, "
        f"{decode[OURS] / best:.2f} times in decoding"
    )
    return decode[OURS] / best


def _print_floor(model: HrmText, timing: Timing, batch: int, arguments: argparse.Namespace) -> None:
    length = arguments.prompt_tokens + arguments.new_tokens // 2
    memory, arithmetic = floor_seconds(model, batch, length)
    step = timing.decode_seconds() / (arguments.new_tokens - 1)
    print(
        f"  floor of a step: {1000 * memory:.2f} ms of memory, {1000 * arithmetic:.2f} ms of "
        f"arithmetic; ours takes {step / max(memory, arithmetic):.2f} times the larger",
        flush=True,
    )


def _differences(title: str, tokens: dict[str, Tokens], dtype: torch.dtype) -> list[str]:
    """Print how many rows agree; a row that does not is a problem, unless rounding is coarse."""
    problems = []
    for name in (DYNAMIC, STATIC):
        pairs = list(zip(tokens[OURS], tokens[name], strict=True))
        equal = sum(ours == theirs for ours, theirs in pairs)
        if equal < len(pairs):
            text = f"{title}: {len(pairs) - equal} of {len(pairs)} rows differ from {name}"
            print(f"  {text}")
            problems += [text] if dtype == torch.float32 else []
    if not problems:
        print("  the tokens are equal" if dtype == torch.float32 else "")
    return problems


def main() -> None:
    """Measure what is asked for and say where it falls short."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--configs", nargs="+", choices=CONFIGS, default=list(CONFIGS))
    parser.add_argument("--batch-sizes", nargs="+", type=int, default=[1, 8, 32])
    parser.add_argument("--prompt-tokens", type=int, default=128)
    parser.add_argument("--new-tokens", type=int, default=128)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--device", default="cpu")
    parser.add_argument("--dtype", choices=("float32", "bfloat16"), default="float32")
    arguments = parser.parse_args()
    transformers.utils.logging.set_verbosity_error()
    transformers.utils.logging.disable_progress_bar()
    device = torch.device(arguments.device)
    where = torch.cuda.get_device_name() if device.type == "cuda" else f"{os.cpu_count()} CPUs"
    print(
        f"{platform.platform()}, {where}, {torch.get_num_threads()} threads, torch "
        f"{torch.__version__}, transformers {transformers.__version__}, {arguments.dtype}"
    )
    print(f"decoding kernel: {load_kernel().state}")
    print(
        f"{arguments.prompt_tokens} + {arguments.new_tokens} tokens, greedy, medians of "
        f"{arguments.runs} interleaved runs"
    )
    problems = [text for name in arguments.configs for text in compare(name, arguments)]
    for text in problems:
        print(f"FELL SHORT: {text}")
    sys.exit(bool(problems))


if __name__ == "__main__":
    main()
