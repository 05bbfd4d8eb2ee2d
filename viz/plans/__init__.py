"""Plans on a line of time, each beside what came of it."""
