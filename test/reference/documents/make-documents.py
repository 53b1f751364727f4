"""Documents of real experiments, from the data sets named in README.md: aggregates only, no row of anybody.

    python3 make-documents.py FOLDER_OF_THE_DATA_SETS

Standard library of Python 3.11. Sums are exact (math.fsum); a mean or variance is rounded once.
"""

import csv
import gzip
import json
import math
import sys
from pathlib import Path

DATA = Path(sys.argv[1])
HERE = Path(__file__).parent


def rows(name):
    opened = gzip.open if name.endswith(".gz") else open
    with opened(DATA / name, "rt", newline="") as file:
        return list(csv.DictReader(file))


def write(name, document):
    (HERE / f"{name}.json").write_text(json.dumps(document, indent=1, ensure_ascii=False) + "\n")


def mean_and_variance(values):
    mean = math.fsum(values) / len(values)
    return mean, math.fsum((x - mean) ** 2 for x in values) / (len(values) - 1)


def ratio(pairs):
    """Moments of numerator and denominator over the units."""
    n = len(pairs)
    (m1, v1), (m2, v2) = (mean_and_variance([pair[i] for pair in pairs]) for i in (0, 1))
    covariance = math.fsum((x - m1) * (y - m2) for x, y in pairs) / (n - 1)
    return {
        "numerator": {"mean": m1, "variance": v1},
        "denominator": {"mean": m2, "variance": v2},
        "covariance": covariance,
    }


# ---- Hillstrom: men's e-mail against none ---------------------------------------------------------------------------

HILLSTROM_ARMS = {"No E-Mail": "No e-mail", "Mens E-Mail": "Men's e-mail"}


def hillstrom_arm(name, units, metrics):
    visits, conversions = (sum(int(row[key]) for row in units) for key in ("visit", "conversion"))
    spend = [float(row["spend"]) for row in units]
    mean, variance = mean_and_variance(spend)
    results = [
        {"metric": "visit", "conversions": visits},
        {"metric": "conversion", "conversions": conversions},
        {"metric": "spend (USD)", "mean": mean, "variance": variance},
        {
            "metric": "spend per purchase (USD)",
            **ratio([(x, int(row["conversion"])) for x, row in zip(spend, units)]),
        },
    ]
    return {
        "name": name,
        "n": len(units),
        "results": [result for result in results if result["metric"] in metrics],
    }


def hillstrom():
    data = rows("hillstrom-mens.csv.gz")
    by_arm = {arm: [row for row in data if row["segment"] == arm] for arm in HILLSTROM_ARMS}
    names = ["visit", "conversion", "spend (USD)", "spend per purchase (USD)"]

    def arms(metrics, keep=lambda row: True):
        return [
            hillstrom_arm(name, [row for row in by_arm[arm] if keep(row)], metrics)
            for arm, name in HILLSTROM_ARMS.items()
        ]

    def segmentation(name, column, metrics, label=lambda value: value):
        values = sorted({row[column] for row in data})
        return {
            "name": name,
            "measured": "before-exposure",
            "segments": [
                {
                    "name": label(value),
                    "arms": arms(metrics, lambda row, value=value: row[column] == value),
                }
                for value in values
            ],
        }

    whole = arms(names)
    for arm, units in zip(whole, by_arm.values()):
        visited = [row for row in units if row["visit"] == "1"]
        both = sum(row["conversion"] == "1" for row in visited)
        macro_only = sum(row["conversion"] == "1" for row in units) - both
        arm["jointCounts"] = [
            {
                "micro": "visit",
                "neither": len(units) - len(visited) - macro_only,
                "macroOnly": macro_only,
                "microOnly": len(visited) - both,
                "both": both,
            }
        ]
    title = "Men's e-mail against none (Hillstrom, 2008)"
    plan = {
        "name": title,
        "control": "No e-mail",
        "treatments": ["Men's e-mail"],
        "totalUnitsPerDay": 3000,
        "n": 21000,
        "views": ["frequentist", "bayesian"],
        "segmentations": ["channel", "newness", "spend of the year before"],
        "metrics": [
            {
                "name": "visit",
                "role": "proxy",
                "kind": "proportion",
                "baseline": 0.106,
                "lift": 0.4,
                "attributionDays": 14,
                "nested": True,
                "effects": {"elasticity": 0.6, "tauProxy": 0.15, "directEffectSd": 0.1},
            },
            {
                "name": "conversion",
                "role": "macro",
                "kind": "proportion",
                "conversion": "purchase",
                "previousStep": "visit",
                "baseline": 0.0057,
                "lift": 0.4,
                "attributionDays": 14,
                "worthwhileLift": 0.1,
                "prior": {"alpha": 3, "beta": 497},
                "effectPrior": {"family": "normal", "mean": 0, "standardDeviation": 0.2},
            },
            {
                "name": "spend (USD)",
                "role": "secondary",
                "kind": "mean",
                "conversion": "revenue",
                "baseline": 0.65,
                "standardDeviation": 11.6,
                "lift": 0.4,
                "attributionDays": 14,
            },
            {
                "name": "spend per purchase (USD)",
                "role": "guardrail",
                "kind": "ratio",
                "conversion": "average-order-value",
                "baseline": 114,
                "standardDeviation": 1360,
                "margin": 0.25,
                "attributionDays": 14,
            },
        ],
    }
    newness = {"0": "customer for a year or more", "1": "new within twelve months"}
    write(
        "hillstrom",
        {
            "name": title,
            "plan": plan,
            "days": 29,
            "arms": whole,
            "segmentations": [
                segmentation("channel", "channel", names[:3]),
                segmentation("newness", "newbie", names[:3], newness.get),
                segmentation(
                    "spend of the year before", "history_segment", names[:3], lambda value: value[3:]
                ),
            ],
        },
    )


