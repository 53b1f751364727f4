"""Power, type I error and mean days of monitored experiments, by a recursion of its own.

numpy 2 and scipy 1.17: the density of the score process on a dense grid of Gauss-Legendre panels between the boundaries
of each look, multiplied by normal transition densities; about 1e-13. Boundaries straight from their definitions: the
mixture likelihood ratio equal to 1 / alpha, solved by brentq. Run: python3 sequential-duration.py > sequential-duration.json
"""

import json
import numpy as np
from scipy.optimize import brentq
from scipy.special import lambertw, ndtr, ndtri, log_ndtr

NODES, WEIGHTS = np.polynomial.legendre.leggauss(24)


def panels(lower, upper, width):
    count = max(6, int(np.ceil((upper - lower) / width)))
    edges = np.linspace(lower, upper, count + 1)
    half = np.diff(edges) / 2
    middle = (edges[1:] + edges[:-1]) / 2
    return (middle[:, None] + half[:, None] * NODES).ravel(), (half[:, None] * WEIGHTS).ravel()


def exits(information, lower, upper, drift):
    """B(t) = drift t + standard Brownian motion, z = B / sqrt(t)."""
    up, low = [], []
    before, x, mass = 0.0, np.array([0.0]), np.array([1.0])
    for t, a, b in zip(information, lower, upper):
        step = t - before
        s = np.sqrt(step)
        a, b = a * np.sqrt(t), b * np.sqrt(t)
        up.append(float(mass @ ndtr(-(b - x - drift * step) / s)))
        low.append(float(mass @ ndtr((a - x - drift * step) / s)))
        reach = 16 * np.sqrt(t)
        a, b = max(a, drift * t - reach), min(b, drift * t + reach)
        y, w = panels(a, b, 2 * s)
        density = np.exp(-0.5 * ((y[:, None] - x - drift * step) / s) ** 2) @ mass / (s * np.sqrt(2 * np.pi))
        x, mass, before = y, density * w, t
    return np.array(up), np.array(low)


def log_mixture(z, ratio, sides):
    y = z * np.sqrt(ratio / (1 + ratio))
    log = 0.5 * y * y - 0.5 * np.log1p(ratio)
    return log if sides == 2 else log + np.log(2) + log_ndtr(y)


def critical(case, n, deviation):
    alpha, sides = case["alpha"], 2 if case["alternative"] == "two-sided" else 1
    monitoring = case["monitoring"]
    if monitoring["method"] in ("fixed-horizon", "naive-peeking"):
        return -ndtri(alpha / sides)
    if "mixtureVariance" in monitoring:
        ratio = monitoring["mixtureVariance"] * n / deviation**2
    else:
        ratio = float((-lambertw(-alpha**2 / np.e, -1) - 1).real) * n / monitoring["tightestN"]
    return brentq(lambda z: log_mixture(z, ratio, sides) + np.log(alpha), 0, 1e3, xtol=1e-14, rtol=1e-15)


def deviations(case, lift):
    """True deviation of the difference for one control unit, and the one that its test divides by."""
    k = case.get("allocation", 1)
    if "standardDeviation" in case:
        d = case["standardDeviation"] * np.sqrt(1 + 1 / k)
        return d, d
    p, q = case["baseline"], case["baseline"] * (1 + lift)
    true = np.sqrt(p * (1 - p) + q * (1 - q) / k)
    if case["test"] == "wald":
        return true, true
    m = (p + k * q) / (1 + k)
    return true, np.sqrt(m * (1 - m) * (1 + 1 / k))


def units_by(traffic, days):
    if "unitsPerDay" in traffic:
        return traffic["unitsPerDay"] * days
    week = traffic["unitsPerWeekday"]
    whole = int(np.floor(days + 1e-12))
    return sum(week[d % 7] for d in range(whole)) + (days - whole) * week[whole % 7]


