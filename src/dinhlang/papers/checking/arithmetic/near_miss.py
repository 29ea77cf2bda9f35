"""Whether one figure is a slip of the other: a digit wrong, two digits swapped, one left out."""

from __future__ import annotations

from decimal import Decimal
from itertools import pairwise


def near_miss(one: Decimal, other: Decimal) -> bool:
    """Whether two different values of at least two digits differ as a typing slip makes them."""
    left, right = _digits(one, other)
    if left == right or max(len(left.strip("0")), len(right.strip("0"))) < 2:
        return False
    if len(left) == len(right):
        unlike = [at for at, (a, b) in enumerate(zip(left, right, strict=True)) if a != b]
        if len(unlike) == 1:
            return True
        if len(unlike) == 2:
            a, b = unlike
            return left[a] == right[b] and left[b] == right[a]
    return False


def swapped(one: Decimal, other: Decimal) -> bool:
    """Whether two neighbouring digits are swapped: 3,85 and 3,58."""
    left, right = _digits(one, other)
    if len(left) != len(right) or left == right:
        return False
    unlike = [at for at, (a, b) in enumerate(zip(left, right, strict=True)) if a != b]
    if len(unlike) != 2 or not any(pair == tuple(unlike) for pair in pairwise(range(len(left)))):
        return False
    a, b = unlike
    return left[a] == right[b] and left[b] == right[a]


def _digits(one: Decimal, other: Decimal) -> tuple[str, str]:
    """The digits of both, without the zeros they share at the end."""
    left, right = f"{one.normalize():f}", f"{other.normalize():f}"
    places = max(len(each.partition(".")[2]) for each in (left, right))
    left, right = (f"{abs(each) * 10**places:.0f}" for each in (one, other))
    while left.endswith("0") and right.endswith("0") and len(left) > 1:
        left, right = left[:-1], right[:-1]
    return left, right
