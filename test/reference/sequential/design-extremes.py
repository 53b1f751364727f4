"""Spending boundaries and the drift for the power at extreme alphas and uneven information, with 15 digits and more.

The recursion of exit-probabilities.py (mpmath 1.3, 25 digits) and secant steps on logs of probabilities; one-sided.
Usage: python3 design-extremes.py > design-extremes.json
"""
import importlib
import json
from mpmath import mp, mpf, erfinv, log, sqrt, findroot, e

exits = importlib.import_module("exit-probabilities").exits
sf = importlib.import_module("exit-probabilities").sf
INF = float("inf")


def upper_quantile(q):
    start = sqrt(-2 * log(mpf(q))) if q < 0.1 else mpf(1)
    return findroot(lambda x: log(sf(x)) - log(mpf(q)), start)


def spent(name, gamma, alpha, t):
    alpha, t = mpf(alpha), mpf(t)
    if name == "lan-demets-obrien-fleming":
        return 2 * sf(upper_quantile(alpha / 2) / sqrt(t))
    if name == "lan-demets-pocock":
        return alpha * log(1 + (e - 1) * t)
    return alpha * t ** gamma


def design(name, gamma, alpha, power, rates):
    spend = [spent(name, gamma, alpha, t) for t in rates]
    spend[-1] = mpf(alpha)
    upper = []
    for k, total in enumerate(spend):
        stage = total - (spend[k - 1] if k else 0)

        def miss(z):
            out = exits(rates[:k + 1], [-INF] * (k + 1), upper + [z], 0)
            return log(out["upper"][-1]) - log(stage)
        start = upper_quantile(stage)
        upper.append(start if k == 0 else findroot(miss, (start, start - mpf("0.01")), tol=1e-19))
    def lacking(drift):
        return log(1 - sum(exits(rates, [-INF] * len(rates), upper, drift)["upper"])) - log(1 - mpf(power))
    fixed = upper_quantile(alpha) + upper_quantile(1 - mpf(power))
    drift = findroot(lacking, (fixed, fixed * mpf("1.02")), tol=1e-18)
    return {"efficacy": [float(z) for z in upper], "drift": float(drift), "inflation": float((drift / fixed) ** 2)}


CASES = [
    ("lan-demets-pocock", None, 1e-10, 0.8, [0.1, 1]),
    ("lan-demets-obrien-fleming", None, 1e-10, 0.99, [0.7, 1]),
    ("kim-demets", 3, 1e-10, 0.5, [0.45, 1]),
    ("lan-demets-pocock", None, 1e-30, 0.9, [0.5, 1]),
    ("kim-demets", 1, 0.2, 0.95, [0.02, 1]),
    ("lan-demets-obrien-fleming", None, 0.001, 0.8, [0.3, 0.35, 1]),
    ("lan-demets-pocock", None, 1e-10, 0.8, [0.05, 0.9, 1]),
]

if __name__ == "__main__":
    cases = [{"in": {"spending": n, "gamma": g, "alpha": a, "power": p, "informationRates": r},
              "out": design(n, g, a, p, r)} for n, g, a, p, r in CASES]
    print(json.dumps({"method": "mpmath 1.3, 25 digits: see design-extremes.py; one-sided", "cases": cases}, indent=1))
