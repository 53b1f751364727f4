# Calls of public functions with what they should give, by closed forms, exact fractions and quadrature: calls.json.
#   python3 calls.py > calls.json
# mpmath 1.3 at 40 digits and Python's fractions, written from the definitions. Arguments are exact doubles.
import json
from fractions import Fraction
from mpmath import mp, mpf, erfc, erfinv, sqrt, log, exp, quad, gammainc, betainc, beta as beta_function, binomial, inf, matrix, pi

mp.dps = 40
cases = []


def call(name, args, **expected):
    number = lambda v: mp.nstr(mpf(v.numerator) / v.denominator if isinstance(v, Fraction) else mpf(v), 20)
    cases.append({"call": name, "args": args, "expected": {path.replace("__", "."): number(v) for path, v in expected.items()}})


sf = lambda x: erfc(x / sqrt(2)) / 2
cdf = lambda x: sf(-x)
z_of = lambda upper: sqrt(2) * erfinv(1 - 2 * mpf(upper))

# ---- merging: the units themselves, in fractions -------------------------------------------------------------------
units = [[1, 4, 9, 16, 2], [3, 3, 8], [100, 0, 0, 7, 12, 5], [-4, 11]]
others = [[2, 3, 5, 7, 1], [4, 4, 6], [50, 1, 2, 3, 5, 8], [3, 9]]


def moments(xs, ys=None):
    ys = ys or xs
    n = len(xs)
    mx, my = Fraction(sum(xs), n), Fraction(sum(ys), n)
    return n, mx, sum((x - mx) * (y - my) for x, y in zip(xs, ys)) / (n - 1)


def mean_of(xs):
    n, m, v = moments(xs)
    return {"n": n, "mean": float(m), "variance": float(v)}


for parts in (units, units[:2], units[1:], [[v * 3 + 10**6 for v in part] for part in units]):
    n, m, v = moments(sum(parts, []))
    call("mergeMeans", [[mean_of(part) for part in parts]], n=n, mean=m, variance=v)


def ratio_of(xs, ys):
    (n, mx, vx), (_, my, vy), (_, _, c) = moments(xs), moments(ys), moments(xs, ys)
    return {
        "n": n, "numerator": {"mean": float(mx), "variance": float(vx)},
        "denominator": {"mean": float(my), "variance": float(vy)}, "covariance": float(c),
    }


for a, b in ((0, 4), (0, 2), (1, 4)):
    xs, ys = sum(units[a:b], []), sum(others[a:b], [])
    (n, mx, vx), (_, my, vy), (_, _, c) = moments(xs), moments(ys), moments(xs, ys)
    call(
        "mergeRatios", [[ratio_of(x, y) for x, y in zip(units[a:b], others[a:b])]],
        n=n, numerator__mean=mx, numerator__variance=vx, denominator__mean=my, denominator__variance=vy, covariance=c,
    )
    call(
        "mergeMoments",
        [[{"n": len(x), "metrics": ["x", "y"], "mean": [float(moments(x)[1]), float(moments(y)[1])],
           "covariance": [[float(moments(x)[2]), float(moments(x, y)[2])], [float(moments(x, y)[2]), float(moments(y)[2])]]}
          for x, y in zip(units[a:b], others[a:b])]],
        n=n, mean__0=mx, mean__1=my, covariance__0__0=vx, covariance__0__1=c, covariance__1__1=vy,
    )
    events = [[abs(v) for v in part] for part in units[a:b]]
    n, m, v = moments(sum(events, []))
    call(
        "mergeCounts",
        [[{"n": len(e), "events": sum(e), "variance": float(moments(e)[2])} for e in events]],
        n=n, events=sum(sum(events, [])), variance=v,
    )
call("mergeProportions", [[{"n": 10**12, "conversions": 7}, {"n": 3, "conversions": 3}, {"n": 1, "conversions": 0}]],
     n=10**12 + 4, conversions=10)
for n, x in ((1000, 50), (3, 1), (10**12, 10**12 - 1), (7, 0)):
    call("proportionMean", [{"n": n, "conversions": x}], mean=Fraction(x, n), variance=Fraction(x * (n - x), n * (n - 1)))
