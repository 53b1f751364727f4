"""Main figures of the documents, by SciPy's own tests and by root finding: into figures.json.

    python3 figures.py      (Python 3.11, SciPy 1.17, NumPy 2.4; mpmath 1.3 for tails below the range of SciPy's)

Proportions: chi-squared without correction, and Koopman's interval of the lift by inverting the score test. Means:
Welch's test, and Fieller's interval with its degrees of freedom. Ratios: the delta method, and Fieller's with normal
quantiles. Guardrails: the worse end of that interval at 1 - 2 alpha. Sample ratio: chi-squared against equal shares.
z of looks: of a group-sequential test the root of chi-squared, of an always-valid one with the variances of the arms.
Funnels: logs of the ratios of conditional rates. Segments of the macro metric: Cochran's Q of the log lifts, and the risk
ratio of Mantel and Haenszel. Days, for each metric: Q, the mean weighted by inverse variances, and weighted least squares
on the day, the error of its slope blown up where the days vary by more than chance.
"""

import json
import math
from pathlib import Path

import mpmath as mp
import numpy as np
from scipy import stats

HERE = Path(__file__).parent
ALPHA = 0.05
mp.mp.dps = 50
NAMES = ["hillstrom", "udacity", "udacity-mature", "asos-group-sequential", "asos-always-valid"]


def chi_squared(x1, n1, x2, n2):
    table = [[x1, n1 - x1], [x2, n2 - x2]]
    return float(stats.chi2_contingency(table, correction=False).statistic)


def normal_p(z):
    return float(mp.erfc(abs(mp.mpf(z)) / mp.sqrt(2)))


def koopman_statistic(ratio, x1, n1, x2, n2):
    """Koopman (1984): chi-squared of both arms at the rates that are likeliest where the treatment's is `ratio` times
    the control's, the smaller root of N r p^2 - (n1 + x2 + r (x1 + n2)) p + x1 + x2 = 0."""
    a, b, c = ratio * (n1 + n2), n1 + x2 + ratio * (x1 + n2), x1 + x2
    p1 = (b - mp.sqrt(b * b - 4 * a * c)) / (2 * a)
    p2 = ratio * p1
    return (x1 - n1 * p1) ** 2 / (n1 * p1 * (1 - p1)) + (x2 - n2 * p2) ** 2 / (n2 * p2 * (1 - p2))


def koopman(x1, n1, x2, n2, level):
    critical = 2 * mp.erfinv(mp.mpf(level)) ** 2
    estimate = mp.mpf(x2) * n1 / (mp.mpf(n2) * x1)
    error = mp.sqrt(mp.mpf(1) / x1 - mp.mpf(1) / n1 + mp.mpf(1) / x2 - mp.mpf(1) / n2)
    off = lambda r: koopman_statistic(r, x1, n1, x2, n2) - critical
    near = [estimate * mp.exp(side * mp.sqrt(critical) * error) for side in (-1, 1)]
    return [float(mp.findroot(off, (end, end * mp.mpf("1.0001")), tol=1e-40) - 1) for end in near]


def fieller(level1, error1, level2, error2, quantile):
    g = (quantile * error1 / level1) ** 2
    ratio = level2 / level1
    middle = ratio / (1 - g)
    reach = quantile / level1 / (1 - g) * math.sqrt(error2**2 * (1 - g) + ratio**2 * error1**2)
    return [middle - reach - 1, middle + reach - 1]


def ratio_level(result, n):
    num, den = result["numerator"], result["denominator"]
    ratio = num["mean"] / den["mean"]
    variance = num["variance"] - 2 * ratio * result["covariance"] + ratio**2 * den["variance"]
    return ratio, math.sqrt(variance / n) / den["mean"]


def figures(metric, control, treatment):
    (r1, n1), (r2, n2) = control, treatment
    if metric["kind"] == "proportion":
        x1, x2 = r1["conversions"], r2["conversions"]
        z = math.copysign(math.sqrt(chi_squared(x1, n1, x2, n2)), x2 / n2 - x1 / n1)
        return {
            "statistic": z,
            "pValue": normal_p(z),
            "lift": x2 / n2 / (x1 / n1) - 1,
            "interval": koopman(x1, n1, x2, n2, 1 - ALPHA),
        }
    if metric["kind"] == "mean":
        test = stats.ttest_ind_from_stats(
            r2["mean"], math.sqrt(r2["variance"]), n2, r1["mean"], math.sqrt(r1["variance"]), n1, equal_var=False
        )
        v1, v2 = r1["variance"] / n1, r2["variance"] / n2
        df = (v1 + v2) ** 2 / (v1**2 / (n1 - 1) + v2**2 / (n2 - 1))
        levels = (r1["mean"], math.sqrt(v1), r2["mean"], math.sqrt(v2))
        quantile = lambda tail: stats.t.isf(tail, df)
        statistic, p = float(test.statistic), float(test.pvalue)
    else:
        levels = (*ratio_level(r1, n1), *ratio_level(r2, n2))
        statistic = (levels[2] - levels[0]) / math.hypot(levels[1], levels[3])
        quantile, p = stats.norm.isf, normal_p(statistic)
    found = {
        "statistic": statistic,
        "pValue": p,
        "lift": levels[2] / levels[0] - 1,
        "interval": fieller(*levels, quantile(ALPHA / 2)),
    }
    if metric["role"] == "guardrail":
        found["worstCase"] = -fieller(*levels, quantile(ALPHA))[0]
    return found


