"""Seconds a call of SciPy and statsmodels, as JSON, for bench/outside.ts. What is not installed is left out."""

import json
import time
import warnings

warnings.filterwarnings("ignore")


def seconds(task, at_least=0.3):
    task()
    best = float("inf")
    for _ in range(5):
        calls, start = 0, time.perf_counter()
        while time.perf_counter() - start < at_least / 5 or calls == 0:
            task()
            calls += 1
        best = min(best, (time.perf_counter() - start) / calls)
    return best


out = {}
try:
    from scipy import stats

    table = [[7, 14], [93, 86]]
    out["scipy boschloo_exact, 100 per arm"] = seconds(lambda: stats.boschloo_exact(table))
    out["scipy barnard_exact, 100 per arm"] = seconds(lambda: stats.barnard_exact(table))
    million = [[100_000, 101_000], [900_000, 899_000]]
    out["scipy fisher_exact, 1e6 per arm"] = seconds(lambda: stats.fisher_exact(million))
    out["scipy ttest_ind_from_stats"] = seconds(
        lambda: stats.ttest_ind_from_stats(0.65, 11.6, 21306, 1.42, 17.7, 21307, equal_var=False)
    )
except ImportError:
    pass
try:
    from statsmodels.stats.proportion import confint_proportions_2indep, proportions_ztest

    def score(compare):
        return lambda: confint_proportions_2indep(
            267, 21307, 122, 21306, method="score", compare=compare, correction=False
        )

    for compare in ("diff", "ratio", "odds-ratio"):
        out[f"statsmodels score interval, {compare}"] = seconds(score(compare))
    out["statsmodels proportions_ztest"] = seconds(lambda: proportions_ztest([267, 122], [21307, 21306]))
except ImportError:
    pass
try:
    import numpy

    draws = numpy.random.default_rng(5)

    def chance_to_beat():
        return (draws.beta(268, 21041, 200_000) > draws.beta(123, 21185, 200_000)).mean()

    out["numpy, 200,000 draws of both rates"] = seconds(chance_to_beat)
except ImportError:
    pass
print(json.dumps(out))
