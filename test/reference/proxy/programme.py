"""Programmes of tests, values of micro conversions and largest normals, from their definitions with mpmath 1.3.

Run: python3 programme.py > programme-mpmath.json (about a minute). Gains are quadratures of
E[true macro effect; the estimate ships], with weights from matrices; years are loops over their tests; Fieller's sets
are roots of their quadratic, with covariances from gradients of the cells. Arguments are exact doubles.
"""

import json
import random

from mpmath import mp, mpf, matrix, quad, sqrt, erfc, exp, pi, inf, diff, log, ncdf, findroot, polyroots

mp.dps = 40
rng = random.Random(20261123)
YEAR = 365


def phi(z):
    return exp(-z * z / 2) / sqrt(2 * pi)


def upper(z):
    return erfc(z / sqrt(mpf(2))) / 2


def z_of(p):
    """The z with P(Z > z) = p."""
    return findroot(lambda z: log(upper(z)) - log(p), mpf(1) if p < 0.5 else mpf(-1))


def num(x):
    return mp.nstr(x, 25) if not isinstance(x, (int, float)) else x


def weights(e, s, n_proxy, n_macro):
    """Weights of the posterior mean of the macro effect, and its intercept."""
    a = mpf(s["correlation"]) * sqrt(mpf(s["proxy"]) * mpf(s["macro"]))
    L = matrix([[mpf(e["tauProxy"]) ** 2, mpf(e["rho"]) * mpf(e["tauProxy"]) * mpf(e["tauMacro"])],
                [mpf(e["rho"]) * mpf(e["tauProxy"]) * mpf(e["tauMacro"]), mpf(e["tauMacro"]) ** 2]])
    if n_macro == 0:
        w = [L[0, 1] / (L[0, 0] + mpf(s["proxy"]) / n_proxy), mpf(0)]
    else:
        # Units behind the macro estimate are all behind the proxy's too.
        S = matrix([[mpf(s["proxy"]) / n_proxy, a / n_proxy], [a / n_proxy, mpf(s["macro"]) / n_macro]])
        V = L + S
        x = V ** -1 * matrix([L[0, 1], L[1, 1]])
        w = [x[0], x[1]]
    return w, e["meanMacro"] - w[0] * e["meanProxy"] - w[1] * e["meanMacro"]


def policy(name, e, s, rule, n, n_early):
    """Weights on both estimates, threshold and sizes of a policy."""
    n_proxy, n_macro = n, (n if name == "wait-for-sales" else n_early if name == "assisted" else mpf(0))
    by_mean = rule["kind"] in ("posterior-mean", "posterior-probability")
    if name == "assisted":
        w, intercept = weights(e, s, n_proxy, n_macro)
        threshold = -intercept
    elif name == "trust-the-proxy":
        w, intercept = weights(e, s, n, mpf(0)) if by_mean else ([mpf(1), mpf(0)], mpf(0))
        threshold = -intercept
    else:
        shrink = mpf(e["tauMacro"]) ** 2 / (mpf(e["tauMacro"]) ** 2 + mpf(s["macro"]) / n)
        w = [mpf(0), shrink] if by_mean else [mpf(0), mpf(1)]
        threshold = -(1 - shrink) * mpf(e["meanMacro"]) if by_mean else mpf(0)
    covariance = mpf(s["correlation"]) * sqrt(mpf(s["proxy"]) * mpf(s["macro"])) / n_proxy
    noise = w[0] ** 2 * mpf(s["proxy"]) / n_proxy
    if w[1] != 0:
        noise += w[1] ** 2 * mpf(s["macro"]) / n_macro + 2 * w[0] * w[1] * covariance
    slope = w[0] * mpf(e["rho"]) * mpf(e["tauProxy"]) / mpf(e["tauMacro"])
    residual = noise + w[0] ** 2 * mpf(e["tauProxy"]) ** 2 * (1 - mpf(e["rho"]) ** 2)
    at_zero = w[0] * mpf(e["meanProxy"]) - slope * mpf(e["meanMacro"])
    if rule["kind"] == "significance":
        z = z_of(mpf(rule["alpha"]) / 2)
        threshold = at_zero + z * sqrt(residual) if name == "assisted" else z * sqrt(noise)
    if rule["kind"] == "posterior-probability":
        variance = mpf(e["tauMacro"]) ** 2
        total = slope + w[1]
        left = (1 - total) ** 2 * variance + residual
        threshold += z_of(1 - mpf(rule["threshold"])) * sqrt(left)
    return w, threshold, noise, slope + w[1], residual, at_zero, n_macro


