"""The generation stage: problems in, `completions.jsonl` out."""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import ExitStack
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

from hrm_core.chat import Chat
from hrm_core.errors import DataError, UsageError
from hrm_core.generation import (
    CountingGenerator,
    Finished,
    FinishReason,
    GenerationRequest,
    Generator,
    SamplingParams,
    derive_seed,
)
from hrm_core.model_folder import read_json
from hrm_datasets import Problem, ProblemSet, load_problems
from hrm_datasets.prompts import NUM_EXAMPLES, PromptStyle, render_in_style, stop_strings
from hrm_eval.completions import Completion, read_own
from hrm_eval.engines import EngineOptions, Opener, choose_engine, open_model
from hrm_eval.extraction import extract_code
from hrm_eval.progress import StageProgress, activity, print_notes
from hrm_eval.prompt_styles import find_style
from hrm_eval.records import RecordWriter, write_whole
from hrm_eval.run_config import RunConfig, refuse_equal_answers
from hrm_eval.run_folder import RunFolder

# Where a server is, in the description of a model; the same one may be on several.
URL = "url"
# What a server calls the model; unknown as long as it has given no answer.
_SERVED_MODEL = "served_model"


def generate_completions(
    config: RunConfig, problems: ProblemSet, folder: RunFolder, opener: Opener | None = None
) -> list[Completion]:
    """Generate the missing answers and write them; return all answers in the order of the problems.

    The config is written to the folder only after the model is open and has taken every prompt. A
    prompt that leaves no room in the context of the model gets an empty program.

    Args:
        config: Settings of the run, with a `model_reference`.
        problems: The problems to answer.
        folder: Folder of the run; answers that it already contains are kept.
        opener: Opens the model; opens what `model_reference` refers to if None.

    Raises:
        UsageError: If the model cannot answer, is not the one that gave the earlier answers, the
            config wants fewer answers to a problem than there are, or another process writes
            answers.
        DataError: If the folder contains an answer to another problem.
    """
    position = {problem.task_id: index for index, problem in enumerate(problems)}
    completions = {completion.key: completion for completion in read_own(folder.completions)}
    for task_id, sample in completions:
        if task_id not in position:
            raise DataError(
                f"{folder.completions}: sample {sample} of {task_id} does not belong to this run."
            )
    _refuse_fewer_samples(completions, config.sampling.num_samples)
    total = len(problems) * config.sampling.num_samples
    if len(completions) < total:
        style = find_style(config.prompt)
        requests = _requests(config, problems, style)
        done = {
            (position[task_id], sample): completion.num_tokens
            for (task_id, sample), completion in completions.items()
        }
        used = sum(c.num_prompt_tokens + c.num_tokens for c in completions.values())
        options = EngineOptions(
            **config.engine.model_dump(),
            problems=problems,
            model_stack=config.model_stack,
            chat=make_chat(config, style),
            server=config.server,
            num_tokens_used=used,
        )
        is_opened_here = opener is None
        if opener is None:
            check_variety(config)
            opener = partial(open_model, str(config.model_reference))
        generator, stream = _open_stream(config, options, requests, done, folder, opener)
        description = _same_model(folder, generator) if done else generator.description
        if is_opened_here:
            print_notes(_bare_prompt_notes(config, options.chat, generator, style))
        with ExitStack() as stack:
            writer = stack.enter_context(RecordWriter(folder.completions))
            _claim(folder, config, description)
            progress = stack.enter_context(
                StageProgress(
                    "generated",
                    total=total,
                    done=len(completions),
                    count_tokens=token_counter(generator),
                    note="reading the prompts",
                )
            )
            for finished in stream:
                request, problem = requests[finished.request], problems.problems[finished.request]
                completion = make_completion(problem, request, finished, config, style)
                writer.append(completion.to_record())
                completions[completion.key] = completion
                progress.advance(_note(completion), num_tokens=completion.num_tokens)
    return sorted(completions.values(), key=lambda c: (position[c.task_id], c.sample))