for neither, macro_only, micro_only, both in ((890, 0, 90, 20), (10**12, 3, 17, 5), (1, 1, 1, 1)):
    n = neither + macro_only + micro_only + both
    u, v = micro_only + both, macro_only + both
    call(
        "proportionMoments", [{"neither": neither, "macroOnly": macro_only, "microOnly": micro_only, "both": both}],
        mean__0=Fraction(u, n), mean__1=Fraction(v, n), covariance__0__0=Fraction(u * (n - u), n * (n - 1)),
        covariance__1__1=Fraction(v * (n - v), n * (n - 1)), covariance__0__1=Fraction(both * n - u * v, n * (n - 1)),
    )
a = {"n": 1000, "numerator": {"mean": 2.0, "variance": 6.0}, "denominator": {"mean": 5.0, "variance": 20.0}, "covariance": 7.0}
b = {"n": 900, "numerator": {"mean": 2.25, "variance": 7.0}, "denominator": {"mean": 5.5, "variance": 20.5}, "covariance": 8.0}
r = Fraction(2, 5)
call("linearize", [{"control": a, "treatment": b}], ratio=r, control__variance=6 - 2 * r * 7 + r * r * 20,
     treatment__mean=Fraction(9, 4) - r * Fraction(11, 2), treatment__variance=7 - 2 * r * 8 + r * r * Fraction(41, 2))
p = Fraction(9, 10)
call("quantileDesignEffect", [{"n": 4000, "numerator": {"mean": 9, "variance": 90}, "denominator": {"mean": 10, "variance": 100},
     "covariance": 94}], **{"": (90 - 2 * p * 94 + p * p * 100) / (10 * p * (1 - p))})

# ---- plans for counts and ratios -------------------------------------------------------------------------------------
ONE_SIDED = {"two-sided": 2, "greater": 1}


def count_variances(test, c, t, n1, n2, scale):
    """Under H0 and H1, and the effect, of rates c and t."""
    if test == "log":
        v = scale * (1 / (n1 * c) + 1 / (n2 * t))
        return v, v, log(t / c)
    v1 = scale * (c / n1 + t / n2)
    pooled = (n1 * c + n2 * t) / (n1 + n2)
    return (scale * pooled * (1 / n1 + 1 / n2) if test == "score" else v1), v1, t - c


for test in ("score", "wald", "log"):
    for baseline, lift, dispersion, exposure, n, allocation, alpha, alternative in (
        (2.25, 0.03125, 2.5, 1.0, 15000, 1.0, 0.05, "two-sided"),
        (0.0078125, 0.5, 1.0, 4.0, 3000, 0.5, 0.01, "two-sided"),
        (40.0, 0.015625, 30.0, 1.0, 800, 3.0, 0.1, "greater"),
        (0.25, -0.125, 1.0, 1.0, 9000, 1.0, 0.05, "two-sided"),
    ):
        c, t, n1, n2 = mpf(baseline), mpf(baseline) * (1 + mpf(lift)), mpf(n), mpf(n) * mpf(allocation)
        scale, z = mpf(dispersion) / mpf(exposure), z_of(mpf(alpha) / ONE_SIDED[alternative])
        v0, v1, d = count_variances(test, c, t, n1, n2, scale)
        common = {"baseline": baseline, "lift": lift, "dispersion": dispersion, "exposure": exposure,
                  "allocation": allocation, "alpha": alpha, "alternative": alternative, "test": test}
        call("powerForCounts", [{**common, "n": n}], power=cdf((abs(d) - z * sqrt(v0)) / sqrt(v1)))
        v0, v1, d = count_variances(test, c, t, mpf(1), mpf(allocation), scale)
        units_needed = ((z * sqrt(v0) + z_of(mpf(0.25)) * sqrt(v1)) / d) ** 2
        call("sampleSizeForCounts", [{**common, "power": 0.75}], exact__control=units_needed)
        up = lift > 0
        wanted = (z, z_of(mpf(0.25)))

        def gap(x, test=test, c=c, n1=n1, n2=n2, scale=scale, wanted=wanted):
            v0, v1, d = count_variances(test, c, c * (1 + x), n1, n2, scale)
            return abs(d) - wanted[0] * sqrt(v0) - wanted[1] * sqrt(v1)

        low, high = (mpf(0), mpf(10)) if up else (mpf(0), mpf("-0.999"))
        for _ in range(150):
            middle = (low + high) / 2
            low, high = (middle, high) if gap(middle) < 0 else (low, middle)
        del common["lift"]
        call("minimumDetectableLiftForCounts", [{**common, "n": n, "power": 0.75, "direction": "up" if up else "down"}], lift=low)
