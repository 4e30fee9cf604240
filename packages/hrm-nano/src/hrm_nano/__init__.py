"""The trained model `hrm-nano`: a checkpoint folder, which is found by its name."""

from pathlib import Path

__all__ = ["MODEL_FOLDER"]

MODEL_FOLDER = Path(__file__).with_name("model")
