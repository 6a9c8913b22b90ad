"""Weights under which the right candidates stand out: softmax over each query, by L-BFGS."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from operator import mul

Offered = list[tuple[bool, tuple[float, ...]]]
"""For one query: each candidate's features, and whether it is right."""

_STEPS, _REMEMBERED, _TRIES = 60, 8, 12
_ENOUGH = 1e-5
"""Of the loss: steps that gain less end the descent."""
_HARDLY = 1e-3
"""Candidates whose probability is this near to what it should be push nothing."""

_Vector = list[float]
_Slope = Callable[[_Vector], tuple[float, _Vector]]


def ranking(offered: Sequence[Offered], shares: Sequence[float], ridge: float) -> list[float]:
    """Weights of the features, for queries that count as much as their share says.

    `ridge` holds the weights of scaled features down: what is fitted on noise of our own has to
    hold for what is not.
    """
    usable = [
        (one, share)
        for one, share in zip(offered, shares, strict=True)
        if len(one) > 1 and any(right for right, _ in one)
    ]
    width = len(usable[0][0][0][1])
    means, scales = _moments([values for one, _ in usable for _, values in one], width)
    scaled = [
        (
            [
                (right, [(v - m) / s for v, m, s in zip(values, means, scales, strict=True)])
                for right, values in one
            ],
            share,
        )
        for one, share in usable
    ]
    whole = sum(share for _, share in scaled)

    def slope(weights: _Vector) -> tuple[float, _Vector]:
        loss, sums = 0.0, [0.0] * width
        for one, share in scaled:
            loss += share * _pushed(one, weights, share, sums)
        held = ridge * whole
        loss += held * dot(weights, weights)
        return loss / whole, [
            (one + 2 * held * weight) / whole for one, weight in zip(sums, weights, strict=True)
        ]

    found = _lowest(slope, [0.0] * width)
    return [round(weight / scale, 5) for weight, scale in zip(found, scales, strict=True)]


def _pushed(
    one: list[tuple[bool, list[float]]], weights: _Vector, share: float, sums: _Vector
) -> float:
    """The log loss that some right candidate is the one drawn; its slope is added to `sums`."""
    scores = [sum(map(mul, weights, values)) for _, values in one]
    most = max(scores)
    parts = [math.exp(score - most) for score in scores]
    total = sum(parts)
    good = sum(part for part, (right, _) in zip(parts, one, strict=True) if right) + 1e-12
    for part, (right, values) in zip(parts, one, strict=True):
        push = part / total - (part / good if right else 0.0)
        if abs(push) > _HARDLY:
            push *= share
            sums[:] = [have + push * value for have, value in zip(sums, values, strict=True)]
    return math.log(total) - math.log(good)


def _lowest(slope: _Slope, at: _Vector) -> _Vector:
    """Where the loss is lowest, along curves remembered from the last steps."""
    loss, down = slope(at)
    met: list[tuple[_Vector, _Vector, float]] = []
    for _ in range(_STEPS):
        way = _turned(down, met)
        falls = -dot(way, down)
        step = 1.0 if met else 1.0 / math.sqrt(dot(down, down) or 1.0)
        for _ in range(_TRIES):
            there = [one - step * part for one, part in zip(at, way, strict=True)]
            lower, after = slope(there)
            if lower <= loss + 1e-4 * step * falls:
                break
            step /= 2
        else:
            return at
        moved = [new - old for new, old in zip(there, at, strict=True)]
        bent = [new - old for new, old in zip(after, down, strict=True)]
        if (curve := dot(moved, bent)) > 1e-12:
            met = [*met[1 - _REMEMBERED :], (moved, bent, curve)]
        gained = loss - lower
        at, loss, down = there, lower, after
        if gained < _ENOUGH * loss:
            break
    return at


def _turned(down: _Vector, met: Sequence[tuple[_Vector, _Vector, float]]) -> _Vector:
    """The slope, turned by the curves that were met."""
    way, kept = list(down), []
    for moved, bent, curve in reversed(met):
        part = dot(moved, way) / curve
        kept.append(part)
        way = [one - part * other for one, other in zip(way, bent, strict=True)]
    if met:
        _, bent, curve = met[-1]
        scale = curve / dot(bent, bent)
        way = [scale * one for one in way]
    for (moved, bent, curve), part in zip(met, reversed(kept), strict=True):
        other = dot(bent, way) / curve
        way = [one + (part - other) * move for one, move in zip(way, moved, strict=True)]
    return way


def dot(one: Sequence[float], other: Sequence[float]) -> float:
    """Their product."""
    return float(sum(map(mul, one, other)))


def _moments(rows: Sequence[Sequence[float]], width: int) -> tuple[list[float], list[float]]:
    """Means and spreads of each feature."""
    means = [math.fsum(row[at] for row in rows) / len(rows) for at in range(width)]
    spreads = [
        math.sqrt(math.fsum((row[at] - means[at]) ** 2 for row in rows) / len(rows))
        for at in range(width)
    ]
    return means, [spread if spread > 1e-9 else 1.0 for spread in spreads]