for baseline, deviation, lift, n, allocation, alpha in ((0.5, 0.375, 0.0625, 5000, 1.0, 0.05), (4.0, 40.0, -0.25, 900, 2.0, 0.001)):
    spread = mpf(deviation) * sqrt(1 / mpf(n) + 1 / (mpf(n) * mpf(allocation)))
    z, d = z_of(mpf(alpha) / 2), abs(mpf(baseline) * mpf(lift))
    common = {"baseline": baseline, "standardDeviation": deviation, "allocation": allocation, "alpha": alpha}
    call("powerForRatios", [{**common, "lift": lift, "n": n}], power=cdf(d / spread - z))
    call("minimumDetectableLiftForRatios", [{**common, "n": n, "power": 0.875}], lift=(z + z_of(mpf(0.125))) * spread / mpf(baseline))
    one = mpf(deviation) ** 2 * (1 + 1 / mpf(allocation))
    call("sampleSizeForRatios", [{**common, "lift": lift, "power": 0.875}], exact__control=one * ((z + z_of(mpf(0.125))) / d) ** 2)

# ---- Bayesian ----------------------------------------------------------------------------------------------------------


def beats(a1, b1, a2, b2):
    """P(second > first) of Beta variables with whole shapes: a finite sum."""
    return sum(beta_function(a1 + i, b1 + b2) / ((b2 + i) * beta_function(1 + i, b2) * beta_function(a1, b1)) for i in range(a2))


for n1, x1, n2, x2 in ((1000, 50, 1000, 65), (40, 0, 60, 9), (500, 400, 300, 200), (5000, 90, 5000, 190)):
    win = beats(x1 + 1, n1 - x1 + 1, x2 + 1, n2 - x2 + 1)
    lose = beats(x2 + 1, n2 - x2 + 1, x1 + 1, n1 - x1 + 1)
    call("probabilityToBeat", [{"control": {"n": n1, "conversions": x1}, "treatment": {"n": n2, "conversions": x2}}],
         probabilityToBeat=win, logProbabilityToLose=log(lose))
arms = [{"n": 100, "conversions": 5}, {"n": 120, "conversions": 12}, {"n": 90, "conversions": 8}]
shapes = [(arm["conversions"] + 1, arm["n"] - arm["conversions"] + 1) for arm in arms]


def best(j):
    density = lambda p: p ** (shapes[j][0] - 1) * (1 - p) ** (shapes[j][1] - 1) / beta_function(*shapes[j])
    rest = [shape for i, shape in enumerate(shapes) if i != j]
    lower = lambda p, s: sum(binomial(s[0] + s[1] - 1, i) * p**i * (1 - p) ** (s[0] + s[1] - 1 - i) for i in range(s[0], s[0] + s[1]))
    return quad(lambda p: density(p) * lower(p, rest[0]) * lower(p, rest[1]), [0, 0.02, 0.05, 0.08, 0.12, 0.16, 0.22, 0.3, 0.5, 1])