def check_variety(config: RunConfig) -> None:
    """Refuse several answers to a problem that would all be the same.

    Raises:
        UsageError: If a model that runs here is to give several answers at temperature 0.
    """
    engine, _ = choose_engine(str(config.model_reference), config.model_stack)
    if engine in ("local", "transformers"):
        refuse_equal_answers(config.sampling)


def _refuse_fewer_samples(keys: Iterable[tuple[str, int]], num_samples: int) -> None:
    """Refuse a smaller number of samples than a problem has already."""
    last = max((sample for _, sample in keys), default=0)
    if last >= num_samples:
        raise UsageError(
            f"--samples: the run has {last + 1} answers to a problem already, got {num_samples}. "
            f"Use --samples {last + 1} or more, or start a new run in another folder"
        )


def _open_stream(
    config: RunConfig,
    options: EngineOptions,
    requests: list[GenerationRequest],
    done: Mapping[tuple[int, int], int],
    folder: RunFolder,
    opener: Opener,
) -> tuple[Generator, Iterator[Finished]]:
    """Open the model, and return it with its new answers."""
    earlier = read_json(folder.model) if done else {}
    if options.batch_size is None and "batch_size" in earlier:
        # Use the batch size of the first run, because another one would round differently.
        options = replace(options, batch_size=int(earlier["batch_size"]))
    with activity(f"loading the model {config.model_reference}"):
        generator = opener(options)
        fields = set(SamplingParams.model_fields)
        params = SamplingParams(**config.sampling.model_dump(include=fields))
        stream = generator.generate(requests, params, done=done)
    return generator, stream


def _claim(folder: RunFolder, config: RunConfig, description: Mapping[str, Any]) -> None:
    """Write the settings and the model to the folder, whose completions are locked."""
    # The results of fewer samples are not those of this run.
    for results in (folder.summary, folder.report):
        results.unlink(missing_ok=True)
    folder.claim(config.model_dump())
    write_whole(folder.model, json.dumps(dict(description), indent=2) + "\n")


def _bare_prompt_notes(
    config: RunConfig, chat: Chat, generator: Generator, style: PromptStyle
) -> Iterator[str]:
    """Yield what to know about a model without a chat template, in a style made for a chat."""
    is_bare = getattr(generator, "is_chat", True) is False and chat.template is not False
    if is_bare and not style.stop:
        yield (
            f"{config.model_reference} has no chat template, so it continues the bare prompts, and "
            f"the style {config.prompt!r} has no strings that stop it. For a base model, use "
            "--prompt few-shot"
        )


def make_chat(config: RunConfig, style: PromptStyle) -> Chat:
    """Return the chat around each prompt of a run.

    Raises:
        UsageError: If the prompts are bare, and a setting is for a chat.
    """
    template = config.template if config.template is not None else style.template
    chat = Chat(
        template=template,
        system=config.system or "",
        answer_start=style.answer_start,
        template_args=config.template_args,
    )
    if template is False:
        chat.check("", None, has_format=False)
    return chat


def token_counter(generator: Generator) -> Callable[[], int] | None:
    """Return what counts the tokens of a generator, or None if it cannot."""
    if not isinstance(generator, CountingGenerator):
        return None
    return lambda: generator.num_tokens_drawn


def _note(completion: Completion) -> str:
    if completion.finish_reason == FinishReason.PROMPT_TOO_LONG:
        return f"{completion.task_id}, prompt too long"
    return f"{completion.task_id}, {completion.num_tokens} tokens"