# ---- Udacity: a free trial with a question before it, by day --------------------------------------------------------

MATURE_DAYS = 23


def udacity_metrics(results, n=None):
    enrollments, payments = (sum(int(row[key]) for row in results) for key in ("Enrollments", "Payments"))
    units = sum(int(row["Clicks"]) for row in results)
    final = {} if n is None else {"n": units}
    enrolled, paid = enrollments / units, payments / units
    spread = units / (units - 1)
    return [
        {"metric": "enrollment", **final, "conversions": enrollments},
        {"metric": "payment", **final, "conversions": payments},
        # Who paid had enrolled: the product of the two is the payment.
        {
            "metric": "payments per enrollment",
            **final,
            "numerator": {"mean": paid, "variance": spread * paid * (1 - paid)},
            "denominator": {"mean": enrolled, "variance": spread * enrolled * (1 - enrolled)},
            "covariance": spread * paid * (1 - enrolled),
        },
    ]


def udacity():
    files = {"control": rows("udacity-control.csv"), "screener": rows("udacity-experiment.csv")}
    title = "A question about time before the free trial (Udacity, 2014)"

    def arm(name, days, mature):
        n = sum(int(row["Clicks"]) for row in days)
        enrollments, payments = (
            sum(int(row[key]) for row in mature) for key in ("Enrollments", "Payments")
        )
        units = sum(int(row["Clicks"]) for row in mature)
        return {
            "name": name,
            "n": n,
            "results": udacity_metrics(mature, None if days is mature else n),
            "jointCounts": [
                {
                    "micro": "enrollment",
                    "neither": units - enrollments,
                    "macroOnly": 0,
                    "microOnly": enrollments - payments,
                    "both": payments,
                }
            ],
        }

    plan = {
        "name": title,
        "control": "control",
        "treatments": ["screener"],
        "totalUnitsPerDay": 1600,
        "n": 27500,
        "metrics": [
            {
                "name": "enrollment",
                "role": "proxy",
                "kind": "proportion",
                "conversion": "trial-start",
                "baseline": 0.20625,
                "lift": 0.05,
                "attributionDays": 14,
                "nested": True,
                "proxyFor": "payment",
                "effects": {"elasticity": 0.8, "tauProxy": 0.08, "directEffectSd": 0.02},
            },
            {
                "name": "payment",
                "role": "macro",
                "kind": "proportion",
                "conversion": "subscription-start",
                "previousStep": "enrollment",
                "baseline": 0.1093125,
                "lift": 0.0686,
                "attributionDays": 14,
                "worthwhileLift": 0.0686,
            },
            {
                "name": "payments per enrollment",
                "role": "guardrail",
                "kind": "ratio",
                "baseline": 0.53,
                "standardDeviation": 1.1,
                "margin": 0.1,
                "attributionDays": 14,
            },
        ],
    }
    series = {
        "by": "day-of-entry",
        "days": [
            {
                "day": day + 1,
                "arms": [
                    {
                        "name": name,
                        "n": int(days[day]["Clicks"]),
                        "results": udacity_metrics([days[day]])[:2],
                    }
                    for name, days in files.items()
                ],
            }
            for day in range(MATURE_DAYS)
        ],
    }
    write(
        "udacity",
        {
            "name": title,
            "plan": plan,
            "days": 37,
            "arms": [arm(name, days, days[:MATURE_DAYS]) for name, days in files.items()],
            "dailySeries": [series],
        },
    )
    mature = {name: days[:MATURE_DAYS] for name, days in files.items()}
    write(
        "udacity-mature",
        {
            "name": title,
            "plan": {**plan, "n": 17000},
            "days": 37,
            "arms": [arm(name, days, days) for name, days in mature.items()],
            "dailySeries": [series],
        },
    )


