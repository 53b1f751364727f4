# Functions that only the inside of the library knows, from their definitions: mpmath 1.x, 50 digits.
# python3 test/reference/numerics/inner_functions.py > test/reference/numerics/inner_functions.json
import json
from mpmath import mp, mpf, psi, log, exp, binomial, fsum, fprod, quad, inf, ncdf

mp.dps = 50


def number(x):
    return float(mp.nstr(x, 20))


def rising(pairs, a, q):
    """Sums over j < k of ln (a + j q) and of its derivatives by a and q, each k so many times."""
    a, q = mpf(a), mpf(q)
    terms = [(w, mpf(j), a + j * q) for k, w in pairs for j in range(k)]
    return {
        "log": number(fsum(w * log(t) for w, _, t in terms)),
        "byA": number(fsum(w / t for w, _, t in terms)),
        "byQ": number(fsum(w * j / t for w, j, t in terms)),
        "byAA": number(-fsum(w / t**2 for w, _, t in terms)),
        "byAQ": number(-fsum(w * j / t**2 for w, j, t in terms)),
        "byQQ": number(-fsum(w * j**2 / t**2 for w, j, t in terms)),
    }


def noncentral(population, successes, draws, k, log_odds, share):
    lowest, highest = max(0, draws - (population - successes)), min(successes, draws)
    odds = exp(mpf(log_odds))
    # Weights by their ratios: large tables have no room for the binomials themselves.
    weights = {lowest: mpf(1)}
    for j in range(lowest, highest):
        ratio = mpf(draws - j) * (successes - j) / (j + 1) / (population - successes - draws + j + 1)
        weights[j + 1] = weights[j] * ratio * odds
    total = fsum(weights.values())
    mean = fsum(j * w for j, w in weights.items()) / total
    tail = {j: w * (share if j == k else 1) for j, w in weights.items() if j >= k}
    mass = fsum(tail.values())
    above = {j: (j - k) * w for j, w in weights.items() if j > k}
    below = {j: (k - j) * w for j, w in weights.items() if j < k}
    return {
        "population": population,
        "successes": successes,
        "draws": draws,
        "k": k,
        "logOdds": log_odds,
        "share": share,
        "logPmf": number(log(weights[k] / total)),
        "logUpper": number(log(mass / total)),
        "upperSlope": number(fsum(j * w for j, w in tail.items()) / mass - mean),
        "logBalance": number(log(fsum(above.values()) / fsum(below.values()))),
        "balanceSlope": number(
            fsum((j - k) * w for j, w in above.items()) / fsum(above.values())
            + fsum((k - j) * w for j, w in below.items()) / fsum(below.values())
        ),
    }


RISING = [
    ([(1, 3), (2, 1), (7, 2)], 0.3, 0.2),
    ([(3, 1), (40, 2)], 2.5, 0.7),
    ([(5, 4), (300, 1)], 12.0, 0.5),
    ([(20, 1), (1000, 3)], 0.02, 0.001),
    ([(2, 5), (9, 1)], 0.4, 1e-6),
    ([(30, 2)], 0.05, 1e-8),
    ([(3, 1), (30, 2)], 0.11, 0.0),
    ([(6, 1)], 1.0, 9e-6),
    ([(8, 1)], 1.0, 1.3e-5),
]
TABLES = [
    (20, 8, 9, 4, 0.0, 0.5),
    (20, 8, 9, 6, 0.7, 1.0),
    (20, 8, 9, 2, 1.5, 0.3),
    (20, 8, 9, 5, -2.0, 0.0),
    (20, 15, 12, 8, 1.1, 0.5),
    (500, 60, 250, 45, 0.4, 0.5),
    (500, 60, 250, 20, 0.4, 0.5),
    (4000, 700, 1900, 400, 0.9, 0.25),
    (40000, 15000, 20000, 7600, 0.0, 0.5),
    (40000, 15000, 20000, 7200, -0.02, 0.5),
]
print(
    json.dumps(
        {
            "psi": [
                {"x": x, "digamma": number(psi(0, mpf(x))), "trigamma": number(psi(1, mpf(x)))}
                for x in (1e-3, 0.3, 1.0, 2.5, 9.5, 10.0, 11.25, 77.0, 1e6)
            ],
            "risingPower": [
                {
                    "counts": [k for k, _ in pairs],
                    "times": [w for _, w in pairs],
                    "a": a,
                    "q": q,
                    **rising(pairs, a, q),
                }
                for pairs, a, q in RISING
            ],
            "noncentral": [noncentral(*table) for table in TABLES],
            "expectedMaximum": [
                {
                    "k": k,
                    "mean": number(quad(lambda x: 1 - ncdf(x) ** k - ncdf(-x) ** k, [0, 1, 2, 4, 8, 16])),
                }
                for k in (2, 3, 5, 30, 1000)
            ],
        },
        indent=1,
    )
)
