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


def format_rough_seconds(seconds: float) -> str:
    """Return a duration in whole units, such as `45 s`, `12 min` or `5 h 20 min`."""
    if seconds < 120:
        return f"{seconds:.0f} s"
    minutes = round(seconds / 60)
    if minutes < 120:
        return f"{minutes} min"
    return f"{minutes // 60} h {minutes % 60} min"
