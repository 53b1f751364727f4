# How one Beta variable lies above a line over another, from the definition: mpmath 1.x, tanh-sinh quadrature.
# 80 digits: nodes come no nearer to a pole than the last digit, and x^-0.7 has 1e-9 of its mass below 1e-30.
# python3 test/reference/numerics/beside_line.py > test/reference/numerics/beside_line.json
#
# P(T > t(X)) over x in (0, 1), where t(x) below 0 is exceeded for certain and t(x) above 1 never; the rate at which it
# falls with the parameter of the line, the integral of f_X(x) f_T(t(x)) |dt/dparameter|; and for lines that stay between
# 0 and 1 the mean of max(T - t(X), 0).
import json
from mpmath import mp, mpf, beta, betainc, exp, log, quad, sqrt

mp.dps = 80


def tail(t, tc, a, b):
    """P(T > t) from t and 1 - t, neither of them by subtraction where it is small."""
    return betainc(b, a, 0, tc, regularized=True)


def lines(kind, value):
    """t, 1 - t and |dt/dparameter| at x and 1 - x."""
    v = mpf(value)
    if kind == "difference":
        return lambda x, xc: (x + v, xc - v, mpf(1))
    if kind == "ratio":
        return lambda x, xc: (exp(v) * x, 1 - exp(v) * x, exp(v) * x)
    odds = exp(v)
    return lambda x, xc: (odds * x / (odds * x + xc), xc / (odds * x + xc), odds * x * xc / (odds * x + xc) ** 2)


def solve(a, b, c, d, kind, value):
    a, b, c, d = map(mpf, (a, b, c, d))
    at = lines(kind, value)
    low, high = mpf(0), mpf(1)
    if kind == "difference":
        low, high = max(low, -mpf(value)), min(high, 1 - mpf(value))
    if kind == "ratio" and value > 0:
        high = exp(-mpf(value))
    mean, deviation = a / (a + b), sqrt(a * b / (a + b + 1)) / (a + b)
    marks = [mean + k * deviation for k in (-40, -12, -5, -2, 0, 2, 5, 12, 40)]
    # Where T's mean lies on the line, too.
    meant, deviationt = c / (c + d), sqrt(c * d / (c + d + 1)) / (c + d)
    for k in (-12, -4, 0, 4, 12):
        t = meant + k * deviationt
        if 0 < t < 1:
            marks.append({"difference": t - value, "ratio": t / exp(mpf(value)), "odds": t / (t + (1 - t) * exp(mpf(value)))}[kind])
    cuts = [low] + sorted(m for m in marks if low < m < high) + [high]

    def density(x, p, q):
        return x ** (p - 1) * (1 - x) ** (q - 1) / beta(p, q)

    def over(f):
        return quad(f, cuts)

    def inner(x):
        return at(x, 1 - x)

    probability = over(lambda x: density(x, a, b) * tail(inner(x)[0], inner(x)[1], c, d))
    if low > 0:
        probability += betainc(a, b, 0, low, regularized=True)
    crossing = over(lambda x: density(x, a, b) * density(inner(x)[0], c, d) * inner(x)[2])
    result = {"logProbability": float(log(probability)), "logCrossing": float(log(crossing))}
    if kind == "odds" or (kind == "ratio" and value <= 0):
        # E max(T - t, 0) = mean of T times the tail of Beta(c + 1, d), less t times its own.
        def excess(x):
            t, tc, _ = inner(x)
            return density(x, a, b) * (meant * tail(t, tc, c + 1, d) - t * tail(t, tc, c, d))

        result["logExcess"] = float(log(over(excess)))
    return result


CASES = [
    # Shapes of X and T, the line and its parameter: shapes above 1 in the body and far from it,
    (12, 30, 18, 25, "difference", 0.05),
    (12, 30, 18, 25, "difference", 0.6),
    (12, 30, 18, 25, "difference", -0.7),
    (30, 4, 3, 40, "difference", -0.1),
    (2, 9, 60, 3, "difference", 0.3),
    (12, 30, 18, 25, "ratio", 0.3),
    (12, 30, 18, 25, "ratio", -1.2),
    (5, 200, 7, 150, "ratio", 2),
    (5, 200, 7, 150, "ratio", -0.5),
    (40, 3, 30, 5, "ratio", 0.2),
    (12, 30, 18, 25, "odds", 0.8),
    (12, 30, 18, 25, "odds", -3),
    (5, 200, 7, 150, "odds", 1),
    (300, 900, 250, 800, "odds", 0.1),
    (300, 900, 250, 800, "ratio", -0.2),
    (300, 900, 250, 800, "difference", 0.02),
    # at and below 1, where densities have poles at the ends,
    (0.5, 0.5, 0.5, 0.5, "difference", 0.2),
    (0.5, 0.5, 0.5, 0.5, "odds", 0.7),
    (0.5, 0.5, 0.5, 0.5, "ratio", -0.4),
    (0.3, 2, 1, 5, "odds", -1),
    (1, 5, 0.3, 2, "ratio", -1),
    (0.7, 30, 0.4, 60, "difference", 0.02),
    (0.7, 30, 0.4, 60, "ratio", -2),
    (3, 0.6, 0.8, 0.2, "odds", 1.5),
    (3, 0.6, 0.8, 0.2, "difference", -0.25),
    # and where X and T are as unlike as can be.
    (1, 1, 500, 300, "difference", 0.1),
    (500, 300, 1, 1, "odds", 0.5),
    (900, 2, 0.5, 9, "ratio", -0.1),
    (0.5, 9, 900, 2, "odds", 2),
]

print(
    json.dumps(
        {
            "cases": [
                {"x": [a, b], "t": [c, d], "line": kind, "value": value, **solve(a, b, c, d, kind, value)}
                for a, b, c, d, kind, value in CASES
            ]
        },
        indent=2,
    )
)
