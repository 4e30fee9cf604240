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
