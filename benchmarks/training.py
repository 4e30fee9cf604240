"""Training speed of HRM-Text: our model against that of transformers, with the same weights.

Weights and tokens are random, attention is causal, and a step is forward, backward and AdamW. The
methods are timed in turn, several times:

- ours with `bp_steps` 5;
- transformers' `HrmTextForCausalLM` with `L_bp_cycles [0, 3]`, which has the same gradients; this
  is checked first;
- plain transformers of our blocks: one with as many parameters, one with as many training FLOPs
  per token.

The table shows the median tokens per second, the speed of ours relative to each method, and the
fraction of the measured peak rate of the device. FLOPs are counted without logits of tokens that
have no label, and attention as within each sequence.

By default every sequence fills its row and every token has a label. With `--shortest`, lengths are
random from that up to `--longest`; ours are packed into rows, those of transformers are padded to
the longest. With `--prompt`, that fraction of each sequence has no labels.

    nox -s "bench(training)"          # or, with everything installed:
    python benchmarks/training.py --configs A --batch-size 16
    python benchmarks/training.py --configs A --shortest 32 --prompt 0.6
    python benchmarks/training.py --configs nano --tokens 512 --shortest 60 --longest 250 \
        --prompt 0.75 --dtype bfloat16
    python benchmarks/training.py --device cuda --dtype bfloat16 --compile

On a CPU the process keeps freed memory for reuse, as hrm-train does; transformers benefits too.
With `--dtype bfloat16`, weights stay in float32 and products are computed in bfloat16 (autocast),
for ours without a cache of converted weights, as in hrm-train; gradients are compared in float32.
With `--compile`, our block stacks are compiled as in hrm-train, and the whole model of
transformers. The exit status is 1 if gradients differ, or if ours is slower than transformers.
"""

import argparse
import os
import platform
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Any, Self

import torch
import transformers
from torch import Tensor, nn

from hrm_core.checkpoint import Checkpoint
from hrm_core.costs import StepCosts, count_parameters, measure_costs, measure_step
from hrm_core.layers import BlockStack
from hrm_core.model import LanguageModel, TrainingBatch
from hrm_sapient.controls import controls
from hrm_sapient.hrm_text import HrmText
from hrm_sapient.stack import SAPIENT
from hrm_train.peak_rate import product_rate
from hrm_train.processes import keep_freed_memory
from hrm_train.sequences import TokenRow, TokenSequence, make_batch, pack

_SHARED = {"vocab_size": 4096, "max_position_embeddings": 1024, "prefix_lm": False}
CONFIGS = {
    "A": {"hidden_size": 256, "num_layers_per_stack": 3, "num_attention_heads": 4, **_SHARED},
    "B": {"hidden_size": 512, "num_layers_per_stack": 4, "num_attention_heads": 8, **_SHARED},
    "nano": {"hidden_size": 256, "num_layers_per_stack": 2, "num_attention_heads": 4, **_SHARED,
             "vocab_size": 2048},
}  # fmt: skip
OURS, PEER = "hrm-train", "transformers"
SAME_PARAMETERS, SAME_TRAINING = "plain, same parameters", "plain, same training"

# The same truncated back-propagation, in our setting and in that of transformers.
_BP_STEPS, _L_BP_CYCLES = 5, [0, 3]
# Allowed difference of a gradient relative to its norm. Another order in float32 gives 1e-6.
_TOLERANCE = 1e-4
_CHECKED_ROWS = 2

Loss = Callable[["Batch"], Tensor]


@dataclass(frozen=True)
class Batch:
    """The same sequences in the layouts of all methods.

    Attributes:
        ours: Packed rows if the sequences differ in length, otherwise one sequence per row.
        padded: One sequence per row, padded to the longest.
        num_tokens: Number of tokens without padding.
        num_labels: Number of tokens with a label.
    """

    ours: TrainingBatch
    padded: TrainingBatch
    num_tokens: int
    num_labels: int

    @classmethod
    def of(cls, rows: Sequence[TokenRow], row_length: int, device: str) -> Self:
        """Return the batch of these rows in both layouts."""
        sequences = [sequence for row in rows for sequence in row]
        single = [(sequence,) for sequence in sequences]
        longest = max(sequence.length for sequence in sequences)
        is_packed = any(sequence.length != row_length for sequence in sequences)
        return cls(
            _layout(rows, row_length, device, is_packed=is_packed),
            _layout(single, longest, device, is_packed=False),
            sum(sequence.length for sequence in sequences),
            sum(sequence.num_labels for sequence in sequences),
        )


def _layout(
    rows: Sequence[TokenRow], row_length: int, device: str, *, is_packed: bool
) -> TrainingBatch:
    return make_batch(rows, row_length, is_packed=is_packed, prefix_lm=False, pad_id=0).to(device)


