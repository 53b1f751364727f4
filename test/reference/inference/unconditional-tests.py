"""Barnard's and Boschloo's tests from scratch: every table enumerated with exact integers, the supremum over the common
rate on a grid of 3,001 points in asin(sqrt(p)), and each of the highest local maxima refined with mpmath at 30 digits.

python3 unconditional-tests.py SEED COUNT [--fast] > unconditional-tests.json
With --fast no refinement by mpmath: doubles, good to about 1e-9, for thousands of tables.
"""
import json, random, sys
from fractions import Fraction
from math import comb, log
import numpy as np
from mpmath import mp, mpf, nstr

mp.dps = 30
TIE = Fraction(1) + Fraction(1, 10**7)  # R's fisher.test
GRID = np.sin(np.linspace(0, np.pi / 2, 3001)[1:-1]) ** 2


def orders(n1, n2):
    """For each table exact keys, smaller is more extreme: |z|^2 and sign, one-sided and two-sided Fisher p-values."""
    N = n1 + n2
    keys = {}
    for c in range(N + 1):
        lo, hi = max(0, c - n1), min(n2, c)
        ways = [comb(n2, k) * comb(n1, c - k) for k in range(lo, hi + 1)]
        total = comb(N, c)
        upper = [0] * (len(ways) + 1)
        for i in range(len(ways) - 1, -1, -1):
            upper[i] = upper[i + 1] + ways[i]
        ranked = sorted(ways)
        for i, k in enumerate(range(lo, hi + 1)):
            cross = k * n1 - (c - k) * n2
            z2 = Fraction(0) if c in (0, N) else Fraction(cross * cross, c * (N - c))
            two = sum(w for w in ranked if w <= ways[i] * TIE)
            keys[c - k, k] = dict(
                z=z2 if cross > 0 else -z2, greater=Fraction(upper[i], total),
                less=Fraction(total - upper[i + 1], total), two=Fraction(two, total), ways=ways[i])
    return keys


def supremum(keys, n1, n2, inside, fast):
    N = n1 + n2
    counts = [0] * (N + 1)
    for (x1, x2), key in keys.items():
        if inside(key):
            counts[x1 + x2] += key["ways"]
    if counts[0] or counts[N]:
        return 1.0, 0.0
    used = [c for c in range(N + 1) if counts[c]]
    logs = np.array([log(counts[c]) for c in used])
    cs = np.array(used)
    terms = logs + np.outer(np.log(GRID), cs) + np.outer(np.log1p(-GRID), N - cs)
    top = terms.max(axis=1)
    values = top + np.log(np.exp(terms - top[:, None]).sum(axis=1))
    tops = [i for i in range(len(GRID)) if values[i] >= max(values[max(i - 1, 0)], values[min(i + 1, len(GRID) - 1)])]
    best = max(values[i] for i in tops)
    tops = [i for i in tops if values[i] > best - 1e-4]
    f = lambda p: sum(counts[c] * p**c * (1 - p) ** (N - c) for c in used)
    g = (mpf(5) ** mpf("0.5") - 1) / 2
    result = mpf(0)
    for i in tops:
        a, b = GRID[max(i - 1, 0)], GRID[min(i + 1, len(GRID) - 1)]
        if fast:
            # a parabola through three points in asin(sqrt(p))
            y0, y1, y2 = (values[j] for j in (max(i - 1, 0), i, min(i + 1, len(GRID) - 1)))
            bend = y0 - 2 * y1 + y2
            result = max(result, mpf(y1 - (y2 - y0) ** 2 / (8 * bend) if bend < 0 else y1)) if result else mpf(
                y1 - (y2 - y0) ** 2 / (8 * bend) if bend < 0 else y1)
            continue
        a, b = mpf(a), mpf(b)
        c, d = b - g * (b - a), a + g * (b - a)
        fc, fd = f(c), f(d)
        for _ in range(40):
            if fc > fd:
                b, d, fd = d, c, fc
                c = b - g * (b - a)
                fc = f(c)
            else:
                a, c, fc = c, d, fd
                d = a + g * (b - a)
                fd = f(d)
        result = max(result, fc, fd)
    if fast:
        return None, float(result)
    return float(result), float(mp.log(result))


def table(x1, n1, x2, n2, fast):
    keys = orders(n1, n2)
    seen = keys[x1, x2]
    sup = lambda inside: supremum(keys, n1, n2, inside, fast)
    row = {"control": {"n": n1, "conversions": x1}, "treatment": {"n": n2, "conversions": x2}}
    rules = {
        "barnardGreater": lambda k: k["z"] >= seen["z"],
        "barnardLess": lambda k: k["z"] <= seen["z"],
        "barnardTwoSided": lambda k: abs(k["z"]) >= abs(seen["z"]),
        "boschlooGreater": lambda k: k["greater"] <= seen["greater"],
        "boschlooLess": lambda k: k["less"] <= seen["less"],
        "boschlooTwoSided": lambda k: k["two"] <= seen["two"],
    }
    for name, inside in rules.items():
        p, logp = sup(inside)
        row[name] = logp if fast else [p, logp]
    return row


def draw(rng, most):
    n1 = rng.choice([1, 2, 3, rng.randint(1, most), rng.randint(1, most)])
    n2 = rng.choice([1, rng.randint(1, most), rng.randint(1, most), rng.randint(1, 4 * most) if n1 < 8 else n1])
    if rng.random() < 0.5:
        n1, n2 = n2, n1
    p1, p2 = rng.random(), rng.random()
    if rng.random() < 0.5:
        p2 = p1
    return (sum(rng.random() < p1 for _ in range(n1)), n1, sum(rng.random() < p2 for _ in range(n2)), n2)


if __name__ == "__main__":
    seed, count, fast = int(sys.argv[1]), int(sys.argv[2]), "--fast" in sys.argv
    rng = random.Random(seed)
    tables = [] if fast else [
        (7, 12, 1, 15), (20, 60, 34, 60), (1, 2, 299, 300), (0, 2, 300, 300), (1, 1, 3, 90), (0, 40, 60, 60),
        (0, 50, 48, 50), (2, 100, 98, 100), (0, 300, 1, 2), (3, 80, 9, 70), (10, 10, 0, 12), (0, 1, 1, 1)]
    tables += [draw(rng, 25 if fast else 30) for _ in range(count)]
    rows = [table(*t, fast) for t in tables]
    origin = "enumeration with exact integers, suprema by mpmath 1.3 at 30 digits: unconditional-tests.py"
    print(json.dumps({"origin": origin, "conventions": "[p, ln p]; two-sided: by |z|, by Fisher's p of minimum likelihood", "cases": rows}))