mp.dps = 25
chances = [best(j) for j in range(3)]
mp.dps = 40
call("thompsonAllocation", [{"arms": arms}], **{f"arms__{j}__share": chances[j] for j in range(3)})
top_two = [mpf(chances[j]) * (mpf(1) / 2 + sum(chances[i] / (1 - chances[i]) for i in range(3) if i != j) / 2) for j in range(3)]
call("topTwoAllocation", [{"arms": arms}], **{f"arms__{j}__share": top_two[j] for j in range(3)})
call("skepticalPrior", [{"oddsRatio": 1.5, "probability": 0.0625}], standardDeviation=log(mpf(1.5)) / z_of(mpf(0.03125)))
for m, tau, s, alpha in ((0.0, 0.015625, 0.03125, 0.05), (0.0625, 0.03125, 0.03125, 0.01)):
    z = z_of(mpf(alpha) / 2)
    mp.dps = 25
    wide = sqrt(mpf(tau) ** 2 + mpf(s) ** 2)
    up, down = sf((z * s - mpf(m)) / wide), cdf((-z * s - mpf(m)) / wide)
    prior = lambda x: exp(-(((x - mpf(m)) / tau) ** 2) / 2) / (sqrt(2 * pi) * tau)
    span = [mpf(m) + k * mpf(tau) for k in range(-12, 13, 2)]
    below = sorted([mpf(0), *[x for x in span if x < 0]])
    above = sorted([mpf(0), *[x for x in span if x > 0]])
    wrong = quad(lambda x: prior(x) * sf(z - x / s), below) + quad(lambda x: prior(x) * cdf(-z - x / s), above)
    call("winnersCurse", [{"prior": {"family": "normal", "mean": m, "standardDeviation": tau}, "standardError": s, "alpha": alpha}],
         probabilitySignificant=up + down, probabilityWrongSign=wrong / (up + down))
    mp.dps = 40
for estimate, s, tau in ((0.3125, 0.0625, 0.03125), (-0.01, 0.005, 0.02)):
    estimate_, s_, tau_ = mpf(estimate), mpf(s), mpf(tau)
    call("twymanCheck", [{"estimate": estimate, "standardError": s, "priorStandardDeviation": tau}],
         pValue=2 * sf(abs(estimate_) / sqrt(s_**2 + tau_**2)), posterior__estimate=estimate_ * tau_**2 / (tau_**2 + s_**2),
         posterior__standardError=s_ * tau_ / sqrt(tau_**2 + s_**2))

rope_arms = ({"n": 100, "conversions": 12}, {"n": 110, "conversions": 15})
(a1, b1), (a2, b2) = ((x["conversions"] + 1, x["n"] - x["conversions"] + 1) for x in rope_arms)
density = lambda p: p ** (a1 - 1) * (1 - p) ** (b1 - 1) / beta_function(a1, b1)


def upper(p):
    """P(treatment > p): the lower binomial tail, all terms positive."""
    p = min(max(p, mpf(0)), mpf(1))
    return sum(binomial(a2 + b2 - 1, i) * p**i * (1 - p) ** (a2 + b2 - 1 - i) for i in range(a2))


mp.dps = 25
panels = [0, 0.04, 0.08, 0.12, 0.16, 0.2, 0.26, 0.35, 0.5, 1]
for effect, low, high in (("difference", -0.0625, 0.03125), ("lift", -0.25, 0.5)):
    shift = (lambda p, e: p + mpf(e)) if effect == "difference" else (lambda p, e: p * (1 + mpf(e)))
    knots = sorted({*panels, *([0.0625, 1 - 0.03125] if effect == "difference" else [float(mpf(1) / mpf(1.5))])})
    inside = quad(lambda p: density(p) * (upper(shift(p, low)) - upper(shift(p, high))), knots)
    above = quad(lambda p: density(p) * upper(shift(p, high)), knots)
    call("regionOfPracticalEquivalence", [{"control": rope_arms[0], "treatment": rope_arms[1], "effect": effect, "lower": low,
                                           "upper": high}], probabilityInside=inside, probabilityAbove=above)
mp.dps = 40
logs = [-900.0, -3.5, -1200.5, -0.25, -4.0]
sorted_logs = sorted(range(5), key=lambda i: logs[i])
largest = -mpf(10) ** 9
for rank, i in enumerate(sorted_logs):
    largest = max(largest, min(mpf(0), mpf(logs[i]) + log(5 - rank)))
    holm_log = {**(holm_log if rank else {}), i: largest}
call("adjustLogPValues", [logs, "holm"], **{f"{i}": holm_log[i] for i in range(5)})
call("adjustLogPValues", [logs, "bonferroni"], **{f"{i}": min(mpf(0), mpf(logs[i]) + log(5)) for i in range(5)})