def draw_rows(arguments: argparse.Namespace, vocab_size: int) -> list[TokenRow]:
    """Return `--batch-size` rows of random sequences, packed like the first rows of a training."""
    draw = random.Random(0)
    longest = arguments.longest or arguments.tokens
    shortest = arguments.shortest or longest

    def sequences() -> Iterator[TokenSequence]:
        while True:
            length = draw.randint(shortest, longest)
            tokens = tuple(draw.randrange(vocab_size) for _ in range(length + 1))
            yield TokenSequence("", tokens, int(arguments.prompt * length))

    return list(islice(pack(sequences(), arguments.tokens), arguments.batch_size))


def mean_context(rows: Sequence[TokenRow]) -> int:
    """Return the length of the sequence of an average token."""
    lengths = [sequence.length for row in rows for sequence in row]
    return round(sum(length**2 for length in lengths) / sum(lengths))


@dataclass
class Method:
    """One of the methods that are compared.

    Attributes:
        model: The model that is trained.
        loss: Returns the loss of a batch.
        costs: FLOPs of a step. That of transformers gets the costs of ours.
        seconds: Time per step of each timed run.
    """

    model: nn.Module
    loss: Loss
    costs: StepCosts
    seconds: list[float] = field(default_factory=list)


def our_loss(model: LanguageModel, **options: int) -> Loss:
    """Return the loss function of one of our models."""

    def loss(batch: Batch) -> Tensor:
        return model.training_loss(batch.ours, **options)

    return loss


def peer_loss(model: Any) -> Loss:
    """Return the loss function of transformers. Padding comes last, so no real token sees it."""

    def loss(batch: Batch) -> Tensor:
        tokens_BT, labels_BT = batch.padded.tokens_BT, batch.padded.labels_BT
        return model(tokens_BT, labels=labels_BT, shift_labels=labels_BT, use_cache=False).loss

    return loss


def build(config: dict[str, Any], context: int, device: str) -> dict[str, Method]:
    """Return all methods; ours and the one of transformers have the same weights."""
    model = SAPIENT.build(SAPIENT.parse(config), seed=0)
    assert isinstance(model, HrmText)
    with tempfile.TemporaryDirectory() as folder:
        Checkpoint(
            model=model, stack="sapient", tokenizer=None, prompt_format=model.prompt_format
        ).save(folder)
        peer = transformers.AutoModelForCausalLM.from_pretrained(
            folder, dtype=torch.float32, L_bp_cycles=_L_BP_CYCLES
        )
    model, peer = model.to(device).train(), peer.to(device).train()
    costs = measure_step(HrmText, model.config, context)
    methods = {
        OURS: Method(model, our_loss(model, bp_steps=_BP_STEPS), costs),
        PEER: Method(peer, peer_loss(peer), costs),
    }
    matched = controls(measure_costs(HrmText, model.config, context), model.config)
    for name, quantity in ((SAME_PARAMETERS, "parameters"), (SAME_TRAINING, "training_flops")):
        plain = SAPIENT.build(SAPIENT.parse(matched[quantity]), seed=0).to(device).train()
        costs = measure_step(type(plain), plain.config, context)
        methods[name] = Method(plain, our_loss(plain), costs)
    return methods


def gradient_difference(methods: dict[str, Method], batch: Batch) -> float:
    """Return the largest difference between a gradient of ours and of transformers.

    It is relative to the norm of the gradient.
    """
    gradients = {}
    for name in (OURS, PEER):
        model = methods[name].model
        methods[name].loss(batch).backward()
        gradients[name] = {
            key: parameter.grad
            for key, parameter in model.named_parameters()
            if parameter.grad is not None
        }
    ours, theirs = gradients[OURS], HrmText.from_published(gradients[PEER])
    assert ours.keys() == theirs.keys(), sorted(ours.keys() ^ theirs.keys())
    for name in (OURS, PEER):
        methods[name].model.zero_grad(set_to_none=True)
    return max(float((ours[key] - theirs[key]).norm() / theirs[key].norm()) for key in ours)


def compile_models(methods: dict[str, Method]) -> None:
    """Compile our block stacks as hrm-train does, and the whole model of transformers."""
    for name, method in methods.items():
        if name == PEER:
            method.model.compile()
            continue
        for module in method.model.modules():
            if isinstance(module, BlockStack):
                module.compile(dynamic=False)


