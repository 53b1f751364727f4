"""Reference values for several arms: Dunnett's test, alone and in steps, and the test of Tukey and Kramer.

numpy 2.4, SciPy 1.17.1, straight from the definitions: the trapezoidal rule, which is spectrally accurate on analytic
functions that fall off (errors below 1e-14; halving the step changes nothing beyond). Run:
python3 many-arms.py > many-arms.json. Tukey's also agrees with R 4.2.2 `ptukey` to its digits (2e-9).
"""
import json
import numpy as np
from scipy import stats
from scipy.special import ndtr, gammaln
from scipy.optimize import brentq

STEP = 1 / 64
Y = np.arange(-14, 14 + STEP / 2, STEP)
PHI = np.exp(-Y * Y / 2) / np.sqrt(2 * np.pi) * STEP


def some_beyond(c, lams, two):
    """P(some Z_i beyond c) for standard normal Z_i with correlation lam_i lam_j."""
    none = np.ones_like(Y)
    for lam in lams:
        s = np.sqrt((1 - lam) * (1 + lam))
        none *= ndtr((c - lam * Y) / s) - (ndtr((-c - lam * Y) / s) if two else 0)
    return float(np.sum(PHI * (1 - none)))


def step_down(scores, lams):
    order = sorted(range(len(scores)), key=lambda i: -scores[i])
    out, running = [None] * len(scores), 0.0
    for step, i in enumerate(order):
        running = max(running, some_beyond(scores[i], [lams[j] for j in order[step:]], True))
        out[i] = running
    return out


def dunnett(arms, test):
    control, treatments = arms[0], arms[1:]
    if "conversions" in control:
        rate = lambda a: a["conversions"] / a["n"]
        v = lambda a: rate(a) * (1 - rate(a)) / a["n"] if test == "wald" else 1 / a["n"]
        stat = []
        for a in treatments:
            pool = (a["conversions"] + control["conversions"]) / (a["n"] + control["n"])
            d = v(a) + v(control)
            stat.append((rate(a) - rate(control)) / np.sqrt(d if test == "wald" else pool * (1 - pool) * d))
        laws = [stats.norm() for _ in treatments]
    else:
        v = lambda a: a["variance"] / a["n"]
        stat = [(a["mean"] - control["mean"]) / np.sqrt(v(a) + v(control)) for a in treatments]
        laws = [
            stats.t((v(a) + v(control)) ** 2 / (v(a) ** 2 / (a["n"] - 1) + v(control) ** 2 / (control["n"] - 1)))
            for a in treatments
        ]
    lams = [np.sqrt(v(control) / (v(control) + v(a))) for a in treatments]
    two = [stats.norm.isf(law.sf(abs(t))) for t, law in zip(stat, laws)]
    up = [stats.norm.isf(law.sf(t)) for t, law in zip(stat, laws)]
    critical = brentq(lambda c: some_beyond(c, lams, True) - 0.05, 1, 5, xtol=1e-15)
    return {
        "two": [some_beyond(z, lams, True) for z in two],
        "greater": [some_beyond(z, lams, False) for z in up],
        "stepDown": step_down(two, lams),
        "singleConfidenceLevel": float(1 - 2 * stats.norm.sf(critical)),
    }


def range_beyond(q, k):
    return float(1 - k * np.sum(PHI * (ndtr(Y + q) - ndtr(Y)) ** (k - 1)))


def tukey(arms):
    df = sum(a["n"] - 1 for a in arms)
    s2 = sum(a["variance"] * (a["n"] - 1) for a in arms) / df
    u = np.arange(-12, 12, 1 / 32) / np.sqrt(2 * df)  # log of the scaled chi
    density = np.exp(np.log(2) + df / 2 * np.log(df / 2) - gammaln(df / 2) + df * u - df / 2 * np.exp(2 * u))
    weight = density / np.sum(density)
    out = []
    for i, a in enumerate(arms):
        for b in arms[i + 1:]:
            q = np.sqrt(2) * abs(b["mean"] - a["mean"]) / np.sqrt(s2 * (1 / a["n"] + 1 / b["n"]))
            out.append(float(sum(w * range_beyond(q * np.exp(x), len(arms)) for w, x in zip(weight, u))))
    return out


def rate(n, conversions):
    return {"n": n, "conversions": conversions}


def mean(n, m, variance):
    return {"n": n, "mean": m, "variance": variance}


dunnett_cases = [
    ("score", [rate(10000, 500), rate(10000, 590), rate(10000, 560)]),
    ("score", [rate(40000, 812), rate(20000, 470), rate(10000, 190), rate(5000, 131)]),
    ("wald", [rate(300, 30), rate(200, 35), rate(100, 4)]),
    ("wald", [rate(1000, 41), rate(1000, 60), rate(500, 17), rate(2000, 99), rate(800, 30)]),
    ("welch", [mean(40, 10, 9), mean(35, 12, 16), mean(28, 9, 4)]),
    ("welch", [mean(12, 3.1, 0.8), mean(9, 4.4, 2.1), mean(10, 3.3, 0.4), mean(8, 2.2, 1.1)]),
]
tukey_cases = [
    [mean(20, 10.1, 4), mean(20, 11.2, 4), mean(20, 12, 4)],
    [mean(12, 3.1, 0.8), mean(9, 4.4, 2.1), mean(10, 3.3, 0.4), mean(8, 2.2, 1.1)],
]
print(json.dumps({
    "dunnett": [{"test": t, "arms": a, "out": dunnett(a, t)} for t, a in dunnett_cases],
    "tukey": [{"arms": a, "p": tukey(a)} for a in tukey_cases],
}, indent=1))
