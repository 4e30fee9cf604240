import pytest

from hrm_eval import cli


@pytest.mark.parametrize("seed", [-1, 2**63, 10**30])
def test_a_seed_out_of_range_is_a_usage_error(capsys, tmp_path, seed):
    config = tmp_path / "config.yaml"
    config.write_text("")
    status = cli.main(
        ["init", "--config", str(config), "--out", str(tmp_path / "new"), "--seed", f"{seed}"]
    )
    assert status == 2
    assert "Invalid value for '--seed'" in capsys.readouterr().err
    assert not (tmp_path / "new").exists()


def test_a_config_that_names_a_checkpoint_is_refused(capsys, tmp_path):
    config = tmp_path / "config.yaml"
    config.write_text("model_reference: hrm-nano\n")
    assert cli.main(["init", "--config", str(config), "--out", str(tmp_path / "new")]) == 2
    assert "model_reference: hrm-nano has weights already" in capsys.readouterr().err
    assert not (tmp_path / "new").exists()
