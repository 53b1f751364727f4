"""Decisions and predictions in populations with heavy tails or a spike at 0, by direct integration with mpmath 1.3 at 20
digits. Writes effect-population.json beside this script.

The proxy's estimate is x = s + e with e ~ N(0, error^2) and (s, y) the true effects: a change without effect with
probability p, otherwise bivariate normal or Student's t scaled to the standard deviations given (over all changes).
Ships: x > threshold. For t the integral over the mixing precision W ~ Gamma(df/2, df/2) is done here by quadrature of the
gamma density itself, by the trapezoidal rule in ln W with steps of 1/16."""
import json
import os
import mpmath as mp

mp.mp.dps = 20


def components(case):
    """Expectation over the mixing scale: f maps a scale to a number."""
    family = case["population"]
    if family["family"] == "student-t":
        df = mp.mpf(family["degreesOfFreedom"])
        half = df / 2

        def average(f):
            density = lambda u: mp.exp(half * mp.log(half) - mp.loggamma(half) + half * u - half * mp.exp(u))
            g = lambda u: density(u) * f(mp.sqrt((df - 2) / df) * mp.exp(-u / 2))
            return sum(g(mp.mpf(k) / 16) for k in range(-40 * 16, 6 * 16)) / 16

        return average, 0
    if family["family"] == "two-normals":
        w, ratio = mp.mpf(family["wideProbability"]), mp.mpf(family["spreadRatio"])
        narrow = 1 / mp.sqrt(1 - w + w * ratio**2)
        return (lambda f: (1 - w) * f(narrow) + w * f(ratio * narrow)), 0
    none = mp.mpf(family["probabilityOfNoEffect"])
    return (lambda f: (1 - none) * f(1 / mp.sqrt(1 - none))), none


def tail(z):
    return mp.erfc(z / mp.sqrt(2)) / 2


def loses_and_ships(h, r):
    """P(Y < 0, Z > h), standard bivariate normal around 0 with correlation r."""
    a = r / mp.sqrt(1 - r**2)
    owen = mp.quad(lambda x: mp.exp(-(h**2) * (1 + x**2) / 2) / (1 + x**2), [0, a]) / (2 * mp.pi)
    return tail(h) / 2 - owen


def outcome(case):
    tau_s, tau_y, rho = (mp.mpf(case[k]) for k in ("tauProxy", "tauMacro", "rho"))
    error, threshold = mp.mpf(case["error"]), mp.mpf(case["threshold"])
    average, none = components(case)
    spread = lambda s: mp.sqrt((s * tau_s) ** 2 + error**2)
    corr = lambda s: rho * s * tau_s / spread(s)
    gain = average(lambda s: corr(s) * s * tau_y * mp.npdf(threshold / spread(s)))
    ships = average(lambda s: tail(threshold / spread(s))) + none * tail(threshold / error)
    wrong = average(lambda s: loses_and_ships(threshold / spread(s), corr(s)))
    # The posterior of y given an estimate x.
    x = mp.mpf(case["estimate"])
    density = lambda s: mp.npdf(x / spread(s)) / spread(s)
    slope = lambda s: rho * tau_y * tau_s * s**2 / spread(s) ** 2
    sd = lambda s: s * tau_y * mp.sqrt(1 - corr(s) ** 2)
    total = average(density) + none * mp.npdf(x / error) / error
    return {
        "gain": gain,
        "shipShare": ships,
        "wrongShipShare": wrong / ships,
        "mean": average(lambda s: density(s) * slope(s) * x) / total,
        "probabilityPositive": average(lambda s: density(s) * tail(-slope(s) * x / sd(s))) / total,
        "probabilityNegative": average(lambda s: density(s) * tail(slope(s) * x / sd(s))) / total,
        "probabilityOfNoEffect": none * mp.npdf(x / error) / error / total,
    }


POPULATIONS = [
    {"family": "student-t", "degreesOfFreedom": 4},
    {"family": "student-t", "degreesOfFreedom": 2.5},
    {"family": "student-t", "degreesOfFreedom": 30},
    {"family": "two-normals", "wideProbability": 0.125, "spreadRatio": 5},
    {"family": "spike-and-normal", "probabilityOfNoEffect": 0.75},
]
SHAPES = [
    {"tauProxy": 0.004, "tauMacro": 0.0008, "rho": 0.8, "error": 0.003, "threshold": 0.006, "estimate": 0.007},
    {"tauProxy": 0.05, "tauMacro": 0.03, "rho": 0.5, "error": 0.1, "threshold": 0.16, "estimate": -0.9},
    {"tauProxy": 1.0, "tauMacro": 2.0, "rho": -0.25, "error": 0.25, "threshold": 0.5, "estimate": 12.0},
]
cases = []
for population in POPULATIONS:
    for shape in SHAPES:
        case = {"population": population, **shape}
        case.update({k: mp.nstr(v, 20) for k, v in outcome(case).items()})
        cases.append(case)
with open(os.path.join(os.path.dirname(os.path.abspath(__file__)), "effect-population.json"), "w") as file:
    json.dump({"origin": "effect-population.py, mpmath 1.3", "cases": cases}, file, indent=1)
    file.write("\n")
