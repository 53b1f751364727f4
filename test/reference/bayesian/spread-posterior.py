"""The posterior of the spread of true effects, with mpmath 1.3 at 30 digits: python3 spread-posterior.py

Estimates y_k ~ N(theta_k, se_k^2), theta_k ~ N(mu, tau^2), a flat prior for mu, which is integrated out, and for tau a
half-Cauchy prior whose median is the root mean square of the standard errors. All figures by quadrature over tau itself.
"""
import json
import os
from mpmath import mp, mpf, quad, sqrt, exp, inf, nstr

mp.dps = 30
CASES = [
    {"y": [0.163, -0.114, -0.047, -0.151], "se": [0.0788, 0.0689, 0.0614, 0.0547]},
    {"y": [0.03, 0.05], "se": [0.02, 0.02]},
    {"y": [1.0, 1.0, 1.0, 1.0, 1.0, 1.0], "se": [0.5, 1.0, 2.0, 0.5, 1.0, 4.0]},
    {"y": [-3.0, 4.0, 11.0], "se": [0.5, 0.25, 0.5]},
]


def solved(y, se):
    y = [mpf(repr(v)) for v in y]
    variances = [mpf(repr(v)) ** 2 for v in se]
    prior = sum(variances) / len(se)

    def density(tau):
        total = [v + tau**2 for v in variances]
        precision = sum(1 / t for t in total)
        average = sum(e / t for e, t in zip(y, total)) / precision
        deviance = sum((e - average) ** 2 / t for e, t in zip(y, total))
        root = mpf(1)
        for t in total:
            root *= sqrt(t)
        return exp(-deviance / 2) / root / sqrt(precision) / (1 + tau**2 / prior)

    unit = sqrt(prior)
    cuts = [unit * mpf(2) ** k for k in range(-4, 9)]

    def between(lower, upper):
        return quad(density, [lower] + [c for c in cuts if lower < c < upper] + [upper])

    whole = between(mpf(0), inf)
    spreads = [unit * mpf(k) for k in ("0.1", "0.5", "1", "3", "20")]
    spreads = [mpf(nstr(s, 6)) for s in spreads]

    def above(spread):
        return between(spread, inf) / whole

    return {
        "above": [{"spread": float(s), "probability": float(above(s))} for s in spreads],
    }


path = os.path.join(os.path.dirname(os.path.abspath(__file__)), "spread-posterior.json")
with open(path, "w", encoding="utf8") as file:
    cases = [{**case, **solved(**case)} for case in CASES]
    json.dump({"source": "spread-posterior.py, mpmath 1.3, 30 digits", "cases": cases}, file, indent=2)
    file.write("\n")
