"""The model's own imitation rule on games whose answers are known."""

from orgsim.games.game import Game, read_games
from orgsim.games.verify import Check, verify

__all__ = ["Check", "Game", "read_games", "verify"]
