"""microlift from Python (npm install microlift, or npm ci && npm run build in a clone): python3 examples/python/example.py"""

from microlift_client import DomainError, Microlift

control = {"n": 21306, "conversions": 122}
treatment = {"n": 21307, "conversions": 267}

with Microlift() as microlift:
    # Keywords are the fields of the options.
    comparison = microlift.call("compareProportions", control=control, treatment=treatment)
    lift = comparison["lift"]
    print(f"p = {comparison['pValue']}")
    print(f"lift {lift['estimate']:.1%}, from {lift['interval']['lower']:.1%} to {lift['interval']['upper']:.1%}")

    # Arguments without names keep their order.
    print(microlift.call("adjustPValues", [0.01, 0.04, 0.03], "holm"))

    # A lift over no conversions at all has no upper end.
    rare = microlift.call("compareProportions", control={"n": 100, "conversions": 0}, treatment={"n": 100, "conversions": 3})
    print(rare["lift"]["interval"]["upper"])

    try:
        microlift.call("compareProportions", control=control, treatment={"n": 122, "conversions": 267})
    except DomainError as error:
        print(f"{error.field} is {error.value}: it {error.expected}")