def make_completion(
    problem: Problem,
    request: GenerationRequest,
    finished: Finished,
    config: RunConfig,
    style: PromptStyle,
) -> Completion:
    """Return a generation as a completion, with the program that is extracted from it."""
    generation = finished.generation
    program = ""
    if generation.finish_reason is not FinishReason.PROMPT_TOO_LONG:
        program = extract_code(
            style.answer_start + generation.text,
            problem,
            was_cut=generation.finish_reason is FinishReason.LENGTH,
            marks=style.marks,
            thought_marks=config.thought_marks or (),
        )
    return Completion(
        task_id=problem.task_id,
        sample=finished.sample,
        completion=program,
        text=generation.text,
        prompt=request.prompt,
        num_tokens=generation.num_tokens,
        finish_reason=generation.finish_reason.value,
        seconds=round(generation.seconds, 6),
        num_prompt_tokens=generation.num_prompt_tokens,
    )


def _same_model(folder: RunFolder, generator: Generator) -> Mapping[str, Any]:
    """Return the description of a model that continues a run.

    Raises:
        UsageError: If it is not the model that gave the earlier answers.
    """
    old = read_json(folder.model)
    new = {**generator.description}
    if _SERVED_MODEL in old:
        new.setdefault(_SERVED_MODEL, old[_SERVED_MODEL])
    ignored = {URL} if _SERVED_MODEL in old else {URL, _SERVED_MODEL}
    for key in sorted((old.keys() | new.keys()) - ignored):
        if old.get(key) != new.get(key):
            raise UsageError(
                f"--resume: the model's {key} was {old.get(key)!r}, got {new.get(key)!r}. Use the "
                "model and the kind of machine of the first run, or start a new run"
            )
    return new


def render_prompts(config: RunConfig, problems: ProblemSet) -> list[str]:
    """Return the prompt of each problem.

    Raises:
        UsageError: If the style needs solved examples, which the dataset does not have, cannot show
            a problem, or would show its solution.
    """
    style = find_style(config.prompt)
    examples = find_examples(config, problems)
    style.refuse_solved(config.prompt, problems, examples)
    return [render_in_style(problem, config.prompt, style, examples) for problem in problems]


def _requests(
    config: RunConfig, problems: ProblemSet, style: PromptStyle
) -> list[GenerationRequest]:
    return [
        GenerationRequest(
            prompt=prompt,
            num_samples=config.sampling.num_samples,
            seed=derive_seed(config.sampling.seed, problem.task_id),
            stop=stop_strings(problem, style.stop),
            chat_stop=stop_strings(problem, style.chat_stop),
            task_id=problem.task_id,
        )
        for problem, prompt in zip(problems, render_prompts(config, problems), strict=True)
    ]


def find_examples(config: RunConfig, problems: ProblemSet) -> tuple[Problem, ...]:
    """Return the solved problems that prompts show: the second to fourth of the split `prompt`.

    The first three if the split has no more. None if the prompt style shows none.

    Raises:
        UsageError: If the style needs them, and the dataset has no such split, or the split has no
            rows or too few.

    Source: Austin et al. (2021), arXiv:2108.07732, section 2.1 (tasks 2, 3 and 4).
    """
    if not find_style(config.prompt).needs_examples:
        return ()
    source = Path(config.dataset.source).expanduser() if config.dataset.source else None
    try:
        pool = load_problems(problems.name, split="prompt", source=source)
    except UsageError as error:
        raise UsageError(
            f"--prompt {config.prompt}: needs solved examples from a split 'prompt', which the "
            f"dataset {problems.name!r} does not have. See: hrm-eval list prompts"
        ) from error
    except DataError as error:
        raise DataError(
            f"--prompt {config.prompt}: needs solved examples from the split 'prompt' of "
            f"{problems.name}: {error} Or choose a style without examples of the dataset, such as "
            "--prompt paper"
        ) from error
    start = 1 if len(pool) > NUM_EXAMPLES else 0
    examples = pool.problems[start : start + NUM_EXAMPLES]
    num_solved = sum(bool(example.reference) for example in examples)
    if num_solved < NUM_EXAMPLES:
        raise UsageError(
            f"--prompt {config.prompt}: needs {NUM_EXAMPLES} solved examples, the split 'prompt' "
            f"of {problems.name} has {num_solved}. Add rows with a solution"
        )
    return examples
