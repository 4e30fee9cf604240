"""The warm interpreter inside the layers of isolation, which forks for each program."""
