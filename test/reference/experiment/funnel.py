"""Funnels of two arms in mpmath at 60 digits, from definitions: parts of the log lift, shares, contributions, stakes.

Nothing here knows that variances telescope. Every figure is a function of the rates among all units of both arms, whose
covariances are those of nested indicators, p_k (1 - p_j) / n for j <= k; standard errors come from its gradient, found
by differentiation. Koopman's limits and Fieller's ends are roots of their equations.

Run: python3 funnel.py > funnel.json
"""

import json
import random

from mpmath import erfc, exp, gamma, gammainc, log, mp, mpf, sqrt

mp.dps = 60
Z = mpf("1.959963984540054235524594430520551527955550")


def rates(arm):
    return [mpf(x) / arm["n"] for x in arm["reached"]]


def gradient(f, point):
    # Central differences of a relative step: at 60 digits their error is some 1e-38.
    found = []
    for i, x in enumerate(point):
        h = x * mpf(10) ** -20
        up, down = list(point), list(point)
        up[i] += h
        down[i] -= h
        found.append((f(up) - f(down)) / (2 * h))
    return found


def variance(f, arms):
    """By the delta method, of a function of the rates of the arms one after the other."""
    point = [p for arm in arms for p in rates(arm)]
    g = gradient(f, point)
    total, start = mpf(0), 0
    for arm in arms:
        p = rates(arm)
        for j in range(len(p)):
            for k in range(len(p)):
                a, b = min(j, k), max(j, k)
                total += g[start + j] * g[start + k] * p[b] * (1 - p[a]) / arm["n"]
        start += len(p)
    return total


def conditional(p, k):
    return p[k] if k == 0 else p[k] / p[k - 1]


def score_statistic(x1, n1, x2, n2, ratio):
    x1, n1, x2, n2 = mpf(x1), mpf(n1), mpf(x2), mpf(n2)
    y1, y2 = n1 - x1, n2 - x2
    # (x1 + x2)(1 - p)(1 - Rp) - y1 p (1 - Rp) - y2 R p (1 - p) = 0
    a = ratio * (x1 + x2 + y1 + y2)
    b = -((x1 + x2) * (1 + ratio) + y1 + y2 * ratio)
    c = x1 + x2
    root = sqrt(b * b - 4 * a * c)
    p = 2 * c / (-b + root)
    q = ratio * p
    s = mpf(0)
    if 0 < p < 1:
        s += (x1 - n1 * p) ** 2 / (n1 * p * (1 - p))
    if 0 < q < 1:
        s += (x2 - n2 * q) ** 2 / (n2 * q * (1 - q))
    return s


def koopman(x1, n1, x2, n2):
    """Limits of the log of the ratio, by bisection outwards from the estimate."""
    middle = log(mpf(x2) / n2 / (mpf(x1) / n1))
    ends = []
    for side in (-1, 1):
        step = mpf(1)
        while score_statistic(x1, n1, x2, n2, exp(middle + side * step)) < Z**2:
            step *= 2
        low, high = mpf(0), step
        for _ in range(150):
            m = (low + high) / 2
            if score_statistic(x1, n1, x2, n2, exp(middle + side * m)) < Z**2:
                low = m
            else:
                high = m
        ends.append(middle + side * low)
    return ends


def pooled_z(x1, n1, x2, n2):
    p = mpf(x1 + x2) / (n1 + n2)
    if p in (0, 1):
        return mpf(0)
    return (mpf(x2) / n2 - mpf(x1) / n1) / sqrt(p * (1 - p) * (mpf(1) / n1 + mpf(1) / n2))


def fieller(part, total, v, w):
    """Shares s with (part - s total)^2 = z^2 (v (1 - 2s) + s^2 w), and whether the set lies between them."""
    a = total**2 - Z**2 * w
    b = -2 * (part * total - Z**2 * v)
    c = part**2 - Z**2 * v
    d = b * b - 4 * a * c
    if d < 0:
        return {"shape": "all", "ends": []}
    ends = sorted([(-b - sqrt(d)) / (2 * a), (-b + sqrt(d)) / (2 * a)])
    return {"shape": "between" if a > 0 else "outside", "ends": ends}