# ---- ASOS: cumulative checkpoints of digital experiments (CC BY 4.0) ------------------------------------------------


def asos(name, experiment, variants, look_days, monitoring, plan_of):
    series = {
        (row["variant_id"], row["metric_id"], round(float(row["time_since_start"]), 6)): row
        for row in rows("asos-series.csv.gz")
        if row["experiment_id"] == experiment
    }

    def result(row, side, metric):
        n, mean, variance = (float(row[f"{field}_{side}"]) for field in ("count", "mean", "variance"))
        if metric == "1":
            conversions = round(n * mean)
            assert abs(conversions - n * mean) < 1e-3
            return {"metric": "metric 1", "conversions": conversions}
        return {"metric": f"metric {metric}", "mean": mean, "variance": variance}

    def arms(day, metrics):
        def arm(label, variant, side):
            found = [series[variant, metric, day] for metric in metrics]
            (n,) = {int(float(row[f"count_{side}"])) for row in found}
            results = [result(row, side, metric) for row, metric in zip(found, metrics)]
            return {"name": label, "n": n, "results": results}

        return [
            arm("control", variants[0], "c"),
            *(arm(f"variant {variant}", variant, "t") for variant in variants),
        ]

    title = f"Experiment {experiment} (ASOS Digital Experiments Dataset)"
    plan = {
        "name": title,
        "control": "control",
        "treatments": [f"variant {variant}" for variant in variants],
        **plan_of["plan"],
        "monitoring": monitoring,
        "metrics": [
            {"name": "metric 1", "role": "macro", "kind": "proportion", **plan_of["1"]},
            {"name": "metric 2", "role": "secondary", "kind": "mean", **plan_of["2"]},
            {"name": "metric 3", "role": "secondary", "kind": "mean", **plan_of["3"]},
            {"name": "metric 4", "role": "guardrail", "kind": "mean", **plan_of["4"]},
        ],
    }
    *earlier, last = look_days
    write(
        name,
        {
            "name": title,
            "plan": plan,
            "days": last,
            "earlierLooks": [{"arms": arms(day, ["1"])} for day in earlier],
            "arms": arms(last, ["1", "2", "3", "4"]),
        },
    )


def all_asos():
    asos(
        "asos-group-sequential",
        "47a23b",
        ["1", "2"],
        [10.5, 21.0, 42.0],
        {"method": "group-sequential", "informationRates": [0.5, 0.75, 1]},
        {
            "plan": {"n": 3100000, "totalUnitsPerDay": 225000},
            "1": {"baseline": 0.2, "lift": 0.006},
            "2": {"baseline": 0.4, "standardDeviation": 1.1, "lift": 0.01},
            "3": {"baseline": 1.3, "standardDeviation": 4, "lift": 0.01},
            "4": {"baseline": 30, "standardDeviation": 110, "margin": 0.015},
        },
    )
    asos(
        "asos-always-valid",
        "e4b7b9",
        ["1", "2"],
        [7.0 * week for week in range(1, 7)],
        {"method": "normal-mixture"},
        {
            "plan": {"n": 830000, "totalUnitsPerDay": 60000},
            "1": {"baseline": 0.3, "lift": 0.01},
            "2": {"baseline": 0.65, "standardDeviation": 1.5, "lift": 0.01},
            "3": {"baseline": 1.9, "standardDeviation": 4.8, "lift": 0.01},
            "4": {"baseline": 45, "standardDeviation": 122, "margin": 0.02},
        },
    )


hillstrom()
udacity()
all_asos()