# ---- proxies -------------------------------------------------------------------------------------------------------------
covariance = [[1.6e-5, 4e-6, 2.56e-6], [4e-6, 9e-6, 1.2e-6], [2.56e-6, 1.2e-6, 6.4e-7]]
sampling = [[0.04, 0.01, 0.005], [0.01, 0.09, -0.004], [0.005, -0.004, 0.04]]
for w in ([0.7, 0.3], [1.0, -0.5], [1e-6, 3.0]):
    S, N, v = matrix(covariance), matrix(sampling), matrix([*w, 0.0])
    quadratic = lambda M: (v.T * M * v)[0]
    with_macro = lambda M: (v.T * M)[2]
    tau, noise = sqrt(quadratic(S)), quadratic(N)
    call("compositeEffects", [{"scale": "difference", "covariance": covariance}, w],
         tauProxy=tau, tauMacro=sqrt(S[2, 2]), rho=with_macro(S) / (tau * sqrt(S[2, 2])))
    call("compositeSampling", [{"scale": "difference", "covariance": sampling}, w],
         proxy=noise, macro=N[2, 2], correlation=with_macro(N) / sqrt(noise * N[2, 2]))
S, d = matrix(covariance), matrix([0.004, -0.003])
noise = matrix([row[:2] for row in sampling[:2]])
call("sensitivityWeights", [{"effects": {"scale": "difference", "covariance": covariance}, "sampling": {"scale": "difference",
     "covariance": sampling}, "n": 10000, "proxyEffects": [0.004, -0.003]}], given__z=sqrt(10000 * (d.T * noise**-1 * d)[0]))
call("pairEffects", [{"scale": "difference", "covariance": covariance}, 1],
     tauProxy=sqrt(S[1, 1]), tauMacro=sqrt(S[2, 2]), rho=S[1, 2] / sqrt(S[1, 1] * S[2, 2]))
history = [{"n": 90000, "conversions": 450}, {"n": 8000, "conversions": 480}, {"n": 2000, "conversions": 500}]
control, treatment = [18000, 1600, 400], [17700, 1800, 500]
index = [Fraction(cell["conversions"], cell["n"]) for cell in history]


def arm(counts):
    n = sum(counts)
    mean = sum(c * i for c, i in zip(counts, index)) / n
    return n, mean, sum(c * (i - mean) ** 2 for c, i in zip(counts, index)) / n  # of the multinomial shares themselves


(n1, m1, v1), (n2, m2, v2) = arm(control), arm(treatment)
pull = [Fraction(t, n2) - Fraction(c, n1) for c, t in zip(control, treatment)]
bridge = sum(p**2 * i * (1 - i) / cell["n"] for p, i, cell in zip(pull, index, history))
call("surrogateIndex", [{"history": history, "control": control, "treatment": treatment}],
     effect__estimate=m2 - m1, variance__within=v1 / n1 + v2 / n2, variance__bridge=bridge)

# ---- sample ratios by segment --------------------------------------------------------------------------------------------
segments = [("Chrome", [50120, 49880]), ("Safari", [20900, 19700]), ("Edge", [2400, 2391])]
chi2 = lambda x, df: gammainc(mpf(df) / 2, mpf(x) / 2, inf, regularized=True)
statistic = lambda o: sum((mpf(x) - mpf(sum(o)) / 2) ** 2 / (mpf(sum(o)) / 2) for x in o)
ps = [chi2(statistic(o), 1) for _, o in segments]
order = sorted(range(3), key=lambda i: ps[i])
holm, largest = {}, mpf(0)
for rank, i in enumerate(order):
    largest = max(largest, min(1, (3 - rank) * ps[i]))
    holm[i] = largest
total = [sum(o[k] for _, o in segments) for k in range(2)]
rows = [sum(o) for _, o in segments]
spread = sum((mpf(o[k]) - mpf(rows[i]) * total[k] / sum(total)) ** 2 / (mpf(rows[i]) * total[k] / sum(total))
             for i, (_, o) in enumerate(segments) for k in range(2))
call("sampleRatioBySegment", [{"segments": [{"name": n, "observed": o} for n, o in segments], "expected": [1, 1],
                               "method": "chi-squared"}],
     overall__pValue=chi2(statistic(total), 1), homogeneity__statistic=spread, homogeneity__pValue=chi2(spread, 2),
     **{f"segments__{i}__adjustedPValue": holm[i] for i in range(3)})

print("[\n" + ",\n".join(json.dumps(case) for case in cases) + "\n]")
