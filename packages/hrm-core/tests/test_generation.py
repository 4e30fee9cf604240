import subprocess
import sys

import pytest

from hrm_core.generation import GenerationRequest, derive_seed


def test_seeds_depend_on_every_part_and_its_position():
    seeds = {
        derive_seed(0, "mbpp/11"),
        derive_seed(1, "mbpp/11"),
        derive_seed(0, "mbpp/12"),
        derive_seed("mbpp/11", 0),
        derive_seed("0", "mbpp/11"),
        derive_seed(0, "mbpp/1", 1),
    }
    assert len(seeds) == 6
    assert all(0 <= seed < 2**63 for seed in seeds)


def test_seeds_are_the_same_in_every_process_and_version():
    assert derive_seed(0, "mbpp/11") == 5444921950798449491


def test_the_base_of_hrm_core_imports_no_torch():
    modules = ["config", "errors", "generation", "model_folder", "plugins"]
    imports = ", ".join(f"hrm_core.{module}" for module in modules)
    heavy = "'torch', 'numpy', 'tokenizers', 'safetensors'"
    code = f"import sys, hrm_core, {imports}; print([m for m in ({heavy}) if m in sys.modules])"
    result = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    assert result.stdout.strip() == "[]"


def test_stop_strings_are_several():
    assert GenerationRequest(prompt="x", stop=["a", "b"]).stop == ("a", "b")
    with pytest.raises(TypeError, match=r"chat_stop: expected several strings, got '\\n\\n'"):
        GenerationRequest(prompt="x", chat_stop="\n\n")
