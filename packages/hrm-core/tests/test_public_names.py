import subprocess
import sys

import pytest

import hrm_core


@pytest.mark.parametrize("name", hrm_core.__all__)
def test_a_public_name_can_be_imported_from_the_package(name):
    assert getattr(hrm_core, name).__name__ == name
    assert name in dir(hrm_core)


def test_an_unknown_name_is_an_attribute_error():
    with pytest.raises(AttributeError, match="'hrm_core' has no attribute 'load'"):
        _ = hrm_core.load


def test_importing_the_package_imports_no_heavy_library():
    code = (
        "import sys, hrm_core; from hrm_core import GenerationRequest, HrmError, SamplingParams;"
        "print({'torch', 'numpy', 'tokenizers'} & set(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"


@pytest.mark.parametrize("missing", ["torch", "hrm_core.errors"])
def test_without_torch_its_extra_is_named(missing):
    code = f"import sys; sys.modules[{missing!r}] = None; from hrm_core import load_checkpoint"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert ("pip install 'hrm-core[torch]'" in done.stderr) == (missing == "torch")
    assert f"import of {missing} halted" in done.stderr
