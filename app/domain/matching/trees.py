"""Boosted decision trees as data: a number from features, each step of which can be read."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Tree:
    """A binary tree in arrays: node n has its children at 2n + 1 and 2n + 2."""

    features: tuple[int, ...]
    thresholds: tuple[float, ...]
    leaves: tuple[float, ...]
    """One for each end, from left to right; the tree is full."""

    def value(self, values: Sequence[float]) -> float:
        node = 0
        while node < len(self.features):
            node = 2 * node + (1 if values[self.features[node]] <= self.thresholds[node] else 2)
        return self.leaves[node - len(self.features)]


@dataclass(frozen=True, slots=True)
class Forest:
    """A sum of trees, read as log odds."""

    constant: float
    trees: tuple[Tree, ...]

    def probability(self, values: Sequence[float]) -> float:
        odds = self.constant + sum(tree.value(values) for tree in self.trees)
        return 1 / (1 + math.exp(-max(-40.0, min(40.0, odds))))
