"""Strata of two proportions at 60 digits, from the textbook formulas: writes stratified-mpmath.json beside it.

mpmath 1.3. Run: python3 stratified-mpmath.py
"""
import json
import os
import random

from mpmath import mp, mpf, sqrt, log

mp.dps = 60
HERE = os.path.dirname(os.path.abspath(__file__))


def pooled(strata):
    x1, n1, x2, n2 = ([mpf(s[i]) for s in strata] for i in range(4))
    k = range(len(strata))
    n = [n1[i] + n2[i] for i in k]
    m = [x1[i] + x2[i] for i in k]
    y1 = [n1[i] - x1[i] for i in k]
    y2 = [n2[i] - x2[i] for i in k]
    excess = sum(x2[i] - n2[i] * m[i] / n[i] for i in k)
    variance = sum(n1[i] * n2[i] * m[i] * (n[i] - m[i]) / n[i] ** 2 / (n[i] - 1) for i in k)
    w = [n1[i] * n2[i] / n[i] for i in k]
    rd = sum((x2[i] * n1[i] - x1[i] * n2[i]) / n[i] for i in k) / sum(w)
    p = sum((x1[i] * n2[i] ** 2 - x2[i] * n1[i] ** 2 + n1[i] * n2[i] * (n1[i] - n2[i]) / 2) / n[i] ** 2 for i in k)
    q = sum((x2[i] * y1[i] + x1[i] * y2[i]) / (2 * n[i]) for i in k)
    above = sum(x2[i] * n1[i] / n[i] for i in k)
    below = sum(x1[i] * n2[i] / n[i] for i in k)
    rr_var = sum((m[i] * n1[i] * n2[i] - x1[i] * x2[i] * n[i]) / n[i] ** 2 for i in k) / (above * below)
    r = [x2[i] * y1[i] / n[i] for i in k]
    s = [x1[i] * y2[i] / n[i] for i in k]
    P = [(x2[i] + y1[i]) / n[i] for i in k]
    Q = [(x1[i] + y2[i]) / n[i] for i in k]
    R, S = sum(r), sum(s)
    or_var = (
        sum(P[i] * r[i] for i in k) / (2 * R**2)
        + sum(P[i] * s[i] + Q[i] * r[i] for i in k) / (2 * R * S)
        + sum(Q[i] * s[i] for i in k) / (2 * S**2)
    )
    psi = R / S
    bd = mpf(0)
    total = mpf(0)
    spread = mpf(0)
    for i in k:
        if m[i] == 0 or m[i] == n[i]:
            continue
        if psi == 1:
            a = n2[i] * m[i] / n[i]
        else:
            b = n[i] + (psi - 1) * (n2[i] + m[i])
            a = (b - sqrt(b * b - 4 * (psi - 1) * psi * n2[i] * m[i])) / (2 * (psi - 1))
        v = 1 / (1 / a + 1 / (n2[i] - a) + 1 / (m[i] - a) + 1 / (n1[i] - m[i] + a))
        bd += (x2[i] - a) ** 2 / v
        total += x2[i] - a
        spread += v
    wald = [x1[i] * y1[i] / n1[i] ** 3 + x2[i] * y2[i] / n2[i] ** 3 for i in k]
    d = [x2[i] / n2[i] - x1[i] / n1[i] for i in k]
    use = [i for i in k if wald[i] > 0]
    mean = sum(d[i] / wald[i] for i in use) / sum(1 / wald[i] for i in use)
    units = sum(n)
    rates = [x1[i] / n1[i] for i in k], [x2[i] / n2[i] for i in k]
    share = [n[i] / units for i in k]
    post = [sum(share[i] * arm[i] for i in k) for arm in rates]
    return {
        "z": excess / sqrt(variance),
        "difference": rd,
        "differenceError": sqrt((rd * p + q) / sum(w) ** 2),
        "lift": above / below - 1,
        "liftLogError": sqrt(rr_var),
        "oddsRatio": psi,
        "oddsRatioLogError": sqrt(or_var),
        "breslowDay": bd,
        "tarone": bd - total**2 / spread,
        "q": sum((d[i] - mean) ** 2 / wald[i] for i in use),
        "inverseVariance": mean,
        "inverseVarianceError": sqrt(1 / sum(1 / wald[i] for i in use)),
        "postStratified": post[1] - post[0],
        "postStratifiedError": sqrt(sum(share[i] ** 2 * wald[i] for i in k)),
        "postStratifiedLift": post[1] / post[0] - 1,
    }


def cases():
    with open(os.path.join(HERE, "stratified.json")) as table:
        for row in json.load(table)["cases"]:
            yield [[s[a][b] for a in ("control", "treatment") for b in ("conversions", "n")] for s in row["strata"]]
    rng = random.Random(20261122)
    for size in (3, 30, 1000, 10**6, 10**9, 10**12):
        for _ in range(5):
            strata = []
            for _ in range(rng.choice([2, 3, 8])):
                n1, n2 = rng.randint(size // 2 + 1, size), rng.randint(size // 2 + 1, size)
                rate = 10 ** rng.uniform(-3, -0.1)
                strata.append([min(n1, round(n1 * rate) + 1), n1, min(n2, round(n2 * rate * rng.uniform(0.95, 1.1))), n2])
            try:
                pooled(strata)
            except ZeroDivisionError:
                continue
            yield strata


rows = []
for strata in cases():
    rows.append(
        {
            "strata": [
                {"control": {"n": n1, "conversions": x1}, "treatment": {"n": n2, "conversions": x2}}
                for x1, n1, x2, n2 in strata
            ],
            "expected": {name: float(value) for name, value in pooled(strata).items()},
        }
    )
with open(os.path.join(HERE, "stratified-mpmath.json"), "w") as out:
    json.dump({"source": "mpmath 1.3, 60 digits, stratified-mpmath.py", "cases": rows}, out, indent=1)
    out.write("\n")
