"""Hold the facts of one unit against a set: a verdict with everything needed to say why.

Arithmetic is exact. The answer is three-valued, and not applicable: a missing fact, threshold or
paragraph makes it unknown, and every unknown verdict lists what is missing and who gives it.
"""

from .nodes import evaluate, evaluate_requirement

__all__ = ["evaluate", "evaluate_requirement"]