def wilson(x, n):
    p, w = mpf(x) / n, Z**2 / n
    half = Z / sqrt(mpf(n)) * sqrt(p * (1 - p) + w / 4) / (1 + w)
    return (p + w / 2) / (1 + w) - half, (p + w / 2) / (1 + w) + half


def mover(arm, k, goal):
    """Zou and Donner (2008): limits of worth * (goal - q) from those of the worth, on its log, and of q by Wilson."""
    before = arm["n"] if k == 0 else arm["reached"][k - 1]
    others = lambda p: log(p[-1] / conditional(p, k))
    worth, s = arm["n"] * exp(others(rates(arm))), sqrt(variance(others, [arm]))
    q = mpf(arm["reached"][k]) / before
    low, high = wilson(arm["reached"][k], before)
    f = lambda w, r: w * (goal - r)
    # The one-at-a-time moves to the worst corner of each factor.
    corners = sorted([f(worth * exp(-Z * s), q), f(worth * exp(Z * s), q)])
    stake = f(worth, q)
    lower = stake - sqrt((stake - f(worth, high)) ** 2 + (stake - corners[0]) ** 2)
    return [
        max(mpf(0), lower) if goal == 1 else lower,
        stake + sqrt((f(worth, low) - stake) ** 2 + (corners[1] - stake) ** 2),
    ]


def analyse(control, treatment, benchmark):
    arms = [control, treatment]
    K = len(control["reached"])
    halves = lambda p: (p[:K], p[K:])
    point = [p for arm in arms for p in rates(arm)]

    def log_part(k):
        return lambda p: log(conditional(halves(p)[1], k) / conditional(halves(p)[0], k))

    def total(p):
        c, t = halves(p)
        return log(t[-1] / c[-1])

    def contribution(k):
        def f(p):
            c, t = halves(p)
            u = log(t[-1] / c[-1])
            mean = c[-1] if u == 0 else (t[-1] - c[-1]) / u
            return mean * log_part(k)(p)

        return f

    def share(k):
        return lambda p: log_part(k)(p) / total(p)

    def stake(arm, k):
        goal = mpf(benchmark[k]) if benchmark else mpf(1)
        return lambda p: arm["n"] * p[-1] * (goal / conditional(p, k) - 1)

    steps, statistic, figures = [], mpf(0), []
    V = variance(total, arms)
    T = total(point)
    for k in range(K):
        before = [arm["n"] if k == 0 else arm["reached"][k - 1] for arm in arms]
        here = [arm["reached"][k] for arm in arms]
        v = variance(log_part(k), arms)
        part = log_part(k)(point)
        z = pooled_z(here[0], before[0], here[1], before[1])
        statistic += z * z
        figures.append((part, v))
        step = {
            "part": [part, sqrt(v), *(koopman(here[0], before[0], here[1], before[1]))],
            "z": pooled_z(here[0], control["n"], here[1], treatment["n"]),
            "conditionalZ": z,
            "contribution": [contribution(k)(point), sqrt(variance(contribution(k), arms))],
            "stakes": [
                [stake(arm, k)(rates(arm)), sqrt(variance(stake(arm, k), [arm])), *mover(arm, k, mpf(benchmark[k]) if benchmark else 1)]
                for arm in arms
            ],
        }
        step["share"] = [share(k)(point), sqrt(variance(share(k), arms))] if T != 0 else None
        step["fieller"] = fieller(part, T, v, V) if T != 0 else None
        steps.append(step)
    side = 1 if T > 0 else -1
    order = max(range(K), key=lambda k: side * figures[k][0])
    top = (side * figures[order][0], figures[order][1])
    rivals = [(mpf(0), mpf(0))] + [(side * f, w) for k, (f, w) in enumerate(figures) if k != order]
    closest = min((top[0] - f) / sqrt(top[1] + w) for f, w in rivals)
    odds = [
        mpf(a + b) / (control["n"] + treatment["n"] - a - b)
        for a, b in zip(control["reached"], treatment["reached"])
    ]
    pooled = [mpf(a + b) / (control["n"] + treatment["n"]) for a, b in zip(control["reached"], treatment["reached"])]
    correlation = [
        [
            pooled[max(j, k)] * (1 - pooled[min(j, k)])
            / sqrt(pooled[j] * (1 - pooled[j]) * pooled[k] * (1 - pooled[k]))
            for k in range(K)
        ]
        for j in range(K)
    ]
    assert all(abs(correlation[j][k] - sqrt(odds[max(j, k)] / odds[min(j, k)])) < mpf(10) ** -40 for j in range(K) for k in range(K))
    return {
        "steps": steps,
        "total": [T, sqrt(V)],
        "anywhere": [statistic, gammainc(mpf(K) / 2, statistic / 2) / gamma(mpf(K) / 2)],
        "front": [order, erfc(closest / sqrt(2))],
        "correlation": correlation,
    }


