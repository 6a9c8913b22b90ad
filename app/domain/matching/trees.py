"""Boosted decision trees as data: a number from features, each step of which can be read.

All trees are walked at once (as QuickScorer does): a bit stands for each end of each tree. What a
feature's value rules out is one number made beforehand, and the first bit that is left in a tree's
eight is the end it leads to.
"""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from operator import getitem

_ENDS = 8
"""Of a tree, at most: a byte."""
_FIRST_BIT = bytes((byte & -byte).bit_length() - 1 if byte else 0 for byte in range(256))


@dataclass(frozen=True, slots=True)
class Tree:
    """A binary tree in arrays: node n has its children at 2n + 1 and 2n + 2, the left one where the
    feature is no more than the threshold.
    """

    features: tuple[int, ...]
    thresholds: tuple[float, ...]
    leaves: tuple[float, ...]
    """One for each end, from left to right; the tree is full and has eight at most."""


class Forest:
    """A sum of trees."""

    def __init__(self, constant: float, trees: Sequence[Tree]) -> None:
        self.constant = constant
        self.trees = tuple(trees)
        self._leaves = [tree.leaves for tree in trees]
        self._whole = (1 << _ENDS * len(trees)) - 1
        self._left = _ruled_out(self.trees, self._whole)

    def value(self, values: Sequence[float]) -> float:
        left = self._whole
        for feature, thresholds, masks in self._left:
            left &= masks[bisect_left(thresholds, values[feature])]
        ends = left.to_bytes(len(self._leaves), "little").translate(_FIRST_BIT)
        return self.constant + sum(map(getitem, self._leaves, ends))

    def probability(self, values: Sequence[float]) -> float:
        """The sum read as log odds."""
        return 1 / (1 + math.exp(-max(-40.0, min(40.0, self.value(values)))))


def _ruled_out(
    trees: Sequence[Tree], whole: int
) -> tuple[tuple[int, tuple[float, ...], tuple[int, ...]], ...]:
    """For each feature: its thresholds in order, and the ends left above so many of them."""
    met: dict[int, list[tuple[float, int]]] = {}
    for at, tree in enumerate(trees):
        for node, (feature, threshold) in enumerate(
            zip(tree.features, tree.thresholds, strict=True)
        ):
            ends = _left_ends(node, len(tree.leaves))
            met.setdefault(feature, []).append((threshold, ends << _ENDS * at))
    found: list[tuple[int, tuple[float, ...], tuple[int, ...]]] = []
    for feature in sorted(met):
        steps, masks = sorted(met[feature]), [whole]
        for _, ends in steps:
            masks.append(masks[-1] & ~ends)
        found.append((feature, tuple(threshold for threshold, _ in steps), tuple(masks)))
    return tuple(found)


def _left_ends(node: int, leaves: int) -> int:
    """Bits of the ends under a node's left child."""
    first = last = 2 * node + 1
    while first < leaves - 1:
        first, last = 2 * first + 1, 2 * last + 2
    return sum(1 << end - (leaves - 1) for end in range(first, last + 1))
