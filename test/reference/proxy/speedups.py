"""Makes speedups-mpmath.json: the formulas of the speedups inside one experiment at 50 digits.

Inputs are exact doubles. Run: python3 speedups.py > speedups-mpmath.json (mpmath 1.3).
"""
import json
from mpmath import mp, mpf, sqrt, exp, log, erfinv, findroot, log1p

mp.dps = 50


def z(p):
    return sqrt(2) * erfinv(2 * mpf(p) - 1)


def number(x):
    return float(x)


def size(rate, lift, alpha, power):
    p1, l = mpf(rate), mpf(lift)
    p2 = p1 * (1 + l)
    pb = (p1 + p2) / 2
    zs = z(1 - mpf(alpha) / 2) * sqrt(2 * pb * (1 - pb)) + z(power) * sqrt(p1 * (1 - p1) + p2 * (1 - p2))
    return (zs / (p1 * l)) ** 2


def detection(micro, macro, micro_lift, macro_lift, alpha, power):
    a, b = size(micro, micro_lift, alpha, power), size(macro, macro_lift, alpha, power)
    m, c = mpf(micro), mpf(macro)
    local = m / (1 - m) * (1 - c) / c / (mpf(macro_lift) / mpf(micro_lift)) ** 2
    return {
        "in": {"microRate": micro, "macroRate": macro, "microLift": micro_lift, "macroLift": macro_lift, "alpha": alpha, "power": power},
        "out": {"nMicro": number(a), "nMacro": number(b), "speedup": number(b / a), "speedupLocal": number(local)},
    }


def planning(neither, macro_only, micro_only, both, level):
    n = mpf(neither + macro_only + micro_only + both)
    cells = [both / n, micro_only / n, macro_only / n, neither / n]

    def log_speedup(p11, p10, p01, p00):
        m, c = p11 + p10, p11 + p01
        q0 = p01 / (1 - m)
        return log(m / (1 - m)) - log(c / (1 - c)) - 2 * log(1 - q0 / c)

    def direct(i):
        # With the cells normalised, so that the derivative stays on the simplex.
        def f(x):
            moved = [p + (x if i == j else 0) for j, p in enumerate(cells)]
            total = sum(moved)
            return log_speedup(*[p / total for p in moved])
        h = mpf(10) ** -15
        return (f(h) - f(-h)) / (2 * h) if cells[i] > 0 else mpf(0)

    g = [direct(i) for i in range(4)]
    variance = (sum(p * x * x for p, x in zip(cells, g)) - sum(p * x for p, x in zip(cells, g)) ** 2) / n
    r, half = log_speedup(*cells), z((1 + mpf(level)) / 2) * sqrt(variance)
    return {
        "in": {"control": {"neither": neither, "macroOnly": macro_only, "microOnly": micro_only, "both": both}, "confidenceLevel": level},
        "out": {"speedup": number(exp(r)), "lower": number(exp(r - half)), "upper": number(exp(r + half))},
    }


def fieller(z_micro, z_macro, r, level):
    # The critical value is an input, rounded to a double: near |zMacro| = c the set turns on its last bit.
    critical = float(z((1 + mpf(level)) / 2))
    zm, zy, r_, c = mpf(z_micro), mpf(z_macro), mpf(r), mpf(critical)
    a, b, k = zy**2 - c**2, zm * zy - c**2 * r_, zm**2 - c**2
    d = b * b - a * k
    out = {"shape": "all"}
    if d > 0 or a > 0:
        roots = sorted([(b - sqrt(abs(d))) / a, (b + sqrt(abs(d))) / a])
        out = {"shape": "interval" if a > 0 else "complement", "lower": number(roots[0]), "upper": number(roots[1])}
    return {"in": {"zMicro": z_micro, "zMacro": z_macro, "correlation": r, "criticalValue": critical}, "out": out}


def fraction(mean, days):
    x = mpf(days) / mpf(mean)
    return 1 - (1 - exp(-x)) / x


def calendar(rate, lift, per_day, mean, alpha, power):
    # In log days: far from the root the equation is steep.
    def missing(t):
        days = exp(t)
        return log(days * per_day) - log(size(mpf(rate) * fraction(mean, days), lift, alpha, power))
    start = log(size(rate, lift, alpha, power) / per_day + mean)
    days = exp(findroot(missing, (start, start + 1), solver="secant", tol=mpf(10) ** -60, maxsteps=200))
    return {
        "in": {"rate": rate, "lift": lift, "unitsPerDay": per_day, "meanDays": mean, "alpha": alpha, "power": power},
        "out": {"days": number(days)},
    }