def arm_result(arm, name):
    result = next(result for result in arm["results"] if result["metric"] == name)
    return result, result.get("n", arm["n"])


def log_lifts(parts, metric):
    """Of each part's arms: log of the ratio of rates, and its variance."""
    cells = [
        [(result["conversions"], n) for result, n in (arm_result(arm, metric) for arm in part["arms"])]
        for part in parts
    ]
    logs = np.array([math.log(x2 / n2 / (x1 / n1)) for (x1, n1), (x2, n2) in cells])
    variances = np.array([1 / x1 - 1 / n1 + 1 / x2 - 1 / n2 for (x1, n1), (x2, n2) in cells])
    return cells, logs, 1 / variances


def cochran(logs, weights):
    mean = float(np.sum(weights * logs) / np.sum(weights))
    statistic = float(np.sum(weights * (logs - mean) ** 2))
    return {"mean": mean, "statistic": statistic, "pValue": float(stats.chi2.sf(statistic, len(logs) - 1))}


def segments(segmentation, macro):
    cells, logs, weights = log_lifts(segmentation["segments"], macro["name"])
    above = sum(x2 * n1 / (n1 + n2) for (_, n1), (x2, n2) in cells)
    below = sum(x1 * n2 / (n1 + n2) for (x1, n1), (_, n2) in cells)
    return {"name": segmentation["name"], **cochran(logs, weights), "pooledLift": above / below - 1}


def days(series, metric):
    _, logs, weights = log_lifts(series["days"], metric)
    design = np.stack([np.ones(len(logs)), [day["day"] for day in series["days"]]], axis=1)
    inverse = np.linalg.inv(design.T @ (weights[:, None] * design))
    line = inverse @ (design.T @ (weights * logs))
    df = len(logs) - 2
    dispersion = float(np.sum(weights * (logs - design @ line) ** 2)) / df
    error = math.sqrt(inverse[1, 1] * max(1, dispersion))
    trend = float(2 * stats.t.sf(abs(line[1]) / error, df))
    return {"metric": metric, **cochran(logs, weights), "slope": float(line[1]), "slopeError": error, "trendPValue": trend}


def funnel(data, arm, macro):
    control = data["arms"][0]
    steps = []
    name = macro["name"]
    while name is not None:
        metric = next(metric for metric in data["plan"]["metrics"] if metric["name"] == name)
        steps.insert(0, name)
        name = metric.get("previousStep")
    if len(steps) < 2:
        return []
    rate = lambda of, step: (lambda result, n: result["conversions"] / n)(*arm_result(of, step))
    logs = [math.log(rate(arm, step) / rate(control, step)) for step in steps]
    return [{"step": step, "logPart": log - before} for step, log, before in zip(steps, logs, [0, *logs])]


def document(name):
    data = json.loads((HERE / f"{name}.json").read_text())
    control, *treatments = data["arms"]
    looks = [*data.get("earlierLooks", []), data]
    macro = next(metric for metric in data["plan"]["metrics"] if metric["role"] == "macro")

    monitoring = data["plan"].get("monitoring")

    def z_at(look, i):
        (r1, n1), (r2, n2) = (arm_result(look["arms"][j], macro["name"]) for j in (0, i + 1))
        if monitoring["method"] == "group-sequential":
            return figures(macro, (r1, n1), (r2, n2))["statistic"]
        p1, p2 = r1["conversions"] / n1, r2["conversions"] / n2
        return (p2 - p1) / math.sqrt(p1 * (1 - p1) / n1 + p2 * (1 - p2) / n2)

    return {
        "sampleRatio": float(stats.chisquare([arm["n"] for arm in data["arms"]]).pvalue),
        "treatments": [
            {
                "name": arm["name"],
                "metrics": {
                    metric["name"]: figures(
                        metric, arm_result(control, metric["name"]), arm_result(arm, metric["name"])
                    )
                    for metric in data["plan"]["metrics"]
                },
                "zOfLooks": [z_at(look, i) for look in looks] if monitoring else [],
                "funnel": funnel(data, arm, macro),
                "segments": [segments(one, macro) for one in data.get("segmentations", [])],
                "days": [
                    days(series, metric)
                    for series in data.get("dailySeries", [])
                    for metric in ("enrollment", "payment")
                ],
            }
            for i, arm in enumerate(treatments)
        ],
    }


(HERE / "figures.json").write_text(json.dumps({name: document(name) for name in NAMES}, indent=1) + "\n")
