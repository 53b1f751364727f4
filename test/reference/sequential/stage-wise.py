"""Stage-wise ordering, conditional and predictive power of group-sequential experiments, to 20 digits and more.

mpmath 1.3, python3 stage-wise.py > stage-wise.json. Densities are carried from look to look on Gauss-Legendre panels
in 40-digit arithmetic (Armitage, McPherson and Rowe 1969); the predictive power integrates the conditional power over
the posterior of the drift, so that it shares no formula with the library.
"""
import json
import sys

from mpmath import mp, mpf, sqrt, exp, pi, erfc, findroot, quad, linspace

mp.dps = 30
FAR = mpf(9)  # standard deviations beyond which a density is nothing at the digits asked for
PANELS = 6


def legendre(n):
    nodes = []
    for i in range(n):
        x = mp.cos(pi * (i + mpf(3) / 4) / (n + mpf(1) / 2))
        for _ in range(20):
            p0, p1 = mpf(1), x
            for k in range(2, n + 1):
                p0, p1 = p1, ((2 * k - 1) * x * p1 - (k - 1) * p0) / k
            d = n * (x * p1 - p0) / (x * x - 1)
            step = p1 / d
            x -= step
            if abs(step) < mpf(10) ** -32:
                break
        nodes.append((x, 2 / ((1 - x * x) * d * d)))
    return nodes


RULE = legendre(24)


def sf(x):
    return erfc(x / sqrt(mpf(2))) / 2


def pdf(x):
    return exp(-x * x / 2) / sqrt(2 * pi)


def grid(lo, hi):
    out = []
    width = (hi - lo) / PANELS
    for j in range(PANELS):
        mid = lo + width * (j + mpf(1) / 2)
        out += [(mid + x * width / 2, w * width / 2) for x, w in RULE]
    return out


def exits(information, lower, upper, drift, start=mpf(0)):
    """Probabilities of leaving through either boundary at each look; B starts at `start` at time 0."""
    ups, lows = [], []
    density = [(start, mpf(1))]
    before = mpf(0)
    for k, t in enumerate(information):
        step = sqrt(t - before)
        shift = drift * (t - before)
        a = lower[k] * sqrt(t)
        b = upper[k] * sqrt(t)
        ups.append(sum(w * sf((b - x - shift) / step) for x, w in density))
        lows.append(sum(w * sf((x + shift - a) / step) for x, w in density))
        if k + 1 < len(information):
            centre = start + drift * t
            lo = max(a, centre - FAR * sqrt(t))
            hi = min(b, centre + FAR * sqrt(t))
            if lo >= hi:
                density = []
            else:
                density = [
                    (y, v * sum(w * pdf((y - x - shift) / step) / step for x, w in density)) for y, v in grid(lo, hi)
                ]
        before = t
    return lows, ups


def tails(case, drift):
    k = len(case["information"])
    info = [mpf(t) for t in case["information"]]
    z = mpf(case["z"])
    lower = [mpf(c) for c in case["lower"]] + [z]
    upper = [mpf(c) for c in case["upper"]] + [z]
    lows, ups = exits(info, lower, upper, drift)
    return sum(lows), sum(ups)


def root(f, guess):
    return findroot(f, (guess, guess + mpf("0.01")), solver="secant", tol=mpf(10) ** -50, maxsteps=60, verify=False)


def text(x):
    return mp.nstr(x, 20)


def stage_wise(case):
    guess = mpf(case["z"]) / sqrt(mpf(case["information"][-1]))
    low, up = tails(case, mpf(0))
    tail = mpf(case["tail"])
    spread = mpf("1.96") / sqrt(mpf(case["information"][-1]))
    out = {"lowerTail": text(low), "upperTail": text(up)}
    out["median"] = text(root(lambda d: tails(case, d)[1] - mpf(1) / 2, guess))
    out["lower"] = text(root(lambda d: mp.log(tails(case, d)[1] / tail), guess - spread))
    out["upper"] = text(root(lambda d: mp.log(tails(case, d)[0] / tail), guess + spread))
    return out


