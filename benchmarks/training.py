"""How fast a model is trained: our loss beside transformers' on the same HRM-Text weights.

Random weights, random tokens, causal, and every token is learnt unless `--prompt-tokens` says how
many of each row are not. A step is forward, backward and AdamW. Timed in turn, several times over:
ours with 5 back-propagated stack runs; transformers' `HrmTextForCausalLM` with `L_bp_cycles [0,
3]`, whose gradients are the same, which is checked first; and plain transformers of our blocks, one
with as many parameters and one with as much arithmetic a training token. Printed are medians of
tokens per second, the ratios to ours, and the share of the measured peak rate that the arithmetic
comes to, which is counted without logits that nobody needs.

    nox -s "bench(training)"          # or, with everything installed:
    python benchmarks/training.py --configs A --batch-size 16 --prompt-tokens 160
    python benchmarks/training.py --device cuda --dtype bfloat16 --compile

With `--dtype bfloat16` weights stay in float32 and products are taken in bfloat16 (autocast), as
hrm-train does. With `--compile` our stacks of blocks are compiled as hrm-train does, and all of
transformers' model. Fails if gradients differ, or if ours is slower than transformers.
"""

import argparse
import os
import platform
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import torch
import transformers
from torch import Tensor, nn

from hrm_core.checkpoint import Checkpoint
from hrm_core.costs import Costs, count_parameters, measure_costs
from hrm_core.layers import BlockStack
from hrm_core.model import IGNORED_LABEL, LanguageModel
from hrm_sapient.hrm_text import HrmText
from hrm_sapient.sizing import controls
from hrm_sapient.stack import SAPIENT
from hrm_train.progress import product_rate

_SHARED = {"vocab_size": 4096, "max_position_embeddings": 1024, "prefix_lm": False}
CONFIGS = {
    "A": {"hidden_size": 256, "num_layers_per_stack": 3, "num_attention_heads": 4, **_SHARED},
    "B": {"hidden_size": 512, "num_layers_per_stack": 4, "num_attention_heads": 8, **_SHARED},
}
OURS, PEER = "hrm-train", "transformers"
SAME_PARAMETERS, SAME_TRAINING = "plain, same parameters", "plain, same training"

# The same routing of gradients, said in both ways.
_BP_STEPS, _L_BP_CYCLES = 5, [0, 3]
# A gradient differs if it is off by so much of its norm; float32 in another order gives 1e-6.
_TOLERANCE = 1e-4
_CHECKED_ROWS = 2

# Of tokens and labels; a label is the token itself, or IGNORED_LABEL.
Loss = Callable[[Tensor, Tensor], Tensor]


@dataclass
class Method:
    """One way to train.

    Attributes:
        model: Its weights are updated.
        loss: Of rows of tokens, and of which of them are learnt.
        costs: Counted; transformers' model does what ours does.
        seconds: Of each timed step.
    """

    model: nn.Module
    loss: Loss
    costs: Costs
    seconds: list[float] = field(default_factory=list)

    def rate(self, num_tokens: int) -> float:
        """Return the tokens per second."""
        return num_tokens / statistics.median(self.seconds)


def our_loss(model: LanguageModel, **options: int) -> Loss:
    """Return the loss of a model of ours: each token predicts the one after it."""

    def loss(tokens_BT: Tensor, learnt_BT: Tensor) -> Tensor:
        labels_BT = learnt_BT.roll(-1, dims=1)
        labels_BT[:, -1] = IGNORED_LABEL
        return model.training_loss(tokens_BT, labels_BT, **options)

    return loss


def peer_loss(model: Any) -> Loss:
    """Return the same loss as transformers has it, which shifts the labels itself."""
    return lambda tokens_BT, learnt_BT: model(tokens_BT, labels=learnt_BT, use_cache=False).loss


def build(config: dict[str, Any], context: int, device: str) -> dict[str, Method]:
    """Return all methods, ours and transformers' with the same weights."""
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
    costs = measure_costs(HrmText, model.config, context, {"bp_steps": _BP_STEPS})
    methods = {
        OURS: Method(model, our_loss(model, bp_steps=_BP_STEPS), costs),
        PEER: Method(peer, peer_loss(peer), costs),
    }
    matched = controls(costs, model.config)
    for name, quantity in ((SAME_PARAMETERS, "parameters"), (SAME_TRAINING, "training_flops")):
        plain = SAPIENT.build(SAPIENT.parse(matched[quantity]), seed=0).to(device).train()
        found = measure_costs(type(plain), plain.config, context)
        methods[name] = Method(plain, our_loss(plain), found)
    return methods


def gradient_difference(methods: dict[str, Method], tokens_BT: Tensor, learnt_BT: Tensor) -> float:
    """Return by how much of its norm the worst gradient of ours differs from transformers'."""
    gradients = {}
    for name in (OURS, PEER):
        model = methods[name].model
        methods[name].loss(tokens_BT, learnt_BT).backward()
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
    """Compile our stacks of blocks as hrm-train does, and all of transformers' model."""
    for name, method in methods.items():
        if name == PEER:
            method.model.compile()
            continue
        for module in method.model.modules():
            if isinstance(module, BlockStack):
                module.compile(dynamic=False)