def outcome(e, plan):
    w, threshold, noise, slope, residual, at_zero, n_macro = plan
    mu, tau = mpf(e["meanMacro"]), mpf(e["tauMacro"])

    def ships(theta):
        return upper((threshold - at_zero - slope * theta) / sqrt(residual))

    points = [mu - 12 * tau, mu - 3 * tau, 0, mu, mu + 3 * tau, mu + 12 * tau]
    turn = (threshold - at_zero) / slope if slope != 0 else mu
    width = abs(sqrt(residual) / slope) if slope != 0 else tau
    points += [turn, turn - 5 * width, turn + 5 * width]
    low, high = mu - 14 * tau, mu + 14 * tau
    points = sorted({low, high} | {mpf(p) for p in points if low < p < high})
    density = lambda t: phi((t - mu) / tau) / tau
    gain = quad(lambda t: t * density(t) * ships(t), points)
    share = quad(lambda t: density(t) * ships(t), points)
    below = [p for p in points if p < 0] + [mpf(0)]
    wrong = quad(lambda t: density(t) * ships(t), below) if len(below) > 1 else mpf(0)
    return gain, share, wrong / share, upper((threshold - at_zero) / sqrt(residual))


def within_year(test_days, decision_days, per_year):
    spacing, total, start = YEAR / per_year, mpf(0), mpf(0)
    while start + decision_days < YEAR:
        total += 1 - (start + decision_days) / YEAR
        start += spacing
    return total


def early_units(case, n):
    v, d = mpf(case["unitsPerDay"]), mpf(case["assistedDelayDays"])
    delay = case["macroDelay"]
    days = n / v
    if "attributionDays" in delay:
        return max(mpf(0), n - v * (mpf(delay["attributionDays"]) - d))
    mean, window = mpf(delay["meanDays"]), mpf(delay["windowDays"])
    curve = lambda age: (1 - exp(-min(age, window) / mean)) / (1 - exp(-window / mean))
    ends = sorted({d, days + d} | ({window} if d < window < days + d else set()))
    share = quad(curve, ends) / days
    odds = 2 / mpf(case["sampling"]["macro"])
    return n * share / (1 + odds * (1 - share))


def programme_cases():
    rules = [{"kind": "sign"}, {"kind": "significance", "alpha": 0.05}, {"kind": "posterior-mean"},
             {"kind": "posterior-probability", "threshold": 0.9}]
    rows = []
    for k in range(12):
        spread = 0.04
        case = {
            "effects": {
                "tauProxy": spread * rng.uniform(0.3, 2), "tauMacro": spread * rng.uniform(0.3, 2),
                "rho": rng.uniform(0.25, 0.95) if k % 5 else -0.4,
                "meanProxy": 0.0 if k % 2 else spread * rng.uniform(-0.5, 0.5),
                "meanMacro": 0.0 if k % 2 else spread * rng.uniform(-0.5, 0.5),
            },
            "sampling": {"proxy": rng.uniform(4, 40), "macro": rng.uniform(40, 400), "correlation": rng.uniform(0, 0.8)},
            "unitsPerDay": rng.uniform(200, 5000), "ideasPerYear": rng.choice([8.0, 20.5, 60.0]),
            "proxyDelayDays": rng.uniform(0, 3), "assistedDelayDays": rng.uniform(3, 8),
            "macroDelay": {"attributionDays": rng.uniform(8, 30)} if k % 3 else {"meanDays": rng.uniform(2, 9), "windowDays": rng.uniform(10, 30)},
            "whileWaiting": rng.choice(["idle", "next-test"]),
            "rule": rules[k % 4],
        }
        case["n"] = case["unitsPerDay"] * rng.uniform(7, 60)
        v, n = mpf(case["unitsPerDay"]), mpf(case["n"])
        waits = case["macroDelay"].get("attributionDays", case["macroDelay"].get("windowDays"))
        expected = {}
        for name, delay in [("wait-for-sales", waits), ("trust-the-proxy", case["proxyDelayDays"]),
                            ("assisted", case["assistedDelayDays"])]:
            plan = policy(name, case["effects"], case["sampling"], case["rule"], n, early_units(case, n))
            gain, share, wrong, false = outcome(case["effects"], plan)
            days = n / v
            decided = days + mpf(delay)
            per_year = min(mpf(case["ideasPerYear"]), YEAR / (decided if case["whileWaiting"] == "idle" else days))
            expected[name] = {
                "nMacro": num(plan[6]), "gainPerTest": num(gain), "testsPerYear": num(per_year),
                "gainPerYear": num(gain * per_year),
                "gainWithinYear": num(gain * within_year(days, decided, per_year)),
                "shipShare": num(share), "wrongShipShare": num(wrong), "falseShipRate": num(false),
            }
        rows.append({"input": case, "expected": expected})
    return rows