def rejects(case, drift):
    """Upper and lower exits over the remaining looks, cumulative, from z at `at`."""
    at = mpf(case["at"])
    b = mpf(case["z"]) * sqrt(at)
    left = [mpf(t) - at for t in case["information"]]
    # The walk starts at b; boundaries of B are c sqrt(t), on the scale of the walk's own time c sqrt(t) / sqrt(t - at).
    scale = [sqrt(mpf(t)) / sqrt(s) for t, s in zip(case["information"], left)]
    upper = [mpf(c) * r for c, r in zip(case["upper"], scale)]
    lower = [mpf(c) * r for c, r in zip(case["lower"], scale)]
    lows, ups = exits(left, lower, upper, drift, start=b)
    return sum(lows), sum(ups)


def power(case):
    mean = mpf(case["mean"])
    deviation = mpf(case["deviation"])
    low, up = rejects(case, mean)
    out = {"conditionalUpper": text(up), "conditionalLower": text(low)}
    if deviation > 0:
        points = linspace(mean - FAR * deviation, mean + FAR * deviation, 13)
        nodes = []
        for lo, hi in zip(points, points[1:]):
            nodes += [((lo + hi) / 2 + x * (hi - lo) / 2, w * (hi - lo) / 2) for x, w in RULE]
        total_up = total_low = mpf(0)
        for d, w in nodes:
            l, u = rejects(case, d)
            weight = w * pdf((d - mean) / deviation) / deviation
            total_up += weight * u
            total_low += weight * l
        out["predictiveUpper"] = text(total_up)
        out["predictiveLower"] = text(total_low)
    return out


INF = mp.inf
ORDER = [
    {"information": [1], "lower": [], "upper": [], "z": 2.5, "tail": 0.025},
    {"information": [0.5, 1], "lower": [-INF], "upper": [2.7965096815241464], "z": 2.3, "tail": 0.025},
    {"information": [0.5, 1], "lower": [-2.797], "upper": [2.797], "z": 1.2, "tail": 0.025},
    {"information": [0.5, 1], "lower": [-2.178], "upper": [2.178], "z": -2.9, "tail": 0.025},
    {"information": [0.3, 1], "lower": [0.25], "upper": [3.0], "z": 2.1, "tail": 0.025},
    {"information": [0.25, 0.75], "lower": [-INF], "upper": [4.25], "z": 6.5, "tail": 0.005},
    {"information": [0.2, 0.55, 1.04], "lower": [-4.2, -2.9], "upper": [4.2, 2.9], "z": 2.05, "tail": 0.025},
    {"information": [0.33, 0.67, 1], "lower": [-INF, -INF], "upper": [3.71, 2.51], "z": 2.888, "tail": 0.025},
    {"information": [0.4, 0.5, 0.9], "lower": [-0.3, 0.4], "upper": [2.8, 2.7], "z": 0.7, "tail": 0.05},
    {"information": [0.33, 0.67, 1], "lower": [-3.71, -2.51], "upper": [3.71, 2.51], "z": -2.2, "tail": 1e-6},
]
POWER = [
    {"at": 0.5, "z": 1.3, "information": [1], "lower": [-1.977], "upper": [1.977], "mean": 2.8, "deviation": 1.4},
    {"at": 0.25, "z": 2.0, "information": [0.5, 1], "lower": [-INF, -INF], "upper": [2.96, 1.97], "mean": 4, "deviation": 2},
    {"at": 0.4, "z": -0.5, "information": [0.7, 1], "lower": [-2.44, -2.0], "upper": [2.44, 2.0], "mean": 1, "deviation": 0.7},
    {"at": 0.25, "z": 1.5, "information": [0.5, 0.75, 1], "lower": [-0.4, 0.6, 2.01], "upper": [2.96, 2.36, 2.01], "mean": 3, "deviation": 0},
]


def plain(case):
    return json.loads(json.dumps(case, default=lambda x: str(x)).replace('"-inf"', '"-Infinity"'))


if __name__ == "__main__":
    sys.setrecursionlimit(10000)
    json.dump(
        {
            "source": "stage-wise.py, mpmath 1.3, 30 digits, Gauss-Legendre panels",
            "conventions": "boundaries on the z scale before the last look; drift is the mean of z at information 1; "
            "upperTail = P(upper exit before, or last z at or above the one seen); tail is that of each limit; "
            "power: upper and lower are cumulative exits over the remaining looks",
            "stageWise": [{"in": plain(c), "out": stage_wise(c)} for c in ORDER],
            "power": [{"in": plain(c), "out": power(c)} for c in POWER],
        },
        sys.stdout,
        indent=1,
    )