def numbers(value):
    if isinstance(value, mpf):
        return float(value)
    if isinstance(value, dict):
        return {key: numbers(v) for key, v in value.items()}
    if isinstance(value, list):
        return [numbers(v) for v in value]
    return value


def thinned(rng, n, chances):
    reached = []
    for chance in chances:
        n = max(1, min(n, round(n * chance * (1 + rng.gauss(0, 1) * 0.02))))
        reached.append(n)
    return reached


def cases():
    yield {"n": 10000, "reached": [8000, 5000, 1200, 700, 400]}, {"n": 10050, "reached": [8060, 5030, 1450, 850, 490]}, None
    # Udacity's free trial screener: clicks, enrollments and payments of the 23 days with outcomes, in page views.
    yield {"n": 212163, "reached": [17293, 3785, 2033]}, {"n": 211362, "reached": [17260, 3423, 1945]}, None
    yield {"n": 212163, "reached": [17293, 3785, 2033]}, {"n": 211362, "reached": [17260, 3423, 1945]}, [0.1, 0.25, 0.5]
    yield {"n": 60, "reached": [31, 12, 3]}, {"n": 55, "reached": [40, 11, 8]}, None
    yield {"n": 10**12, "reached": [3 * 10**11, 10**9 + 7, 10**6 + 3]}, {"n": 10**12 + 12345, "reached": [3 * 10**11 + 10**6, 10**9 + 40000, 10**6 - 1500]}, [0.4, 0.01, 0.002]
    yield {"n": 10**15, "reached": [10**15 - 10**7, 10**14, 10**9]}, {"n": 10**15, "reached": [10**15 - 10**7 + 3000, 10**14 + 10**7, 10**9 + 31000]}, None
    yield {"n": 10**9, "reached": [5 * 10**8, 2, 1]}, {"n": 10**9, "reached": [10**6, 900000, 100]}, None
    yield {"n": 1000, "reached": [900, 90]}, {"n": 40000, "reached": [36000, 3600]}, None
    yield {"n": 10**6, "reached": [10**5, 10**4]}, {"n": 10**6, "reached": [2 * 10**5, 10**4]}, None
    yield {"n": 16, "reached": [15, 8]}, {"n": 622688512699, "reached": [22, 15]}, None
    rng = random.Random(20261123)
    for i in range(14):
        K = rng.randint(2, 8)
        n = round(10 ** rng.uniform(3, 10))
        chances = [rng.uniform(0.05, 0.98) ** (1 if n > 10**5 else 0.5) for _ in range(K)]
        first, second = {"n": n, "reached": thinned(rng, n, chances)}, None
        m = round(n * rng.uniform(0.3, 2))
        second = {"n": m, "reached": thinned(rng, m, chances)}
        yield first, second, [round(rng.uniform(0.2, 1), 3) for _ in range(K)] if i % 2 else None


def is_inside(arm):
    """A step that all units took has no part of the variance, and Koopman's statistic is not smooth there."""
    counts = [arm["n"], *arm["reached"]]
    return all(a > b for a, b in zip(counts, counts[1:]))


found = []
for control, treatment, benchmark in cases():
    if is_inside(control) and is_inside(treatment):
        found.append({"control": control, "treatment": treatment, "benchmark": benchmark, **numbers(analyse(control, treatment, benchmark))})
print('{"source": "funnel.py: mpmath 1.3 at 60 digits", "cases": [')
print(",\n".join(json.dumps(case) for case in found))
print("]}")