def measure(methods: dict[str, Method], batch: Batch, arguments: argparse.Namespace) -> None:
    """Time all methods in turn: one run of each to warm up, then `runs` timed runs."""
    dtype, device = getattr(torch, arguments.dtype), torch.device(arguments.device)
    optimizers = {
        name: torch.optim.AdamW(method.model.parameters(), lr=1e-4, fused=True)
        for name, method in methods.items()
    }

    def step(name: str) -> None:
        with torch.autocast(
            device.type,
            dtype=dtype,
            enabled=dtype != torch.float32,
            cache_enabled=name == PEER,
        ):
            loss = methods[name].loss(batch)
        loss.backward()
        optimizers[name].step()
        optimizers[name].zero_grad(set_to_none=True)

    for run in range(-1, arguments.runs):
        for name, method in methods.items():
            if device.type == "cuda":
                torch.cuda.synchronize()
            began = time.perf_counter()
            for _ in range(arguments.steps):
                step(name)
            if device.type == "cuda":
                torch.cuda.synchronize()
            if run >= 0:
                method.seconds.append((time.perf_counter() - began) / arguments.steps)


def compare(name: str, arguments: argparse.Namespace) -> list[str]:
    """Measure one config, print the results, and return the failures."""
    config, layout = CONFIGS[name], (arguments.tokens, arguments.device)
    rows = draw_rows(arguments, config["vocab_size"])
    methods = build(config, mean_context(rows), arguments.device)
    batch = Batch.of(rows, *layout)
    difference = gradient_difference(methods, Batch.of(rows[:_CHECKED_ROWS], *layout))
    if arguments.compile:
        compile_models(methods)
    peak = product_rate(torch.device(arguments.device), getattr(torch, arguments.dtype))
    measure(methods, batch, arguments)
    ratio = _print_table(name, methods, batch, peak)
    ours, padded = batch.ours.tokens_BT.shape, batch.padded.tokens_BT.shape
    print(
        f"  {batch.num_tokens:,} tokens, {batch.num_labels:,} labels; rows: ours {ours[0]} of "
        f"{ours[1]}, padded {padded[0]} of {padded[1]}\n"
        f"  peak {peak / 1e9:,.0f} GFLOP/s; gradients differ by {difference:.1e} at most",
        flush=True,
    )
    failures = []
    if difference > _TOLERANCE:
        failures.append(f"{name}: gradients differ by {difference:.1e}, allowed {_TOLERANCE}")
    if ratio < 1.0:
        failures.append(f"{name}: {ratio:.2f} times the speed of transformers, expected at least 1")
    return failures


def _print_table(title: str, methods: dict[str, Method], batch: Batch, peak: float) -> float:
    """Print the rates and return our speed relative to transformers."""
    columns = f"{'parameters':>12}{'MFLOPs/token':>14}{'tokens/s':>10}{'ratio':>8}{'of peak':>9}"
    print(f"{title:26}{columns}")
    share_unlabeled = 1.0 - batch.num_labels / batch.num_tokens
    rates = {
        name: batch.num_tokens / statistics.median(method.seconds)
        for name, method in methods.items()
    }
    for name, method in methods.items():
        flops = method.costs.flops - share_unlabeled * method.costs.label_flops
        print(
            f"  {name:24}{count_parameters(method.model):12,}{flops / 1e6:14.1f}"
            f"{rates[name]:10.0f}{rates[OURS] / rates[name]:7.2f}x{rates[name] * flops / peak:9.0%}"
        )
    return rates[OURS] / rates[PEER]


def main() -> None:
    """Measure the chosen configs and exit with status 1 if one fails."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--configs", nargs="+", choices=CONFIGS, default=list(CONFIGS))
    parser.add_argument("--batch-size", type=int, default=16)
    parser.add_argument("--tokens", type=int, default=256, help="row length")
    parser.add_argument("--longest", type=int, help="longest sequence (default: --tokens)")
    parser.add_argument("--shortest", type=int, help="shortest sequence (default: --longest)")
    parser.add_argument("--prompt", type=float, default=0.0, help="fraction without labels")
    parser.add_argument("--runs", type=int, default=3, help="timed runs of each method")
    parser.add_argument("--steps", type=int, default=1, help="steps per run; use many on a GPU")
    parser.add_argument("--device", default="cpu")
    parser.add_argument("--dtype", choices=("float32", "bfloat16"), default="float32")
    parser.add_argument("--compile", action="store_true")
    arguments = parser.parse_args()
    transformers.utils.logging.set_verbosity_error()
    transformers.utils.logging.disable_progress_bar()
    if arguments.device == "cpu":
        keep_freed_memory()
    where = torch.cuda.get_device_name() if arguments.device == "cuda" else f"{os.cpu_count()} CPUs"
    print(
        f"{platform.platform()}, {where}, {torch.get_num_threads()} threads, torch "
        f"{torch.__version__}, transformers {transformers.__version__}, {arguments.dtype}, "
        f"{'compiled' if arguments.compile else 'eager'}"
    )
    print(f"Medians of {arguments.runs} interleaved runs of {arguments.steps}")
    failures = [text for name in arguments.configs for text in compare(name, arguments)]
    for text in failures:
        print(f"FELL SHORT: {text}")
    sys.exit(bool(failures))


if __name__ == "__main__":
    main()
