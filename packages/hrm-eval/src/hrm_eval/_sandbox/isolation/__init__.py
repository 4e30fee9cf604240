"""Layers of isolation, which boxes and judges enter."""