def measure(
    methods: dict[str, Method],
    tokens_BT: Tensor,
    learnt_BT: Tensor,
    arguments: argparse.Namespace,
) -> None:
    """Time all methods in turn, each once to warm up and then `runs` times."""
    dtype, device = getattr(torch, arguments.dtype), tokens_BT.device
    optimizers = {
        name: torch.optim.AdamW(method.model.parameters(), lr=1e-4, fused=True)
        for name, method in methods.items()
    }

    def step(name: str) -> None:
        with torch.autocast(device.type, dtype=dtype, enabled=dtype != torch.float32):
            loss = methods[name].loss(tokens_BT, learnt_BT)
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
    """Measure one config, print it, and return what fell short."""
    shape = (arguments.batch_size, arguments.tokens)
    methods = build(CONFIGS[name], arguments.tokens, arguments.device)
    generator = torch.Generator().manual_seed(0)
    tokens_BT = torch.randint(_SHARED["vocab_size"], shape, generator=generator)
    tokens_BT = tokens_BT.to(arguments.device)
    learnt_BT = tokens_BT.clone()
    learnt_BT[:, : arguments.prompt_tokens] = IGNORED_LABEL
    difference = gradient_difference(methods, tokens_BT[:_CHECKED_ROWS], learnt_BT[:_CHECKED_ROWS])
    if arguments.compile:
        compile_models(methods)
    peak = product_rate(tokens_BT.device, getattr(torch, arguments.dtype))
    measure(methods, tokens_BT, learnt_BT, arguments)
    learnt = 1.0 - arguments.prompt_tokens / arguments.tokens
    ratio = _print_table(name, methods, tokens_BT.numel(), learnt, peak)
    print(
        f"  peak {peak / 1e9:,.0f} GFLOP/s; gradients differ by {difference:.1e} at most",
        flush=True,
    )
    problems = []
    if difference > _TOLERANCE:
        problems.append(f"{name}: gradients differ by {difference:.1e}, allowed {_TOLERANCE}")
    if ratio < 1.0:
        problems.append(f"{name}: {ratio:.2f} times as fast as transformers, aimed at 1")
    return problems


def _print_table(
    title: str, methods: dict[str, Method], num_tokens: int, learnt: float, peak: float
) -> float:
    """Print the rates and return the ratio of ours to transformers'."""
    columns = f"{'parameters':>12}{'MFLOPs/token':>14}{'tokens/s':>10}{'ratio':>8}{'of peak':>9}"
    print(f"{title:26}{columns}")
    rates = {name: method.rate(num_tokens) for name, method in methods.items()}
    for name, method in methods.items():
        flops = method.costs.training_flops - (1.0 - learnt) * method.costs.label_flops
        print(
            f"  {name:24}{count_parameters(method.model):12,}{flops / 1e6:14.1f}"
            f"{rates[name]:10.0f}{rates[OURS] / rates[name]:7.2f}x{rates[name] * flops / peak:9.0%}"
        )
    return rates[OURS] / rates[PEER]


def main() -> None:
    """Measure what is asked for and say where it falls short."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--configs", nargs="+", choices=CONFIGS, default=list(CONFIGS))
    parser.add_argument("--batch-size", type=int, default=16)
    parser.add_argument("--tokens", type=int, default=256, help="of a row")
    parser.add_argument("--prompt-tokens", type=int, default=0, help="of each row, not learnt")
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--steps", type=int, default=1, help="of each run; many on a GPU")
    parser.add_argument("--device", default="cpu")
    parser.add_argument("--dtype", choices=("float32", "bfloat16"), default="float32")
    parser.add_argument("--compile", action="store_true")
    arguments = parser.parse_args()
    transformers.utils.logging.set_verbosity_error()
    transformers.utils.logging.disable_progress_bar()
    where = torch.cuda.get_device_name() if arguments.device == "cuda" else f"{os.cpu_count()} CPUs"
    print(
        f"{platform.platform()}, {where}, {torch.get_num_threads()} threads, torch "
        f"{torch.__version__}, transformers {transformers.__version__}, {arguments.dtype}, "
        f"{'compiled' if arguments.compile else 'eager'}"
    )
    print(
        f"{arguments.batch_size} x {arguments.tokens} tokens a step, {arguments.prompt_tokens} of "
        f"each row not learnt, medians of {arguments.runs} interleaved runs of {arguments.steps}"
    )
    problems = [text for name in arguments.configs for text in compare(name, arguments)]
    for text in problems:
        print(f"FELL SHORT: {text}")
    sys.exit(bool(problems))


if __name__ == "__main__":
    main()