CELLS = ["neither", "macroOnly", "microOnly", "both"]


def value_cases():
    rows = []
    for k in range(8):
        scale = rng.choice([200, 5000, 10 ** 6, 10 ** 9])
        lift = rng.choice([0.0, 0.03, 0.1, -0.05])
        control = [int(scale * p) for p in (0.85, 0.004 * (k % 3), 0.12, 0.03)]
        treatment = [int(scale * (0.85 - 0.15 * lift)), int(scale * 0.004 * (k % 3)) + k,
                     int(scale * 0.12 * (1 + lift)) + 3, int(scale * 0.03 * (1 + lift * rng.uniform(-1, 2)))]
        value = rng.uniform(1, 200)
        n = [sum(control), sum(treatment)]
        cells = [mpf(c) / n[0] for c in control] + [mpf(c) / n[1] for c in treatment]

        def micro(p): return (p[6] + p[7]) - (p[2] + p[3])
        def macro(p): return (p[5] + p[7]) - (p[1] + p[3])
        def converters(p): return n[0] * (p[2] + p[3]) + n[1] * (p[6] + p[7])
        def share(p): return (n[0] * p[3] + n[1] * p[7]) / converters(p)

        def gradient(f):
            return [diff(lambda x, i=i: f(cells[:i] + [x] + cells[i + 1:]), cells[i]) for i in range(8)]

        def covariance(f, g):
            a, b, total = gradient(f), gradient(g), mpf(0)
            for arm in (0, 1):
                p, s, t = cells[4 * arm:4 * arm + 4], a[4 * arm:4 * arm + 4], b[4 * arm:4 * arm + 4]
                mean_s, mean_t = sum(x * y for x, y in zip(p, s)), sum(x * y for x, y in zip(p, t))
                total += sum(x * (y - mean_s) * (w - mean_t) for x, y, w in zip(p, s, t)) / n[arm]
            return total

        def fieller(top, bottom, unit):
            """{t: (top − t bottom)² <= z² (vt − 2 t c + t² vb)}."""
            z2 = z_of(mpf(0.05) / 2) ** 2
            x, y = top(cells), bottom(cells)
            a = y ** 2 - z2 * covariance(bottom, bottom)
            b = x * y - z2 * covariance(top, bottom)
            c = x ** 2 - z2 * covariance(top, top)
            d = b * b - a * c
            if a < 0 and d <= 0:
                return {"shape": "all"}
            ends = sorted([(b - sqrt(d)) / a * unit, (b + sqrt(d)) / a * unit])
            return {"shape": "between" if a > 0 else "outside", "lower": num(ends[0]), "upper": num(ends[1])}

        q1 = share(cells)
        others = [n[0] * cells[0] + n[1] * cells[4], n[0] * cells[1] + n[1] * cells[5]]
        q0 = others[1] / (others[0] + others[1])
        rows.append({
            "input": {"control": dict(zip(CELLS, control)), "treatment": dict(zip(CELLS, treatment)), "valuePerMacro": value},
            "expected": {
                "correlational": num(value * q1), "againstNonConverters": num(value * (q1 - q0)),
                "incremental": num(value * macro(cells) / micro(cells)),
                "incrementalSet": fieller(macro, micro, mpf(value)),
                "inflation": num(q1 * micro(cells) / macro(cells)) if macro(cells) != 0 else None,
                "inflationSet": fieller(lambda p: share(p) * micro(p), macro, mpf(1)),
                "zMicro": num(micro(cells) / sqrt(covariance(micro, micro))),
            },
        })
    return rows


def largest_normals():
    rows = []
    for k in (2, 3, 5, 10, 100, 10 ** 4, 10 ** 6):
        mean = quad(lambda x: 1 - ncdf(x) ** k - ncdf(-x) ** k, [0, 1, 2, 3, 4, 5, 6, 8, 12, inf])
        rows.append({"k": k, "mean": num(mean)})
    return rows


print(json.dumps({"note": "made by programme.py with mpmath 1.3 at 40 digits", "programmes": programme_cases(),
                  "values": value_cases(), "largestNormals": largest_normals()}, indent=1))
