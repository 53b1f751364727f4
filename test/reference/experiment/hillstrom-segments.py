"""Aggregates of Hillstrom's e-mail test (MineThatData 2008, men's e-mail against none) by segment, from its rows.

    python3 hillstrom-segments.py hillstrom-mens.csv.gz > hillstrom-segments.json

The rows carry no licence and are not part of this project; these sums are.
"""

import csv
import gzip
import json
import sys
from fractions import Fraction

rows = list(csv.DictReader(gzip.open(sys.argv[1], "rt")))
ARMS = {"control": "No E-Mail", "treatment": "Mens E-Mail"}


def arm(of):
    n = len(of)
    spend = [Fraction(row["spend"]) for row in of]
    mean = sum(spend) / n
    return {
        "n": n,
        "visits": sum(int(row["visit"]) for row in of),
        "conversions": sum(int(row["conversion"]) for row in of),
        "spendMean": float(mean),
        "spendVariance": float(sum((x - mean) ** 2 for x in spend) / (n - 1)),
    }


def segments(column):
    return [
        {"name": name, **{key: arm([r for r in rows if r[column] == name and r["segment"] == label]) for key, label in ARMS.items()}}
        for name in sorted({row[column] for row in rows})
    ]


json.dump(
    {
        "source": "MineThatData e-mail analytics challenge, Kevin Hillstrom 2008; sums by hillstrom-segments.py",
        "overall": {key: arm([r for r in rows if r["segment"] == label]) for key, label in ARMS.items()},
        **{column: segments(column) for column in ("channel", "zip_code", "newbie", "mens")},
    },
    sys.stdout,
    indent=1,
)