def delay(mean, enrolment, observed):
    mp.dps = 500  # 1 - (1 - exp(-x)) / x as it stands, for x = 1e-200
    x, y = mpf(enrolment) / mpf(mean), (mpf(observed) - mpf(enrolment)) / mpf(mean)
    fraction = 1 - exp(-y) * (1 - exp(-x)) / x
    mp.dps = 50
    return {
        "in": {"meanDays": mean, "enrolmentDays": enrolment, "observedAtDays": observed},
        "out": {"fraction": number(fraction)},
    }


def arm(t, scale):
    n = mpf(sum(t))
    neither, macro_only, micro_only, both = [mpf(x) / n for x in t]
    m, c = micro_only + both, macro_only + both
    v, w, cov = m * (1 - m), c * (1 - c), both - m * c
    if scale == "log-lift":
        v, w, cov = v / m**2, w / c**2, cov / (m * c)
    return n, v / n, w / n, cov / n


def unit(control, treatment, scale):
    a, b = arm(control, scale), arm(treatment, scale)
    n = 2 / (1 / a[0] + 1 / b[0])
    v, w, cov = (a[i] + b[i] for i in (1, 2, 3))
    names = ["neither", "macroOnly", "microOnly", "both"]
    return {
        "in": {"control": dict(zip(names, control)), "treatment": dict(zip(names, treatment)), "scale": scale},
        "out": {"n": number(n), "proxy": number(n * v), "macro": number(n * w), "correlation": number(cov / sqrt(v * w))},
    }


tables = [
    (18000, 0, 1600, 400),
    (16600, 40, 3000, 360),
    (5, 3, 2, 4),
    (999_000_000_000, 1_000, 900_000_000, 100_000),
    (10, 1, 50, 400),
]
print(json.dumps({
    "method": "speedups.py, mpmath at 50 digits; inputs are exact doubles, outputs are rounded to doubles",
    "detection": [
        detection(0.1, 0.02, 0.1, 0.1, 0.05, 0.8),
        detection(0.3, 0.01, 0.05, 0.02, 0.01, 0.9),
        detection(1e-6, 1e-9, 0.5, 2.0, 0.05, 0.8),
        detection(0.9, 0.02, 0.001, 0.001, 0.05, 0.5),
        detection(0.5, 0.25, -0.5, -0.75, 1e-9, 0.999999),
        detection(0.02, 0.1, 1e-9, 1e-9, 0.05, 0.8),
    ],
    "planning": [planning(*t, level) for t in tables for level in (0.95, 0.5, 0.9999)],
    "fieller": [
        fieller(*case)
        for case in [
            (4.0, 2.5, 0.4, 0.95), (0.5, 0.3, 0.4, 0.95), (3.4, 1.1, 0.3, 0.95), (-3.4, 1.1, 0.3, 0.95),
            (1.0, 5.0, 0.9, 0.99), (-4.0, 3.0, -0.2, 0.9), (40.0, 38.5, 0.999, 0.95), (2.0, 1.9599639845, 0.1, 0.95),
            (2.0, 1.95996398455, 0.1, 0.95), (1e6, 1e5, 0.5, 0.95), (1e-6, 2.5, 0.3, 0.95), (3.0, -3.0, 0.5, 0.95),
        ]
    ],
    "calendar": [
        calendar(0.02, 0.1, 1000.0, 5.0, 0.05, 0.8),
        calendar(0.02, 0.1, 1000.0, 500.0, 0.05, 0.8),
        calendar(0.5, -0.25, 10.0, 1e-3, 0.01, 0.9),
        calendar(1e-4, 0.5, 1e6, 1e6, 0.05, 0.8),
    ],
    "delay": [
        delay(*case)
        for case in [
            (5.0, 14.0, 14.0), (5.0, 14.0, 30.0), (1e9, 1.0, 1.0), (1e9, 1.0, 1e3), (1e-9, 1.0, 1.0), (10.0, 10.0, 10.0),
            (10.0, 9.99, 9.99), (1.0, 1e-200, 1e-200), (3.0, 1e-12, 20.0), (3.0, 30.0, 31.0),
        ]
    ],
    "unitCovariance": [
        unit(c, t, scale)
        for scale in ("difference", "log-lift")
        for c, t in [
            ((16600, 40, 3000, 360), (16100, 42, 3420, 438)),
            ((16600, 40, 3000, 360), (1610, 4, 342, 44)),
            ((1, 1, 1, 1), (2, 1, 1, 5)),
            ((10**15, 10**3, 10**9, 10**5), (10**15, 10**3, 2 * 10**9, 10**5)),
        ]
    ],
}, indent=1))
