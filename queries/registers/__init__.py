"""Questions about a user's own registers: agreements across a reform, ratings rolled up, empty files to fill in."""
