"""Programming problems made by programs: beginners' tasks in MBPP's form, without end."""
