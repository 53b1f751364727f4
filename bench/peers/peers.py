"""SciPy, statsmodels and numpy on the tasks, as JSON for bench/peers/run.ts. What is not installed is left out."""

import json
import math
import sys
import time
import warnings

warnings.filterwarnings("ignore")
tasks = {task["name"]: task for task in json.load(open(sys.argv[1]))}


def seconds(call, at_least=0.1):
    best = math.inf
    for _ in range(5):
        calls, start = 0, time.perf_counter()
        while time.perf_counter() - start < at_least / 5 or calls == 0:
            call()
            calls += 1
        best = min(best, (time.perf_counter() - start) / calls)
    return best


def plain(value):
    try:
        return [plain(v) for v in value]
    except TypeError:
        value = float(value)
        return value if math.isfinite(value) else str(value)


def outcome(call, inputs):
    try:
        return plain(call(*inputs))
    except Exception as error:
        return f"{type(error).__name__}: {error}"[:80]


def answers(calls, arrays=()):
    """`calls`: a function for each task. `arrays`: those that take whole columns, timed so too, per value."""
    out = {}
    for name, call in calls.items():
        task = tasks[name]
        inputs = task["inputs"]
        timed = inputs[: task["timed"]]

        def pass_over():
            for x in timed:
                call(*x)

        out[name] = {"values": [outcome(call, x) for x in inputs], "seconds": seconds(pass_over) / len(timed)}
        if name in arrays:
            repeats = 3000 // len(timed)
            columns = [numpy.array([x[i] for x in timed] * repeats) for i in range(len(timed[0]))]
            out[name]["secondsInArrays"] = seconds(lambda: call(*columns)) / (repeats * len(timed))
    return out


peers = {}
try:
    import numpy
    import scipy
    from scipy import stats

    def table(c1, n1, c2, n2):
        """Treatment first: "greater" then means that treatment is above control."""
        return [[c2, c1], [n2 - c2, n1 - c1]]

    distributions = {
        "normal.cdf": stats.norm.cdf,
        "normal.quantile": stats.norm.ppf,
        "studentT.cdf": stats.t.cdf,
        "studentT.quantile": stats.t.ppf,
        "beta.cdf": stats.beta.cdf,
        "beta.sf": stats.beta.sf,
        "beta.quantile": stats.beta.ppf,
        "gamma.cdf": stats.gamma.cdf,
        "gamma.sf": stats.gamma.sf,
        "gamma.quantile": stats.gamma.ppf,
        "chiSquared.sf": stats.chi2.sf,
        "f.sf": stats.f.sf,
        "binomial.cdf": stats.binom.cdf,
        "binomial.sf": stats.binom.sf,
        "poisson.cdf": stats.poisson.cdf,
        "hypergeometric.cdf": lambda k, population, successes, draws: stats.hypergeom.cdf(
            k, population, successes, draws
        ),
    }
    calls = {
        **distributions,
        "Fisher's exact test": lambda *t: stats.fisher_exact(table(*t))[1],
        "Barnard's test": lambda *t: stats.barnard_exact(table(*t)).pvalue,
        "Boschloo's test, one-sided": lambda *t: stats.boschloo_exact(table(*t), alternative="greater").pvalue,
        "rate, Wilson interval, upper end": lambda c, n: stats.binomtest(c, n).proportion_ci(method="wilson").high,
        "rate, Clopper-Pearson interval, upper end": lambda c, n: stats.binomtest(c, n).proportion_ci().high,
        "Welch's t test": lambda n1, m1, v1, n2, m2, v2: stats.ttest_ind_from_stats(
            m1, math.sqrt(v1), n1, m2, math.sqrt(v2), n2, equal_var=False
        ).pvalue,
    }
    draws = numpy.random.default_rng(5)

    def chance_to_be_better(c1, n1, c2, n2):
        """What most platforms do: draws of both rates."""
        size = 200_000
        return (draws.beta(c2 + 1, n2 - c2 + 1, size) > draws.beta(c1 + 1, n1 - c1 + 1, size)).mean()

    peers["SciPy"] = {"version": scipy.__version__, "answers": answers(calls, distributions)}
    peers["numpy"] = {
        "version": numpy.__version__,
        "answers": answers({"chance to be better, uniform priors": chance_to_be_better}),
    }
except ImportError:
    pass
try:
    import statsmodels
    from statsmodels.stats.meta_analysis import combine_effects
    from statsmodels.stats.multitest import multipletests
    from statsmodels.stats.power import TTestIndPower
    from statsmodels.stats.proportion import (
        confint_proportions_2indep,
        power_proportions_2indep,
        proportion_confint,
        proportions_ztest,
        samplesize_proportions_2indep_onetail,
    )

    def score_interval(compare):
        return lambda c1, n1, c2, n2: confint_proportions_2indep(
            c2, n2, c1, n1, method="score", compare=compare, correction=False
        )

    def adjusted(method):
        return lambda p_values: multipletests(p_values, method=method)[1]

    t_test = TTestIndPower()
    peers["statsmodels"] = {
        "version": statsmodels.__version__,
        "answers": answers(
            {
                "two-proportion z test": lambda c1, n1, c2, n2: proportions_ztest([c2, c1], [n2, n1])[1],
                "difference, score interval, lower end": lambda *t: score_interval("diff")(*t)[0],
                "lift, score interval, upper end": lambda *t: score_interval("ratio")(*t)[1] - 1,
                "rate, Wilson interval, upper end": lambda c, n: proportion_confint(c, n, method="wilson")[1],
                "rate, Clopper-Pearson interval, upper end": lambda c, n: proportion_confint(c, n, method="beta")[1],
                "power, two proportions": lambda p1, p2, n, alpha: power_proportions_2indep(
                    p2 - p1, p1, n, alpha=alpha, return_results=False
                ),
                "sample size, two proportions": lambda p1, p2, alpha, power: math.ceil(
                    samplesize_proportions_2indep_onetail(p2 - p1, p1, power, alpha=alpha, alternative="two-sided")
                ),
                "power, t test": lambda n, difference, alpha: t_test.power(difference, n, alpha),
                "adjusted p-values, Holm": adjusted("holm"),
                "adjusted p-values, Benjamini-Hochberg": adjusted("fdr_bh"),
                "adjusted p-values, Hommel": adjusted("hommel"),
            }
        ),
    }
except ImportError:
    pass
print(json.dumps(peers))
