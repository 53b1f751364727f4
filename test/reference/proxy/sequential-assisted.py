"""Makes sequential-assisted.json: deciding day by day, from the joint normal distribution of everything seen (NumPy).

Nothing of the library's way is used: the posterior mean of a look is the best linear prediction from all cohorts'
estimates of that look, by one large covariance matrix, and what looking twice does is integrated over both posterior
means and the true effect by Gauss-Legendre rules of 4 x 96 points a dimension. Difference scale, equal arms.
Run: python3 sequential-assisted.py > sequential-assisted.json
"""
import json
import math
import random

import numpy as np
from scipy.special import ndtr, ndtri

POINTS, WEIGHTS = np.polynomial.legendre.leggauss(96)


def rule(lower, upper, panels=4):
    edges = np.linspace(lower, upper, panels + 1)
    half = np.diff(edges) / 2
    centre = (edges[:-1] + edges[1:]) / 2
    return (centre[:, None] + half[:, None] * POINTS).ravel(), (half[:, None] * WEIGHTS).ravel()


def mean_share(mean_days, age):
    """Share of sales in from units that entered evenly within a day, `age` whole days after its end."""
    return 1 - mean_days * (math.exp(-age / mean_days) - math.exp(-(age + 1) / mean_days))


def case(rng, reading):
    days = rng.randint(4, 7)
    n = [rng.randint(500, 5000) for _ in range(days)]
    m, c = rng.uniform(0.08, 0.3), rng.uniform(0.01, 0.05)
    nested = c * (1 - m)  # covariance of the two conversions of a user, in a nested funnel
    r = nested / math.sqrt(m * (1 - m) * c * (1 - c)) * rng.uniform(0.3, 1)
    effects = {
        "scale": "difference",
        "tauProxy": m * rng.uniform(0.02, 0.1),
        "tauMacro": c * rng.uniform(0.05, 0.2),
        "rho": rng.uniform(-0.9, 0.95),
        "meanProxy": m * rng.uniform(-0.02, 0.02),
        "meanMacro": c * rng.uniform(-0.03, 0.03),
    }
    looks = sorted(rng.sample(range(2, days + 1), 2))
    mature_age = 1
    mean_days = rng.uniform(1, 6)
    oss, oyy = 2 * m * (1 - m), 2 * c * (1 - c)
    osy = r * math.sqrt(oss * oyy)
    ts, ty, rho = effects["tauProxy"], effects["tauMacro"], effects["rho"]
    lam = np.array([[ts * ts, rho * ts * ty], [rho * ts * ty, ty * ty]])

    counts = [
        {
            arm: {
                "micro": round(n[i] * m * rng.uniform(0.9, 1.1)),
                "macro": sorted(round(n[i] * c * rng.uniform(0.2, 1.1)) for _ in range(days)),
            }
            for arm in ("control", "treatment")
        }
        for i in range(days)
    ]

    # One row an estimate: (look, cohort, metric, share seen, value).
    rows = []
    for look, day in enumerate(looks):
        for i in range(day):
            age = day - 1 - i
            of = lambda f: (f(counts[i]["treatment"]) - f(counts[i]["control"])) / n[i]
            rows.append((look, i, 0, 1.0, of(lambda arm: arm["micro"])))
            if reading == "mature":
                if age >= mature_age:
                    rows.append((look, i, 1, 1.0, of(lambda arm: arm["macro"][mature_age])))
            else:
                share = mean_share(mean_days, age)
                rows.append((look, i, 1, share, of(lambda arm: arm["macro"][age]) / share))

    size = len(rows)
    cov = np.empty((size, size))
    for a, (_, i, metric_a, share_a, _) in enumerate(rows):
        for b, (_, j, metric_b, share_b, _) in enumerate(rows):
            value = lam[metric_a, metric_b]
            if i == j:
                if metric_a == metric_b == 0:
                    value += oss / n[i]
                elif metric_a != metric_b:
                    value += osy / n[i]
                else:  # seen with chance g of each sale; the later look sees all that the earlier one saw
                    value += (oyy + 2 * c * (1 / max(share_a, share_b) - 1)) / n[i]
            cov[a, b] = value
    mean = np.array([(effects["meanProxy"], effects["meanMacro"])[row[2]] for row in rows])
    with_effect = np.array([lam[row[2], 1] for row in rows])
    seen = np.array([row[4] for row in rows])

    posterior, weights = [], np.zeros((2, size))
    for look in range(2):
        own = [a for a, row in enumerate(rows) if row[0] == look]
        w = np.linalg.solve(cov[np.ix_(own, own)], with_effect[own])
        weights[look, own] = w
        explained = w @ with_effect[own]
        posterior.append(
            {
                "mean": effects["meanMacro"] + w @ (seen[own] - mean[own]),
                "standardDeviation": math.sqrt(lam[1, 1] - explained),
                "macroEquivalentN": oyy / lam[1, 1] * explained / (lam[1, 1] - explained),
            }
        )

    # Joint distribution of both posterior means and the true effect, about its mean.
    joint = np.empty((3, 3))
    joint[:2, :2] = weights @ cov @ weights.T
    joint[:2, 2] = joint[2, :2] = weights @ with_effect
    joint[2, 2] = lam[1, 1]
    threshold = rng.uniform(0.6, 0.97)
    z, mu = float(ndtri(threshold)), effects["meanMacro"]
    bounds = [z * p["standardDeviation"] - mu for p in posterior]

    def stays(centre, two):
        """P(both posterior means stay below their bounds), and the first alone."""
        sd1 = math.sqrt(two[0, 0])
        slope = two[0, 1] / two[0, 0]
        sd2 = math.sqrt(two[1, 1] - slope * two[0, 1])
        x, wx = rule(centre[0] - 10 * sd1, bounds[0])
        density = np.exp(-0.5 * ((x - centre[0]) / sd1) ** 2) / sd1 / math.sqrt(2 * math.pi)
        first = ndtr((bounds[0] - centre[0]) / sd1)
        return first, float(np.sum(wx * density * ndtr((bounds[1] - centre[1] - slope * (x - centre[0])) / sd2)))

    first, both = stays((0, 0), joint[:2, :2])
    given = joint[:2, 2] / joint[2, 2]
    null_first, null_both = stays(tuple(-mu * given), joint[:2, :2] - np.outer(given, joint[2, :2]))

    # E(effect; stays) and P(effect < 0, stays), over both posterior means.
    inverse = np.linalg.inv(joint[:2, :2])
    slope = joint[2, :2] @ inverse
    left = math.sqrt(joint[2, 2] - slope @ joint[:2, 2])
    sds = np.sqrt(np.diag(joint)[:2])
    x, wx = rule(-10 * sds[0], bounds[0])
    cond = joint[0, 1] / joint[0, 0]
    sd2 = math.sqrt(joint[1, 1] - cond * joint[0, 1])
    gain = mu
    losing_stays = 0.0
    for a, wa in zip(x, wx):
        centre = cond * a
        low = centre - 10 * sd2
        if bounds[1] <= low:
            continue
        y, wy = rule(low, min(bounds[1], centre + 10 * sd2))
        density = (
            np.exp(-0.5 * (a / sds[0]) ** 2 - 0.5 * ((y - centre) / sd2) ** 2) / sds[0] / sd2 / (2 * math.pi)
        )
        effect = mu + slope[0] * a + slope[1] * y
        gain -= wa * float(np.sum(wy * density * effect))
        losing_stays += wa * float(np.sum(wy * density * ndtr(-effect / left)))
    return {
        "input": {
            "effects": effects,
            "sampling": {"scale": "difference", "proxy": oss, "macro": oyy, "correlation": r},
            "days": [
                {arm: {"n": n[i], **counts[i][arm]} for arm in ("control", "treatment")} for i in range(days)
            ],
            "lookDays": looks,
            "shipThreshold": threshold,
            **({"attributionDays": mature_age} if reading == "mature" else {"conversionDelay": {"meanDays": mean_days}}),
        },
        "posterior": posterior,
        "falseShipsBy": [1 - null_first, 1 - null_both],
        "shipsBy": [1 - first, 1 - both],
        "expectedGain": gain,
        "wrongShips": float(ndtr(-mu / ty)) - losing_stays,
    }


if __name__ == "__main__":
    rng = random.Random(20261123)
    cases = [case(rng, reading) for reading in ("mature", "curve") for _ in range(12)]
    json.dump(cases, __import__("sys").stdout, indent=1)