def figures(case, lift):
    days, units = [], []
    horizon, every = case["horizonDays"], case.get("looksEveryDays", 1)
    if case["monitoring"]["method"] == "fixed-horizon":
        every = horizon
    for k in range(1, int(np.ceil(horizon / every - 1e-9)) + 1):
        day = min(k * every, horizon)
        n = units_by(case["traffic"], max(0, day - case.get("attributionDays", 0)))
        if n > (units[-1] if units else 0):
            days.append(day)
            units.append(n)
    true, tested = deviations(case, lift)
    z = np.array([critical(case, n, tested) for n in units]) * tested / true
    none = np.full(len(z), np.inf)
    upper = none if case["alternative"] == "less" else z
    lower = -none if case["alternative"] == "greater" else -z
    n = np.array(units)
    up, low = exits(n / n[-1], lower, upper, case["baseline"] * lift * np.sqrt(n[-1]) / true)
    up = up * (case["alternative"] != "less")
    low = low * (case["alternative"] != "greater")
    ended = up + low
    ended[-1] = 1 - ended[:-1].sum()
    return days, units, up, low, float(ended @ np.array(days))


def result(case):
    days, units, up, low, mean = figures(case, case["lift"])
    _, _, up0, low0, mean0 = figures(case, 0)
    right, wrong = (up, low) if case["lift"] > 0 else (low, up)
    return {
        "looks": len(days),
        "firstDay": days[0],
        "n": units[-1],
        "powers": [float(x) for x in np.cumsum(right)],
        "wrongSide": float(wrong.sum()),
        "typeIError": float((up0 + low0).sum()),
        "meanDays": mean,
        "meanDaysWithoutEffect": mean0,
    }


two = {"alpha": 0.05, "alternative": "two-sided"}
daily = {"traffic": {"unitsPerDay": 1000}, "horizonDays": 42}
CASES = [
    {"baseline": 0.05, "lift": 0.1, "test": "score", **two, **daily, "monitoring": {"method": "fixed-horizon"}},
    {"baseline": 0.05, "lift": 0.1, "test": "score", **two, **daily, "monitoring": {"method": "naive-peeking"}},
    {"baseline": 0.05, "lift": 0.1, "test": "wald", **two, **daily,
     "monitoring": {"method": "normal-mixture", "tightestN": 5000}},
    {"baseline": 0.05, "lift": -0.1, "test": "wald", "alpha": 0.01, "alternative": "two-sided", **daily,
     "monitoring": {"method": "asymptotic", "tightestN": 30000}},
    {"baseline": 0.02, "lift": 0.2, "test": "wald", "alpha": 0.025, "alternative": "greater", **daily,
     "monitoring": {"method": "normal-mixture", "mixtureVariance": 2.5e-5}},
    {"baseline": 0.02, "lift": -0.3, "test": "wald", "alpha": 0.025, "alternative": "less", **daily,
     "monitoring": {"method": "normal-mixture", "mixtureVariance": 2.5e-5}},
    {"baseline": 0.3, "lift": 0.05, "test": "score", "allocation": 0.25, **two, "traffic": {"unitsPerDay": 300},
     "horizonDays": 60, "looksEveryDays": 7, "monitoring": {"method": "naive-peeking"}},
    {"baseline": 12, "standardDeviation": 40, "lift": 0.06, "allocation": 2, **two,
     "traffic": {"unitsPerWeekday": [500, 450, 430, 480, 700, 0, 0]}, "horizonDays": 84, "attributionDays": 7,
     "monitoring": {"method": "normal-mixture", "mixtureVariance": 0.5}},
    {"baseline": 0.002, "lift": 0.5, "test": "wald", **two, "traffic": {"unitsPerDay": 1000}, "horizonDays": 365,
     "attributionDays": 3, "monitoring": {"method": "normal-mixture", "tightestN": 100000}},
]

if __name__ == "__main__":
    print(json.dumps({
        "origin": "sequential-duration.py beside this file: numpy and scipy, Gauss-Legendre recursion on a dense grid, about 1e-13",
        "cases": [{"in": case, "out": result(case)} for case in CASES],
    }, indent=1))
