"""Options weighed against criteria: multi-criteria analysis by swing weights, and how far its answer can be trusted.

    problem = reading.parse(text)              a file, or `reading.problem(document)` for what a program holds
    found = appraise(problem, draws=100_000, seed=1)

The method is that of Multi-criteria analysis: a manual (DCLG, 2009): scores of 0 to 100 on each criterion, weights from
swings, values that add up, then what would change the answer. Exact fractions, and no database, request or clock; only
the draws of `acceptability` are floating numbers.
"""

from trellis.commissioning.appraisal.findings import Appraised, appraise
from trellis.commissioning.appraisal.problem import Criterion, Fixed, Problem, Relative

__all__ = ["Appraised", "Criterion", "Fixed", "Problem", "Relative", "appraise"]
