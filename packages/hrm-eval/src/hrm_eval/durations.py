"""Durations as text."""


def format_seconds(seconds: float) -> str:
    """Return a duration with a unit that suits it, such as `12.3 ms` or `1 h 5 min`."""
    if seconds < 1:
        return f"{1000 * seconds:.1f} ms"
    if seconds < 60:
        return f"{seconds:.1f} s"
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours} h {minutes} min" if hours else f"{minutes} min {rest} s"
