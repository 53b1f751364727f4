import { compareCounts } from "../../../src/inference/compare-counts.ts";
import { compareMeans } from "../../../src/inference/compare-means.ts";
import { compareRatios } from "../../../src/inference/compare-ratios.ts";
import { compareStratified } from "../../../src/inference/compare-stratified.ts";
import { compareWithCovariates } from "../../../src/inference/compare-with-covariates.ts";
import { createRandom, type Random } from "../../../src/numerics/random.ts";
import type { Count } from "../../../src/summaries/count.ts";
import type { Ratio } from "../../../src/summaries/ratio.ts";
import { rateChart } from "../charts.ts";
import { drawMean, drawPairs, drawPoisson, ratioOf } from "../draws.ts";
import { count, type Counted, countedRows, holds, shownRates } from "../hits.ts";
import type { Job } from "../job.ts";
import { about, percent, type Promised, RATE_COLUMNS } from "../rates.ts";

const ALPHA = 0.05;
const LEVEL = 0.95;
const CHEAP = 100_000;
/** Where every unit is drawn. */
const BY_UNITS = 10_000;

type Experiment = (random: Random) => Readonly<Record<string, boolean>>;

interface Setting {
  readonly label: string;
  readonly runs: number;
  /** What approximations may miss of 5 or 95 %; 0 where the method is exact. */
  readonly slack: number;
  /** Of methods that promise a limit only. */
  readonly onlyLimits?: true;
  readonly experiment: Experiment;
}

const rejects = ({ pValue }: { readonly pValue: number | null }): boolean =>
  pValue !== null && pValue < ALPHA;

const means: Setting[] = [
  { sizes: [4, 6], deviations: [1, 1], test: "pooled", slack: 0 },
  { sizes: [8, 8], deviations: [1, 3], test: "welch", slack: 0.01 },
  { sizes: [20, 60], deviations: [3, 1], test: "welch", slack: 0.002 },
  { sizes: [400, 100], deviations: [1, 2], test: "welch", slack: 0 },
].map(({ sizes: [n1, n2], deviations: [s1, s2], test, slack }) => ({
  label: `means, ${test}, ${n1} and ${n2} units`,
  runs: CHEAP,
  slack,
  experiment: (random) => {
    const control = drawMean(random, n1!, 6, s1!);
    const same = compareMeans({ control, treatment: drawMean(random, n2!, 6, s2!), test: test as "welch" });
    const other = compareMeans({
      control,
      treatment: drawMean(random, n2!, 7.5, s2!),
      test: test as "welch",
    });
    return {
      "true null rejected": rejects(same),
      "difference covered": holds(other.difference.interval, 1.5),
      "lift covered": holds(other.lift.interval, 0.25),
    };
  },
}));

/** Users with one to many sessions, each of which is clicked with the user's own rate. */
function sessions(random: Random, users: number, lift: number): Ratio {
  return ratioOf(
    Array.from({ length: users }, () => {
      const visits = 1 + drawPoisson(random, 4 * random.uniform() ** 2);
      const rate = 0.1 + 0.3 * random.uniform() + (visits > 3 ? 0.1 : 0);
      return [random.binomial(visits, Math.min(1, rate * (1 + lift))), visits] as const;
    }),
  );
}

const ratios: Setting[] = [
  {
    label: "clicks per session, 300 users an arm",
    runs: BY_UNITS,
    slack: 0.003,
    experiment: (random) => {
      const control = sessions(random, 300, 0);
      const same = compareRatios({ control, treatment: sessions(random, 300, 0) });
      const other = compareRatios({ control, treatment: sessions(random, 300, 0.2) });
      return { "true null rejected": rejects(same), "lift covered": holds(other.lift.interval, 0.2) };
    },
  },
];

/** Events of units that come in bunches: gamma rates, Poisson counts; the variance is 1 + mean/shape of the mean. */
function bunches(random: Random, units: number, mean: number, shape: number): Count {
  const events = Array.from({ length: units }, () =>
    drawPoisson(random, (mean * random.gamma(shape)) / shape),
  );
  const total = events.reduce((sum, event) => sum + event, 0);
  const variance = events.reduce((sum, event) => sum + (event - total / units) ** 2, 0) / (units - 1);
  return { n: units, events: total, variance };
}

const poissonCounts = (random: Random, n: number, rate: number): Count => ({
  n,
  events: drawPoisson(random, n * rate),
});

const counts: Setting[] = [
  {
    label: "Poisson counts, score, 60 events an arm",
    runs: CHEAP,
    // A single event weighs a third of a point at so few.
    slack: 0.005,
    experiment: (random) => {
      const control = poissonCounts(random, 1000, 0.06);
      const same = compareCounts({ control, treatment: poissonCounts(random, 1000, 0.06), test: "score" });
      const other = compareCounts({ control, treatment: poissonCounts(random, 1000, 0.09), test: "score" });
      return {
        "true null rejected": rejects(same),
        "difference covered": holds(other.difference.interval, 0.03),
        "lift covered": holds(other.lift.interval, 0.5),
      };
    },
  },
  {
    label: "Poisson counts, exact, 6 and 18 events",
    runs: CHEAP,
    slack: 0,
    onlyLimits: true,
    experiment: (random) => {
      const control = poissonCounts(random, 100, 0.06);
      const same = compareCounts({ control, treatment: poissonCounts(random, 300, 0.06), test: "exact" });
      const other = compareCounts({ control, treatment: poissonCounts(random, 300, 0.12), test: "exact" });
      return { "true null rejected": rejects(same), "lift covered": holds(other.lift.interval, 1) };
    },
  },
  {
    label: "orders that come in bunches, quasi-Poisson, 400 and 500 users",
    runs: BY_UNITS,
    slack: 0.005,
    experiment: (random) => {
      const control = bunches(random, 400, 1.5, 0.8);
      const same = compareCounts({ control, treatment: bunches(random, 500, 1.5, 0.8) });
      return { "true null rejected": rejects(same) };
    },
  },
];

const STRATA = [0.02, 0.05, 0.1, 0.3].map((rate, i) => ({
  rate,
  control: 300 + 200 * i,
  treatment: 900 - 200 * i,
}));

const strata: Setting[] = (["mantel-haenszel", "exact", "post-stratification"] as const).map((method) => ({
  label: `four unlike strata of rates, ${method}`,
  runs: method === "exact" ? 4000 : CHEAP / 2,
  slack: method === "mantel-haenszel" ? 0.002 : 0.004,
  ...(method === "exact" ? { onlyLimits: true as const } : {}),
  experiment: (random) => {
    const of = (lift: number): ReturnType<typeof compareStratified> =>
      compareStratified({
        method,
        strata: STRATA.map(({ rate, control, treatment }) => ({
          control: { n: control, conversions: random.binomial(control, rate) },
          treatment: { n: treatment, conversions: random.binomial(treatment, rate * (1 + lift)) },
        })),
      });
    const [same, other] = [of(0), of(0.3)];
    return {
      "true null rejected": rejects(same),
      ...(method === "exact" ? {} : { "lift covered": holds(other.lift.interval, 0.3) }),
    };
  },
}));
strata.push({
  label: "three strata of means, post-stratification",
  runs: CHEAP / 2,
  slack: 0.002,
  experiment: (random) => {
    const of = (gain: number): ReturnType<typeof compareStratified> =>
      compareStratified({
        strata: [2, 5, 11].map((level, i) => ({
          control: drawMean(random, 40 + 40 * i, level, 1 + i),
          treatment: drawMean(random, 120 - 30 * i, level + gain, 1 + i),
        })),
      });
    return {
      "true null rejected": rejects(of(0)),
      "difference covered": holds(of(0.5).difference.interval, 0.5),
    };
  },
});

const covariates: Setting[] = [0.7, 0.9].flatMap((rho) =>
  (["fixed", "random"] as const).map((covariateMean) => ({
    label: `adjusted by a covariate (CUPED), correlation ${rho}, its mean ${covariateMean}`,
    runs: CHEAP,
    // The normal approximation of a lift misses a little at 200 units.
    slack: 0.002,
    experiment: (random: Random) => {
      const control = drawPairs(random, 200, { mean: 4, rho });
      const same = compareWithCovariates({
        control,
        treatment: drawPairs(random, 200, { mean: 4, rho }),
        covariateMean,
      });
      const treatment = drawPairs(random, 200, { mean: 4.4, rho });
      const other = compareWithCovariates({ control, treatment, covariateMean });
      return {
        "true null rejected": rejects(same),
        "difference covered": holds(other.difference.interval, 0.4),
        "lift covered": holds(other.lift.interval, 0.1),
      };
    },
  })),
);

const SETTINGS = [...means, ...ratios, ...counts, ...strata, ...covariates];

function promiseOf(what: string, { slack, onlyLimits }: Setting): Promised {
  if (what === "true null rejected") return onlyLimits ? { atMost: ALPHA } : about(ALPHA, slack);
  return onlyLimits ? { atLeast: LEVEL } : about(LEVEL, slack);
}

export const meansRatiosCounts: Job = {
  id: "means-ratios-counts",
  title: "Means, ratios, counts, strata and covariates",
  section: "Error rates, coverage and power",
  about:
    "Experiments without an effect and with one, drawn and compared: how often a true null is rejected at 5 %, and how often 95 % intervals hold the true effect. The pooled t-test is exact for normal units and gets no allowance; what an approximation may miss at the sizes of its row is part of its promise. Exact tests promise limits.",
  seconds: 60,
  run(progress) {
    const counted = SETTINGS.flatMap((setting, k): Counted[] => {
      const random = createRandom(20_261_200 + k);
      const hits = count(setting.runs, () => setting.experiment(random));
      progress((k + 1) / SETTINGS.length);
      return Object.entries(hits).map(([what, number]) => ({
        labels: [setting.label, what],
        promised: promiseOf(what, setting),
        hits: number,
        runs: setting.runs,
      }));
    });
    const nulls = counted.filter(({ labels }) => labels[1] === "true null rejected");
    const rates = nulls.map(({ hits, runs }) => hits / runs);
    const finding = `Tests of means, ratios, counts, strata and adjusted metrics reject a true null in ${percent(Math.min(...rates), 1)} to ${percent(Math.max(...rates), 1)} of simulated experiments at alpha = 5 %.`;
    const spec = rateChart(
      {
        finding,
        detail:
          "Share of true nulls rejected, with the 99.9 % Monte Carlo interval; bars mark what is promised",
      },
      shownRates(nulls.map((row) => ({ ...row, labels: row.labels.slice(0, 1) }))),
    );
    const title = "Type I error at 5 % and coverage at 95 %, simulated";
    const note = `100,000 experiments a row of summaries (50,000 of strata, 4,000 of the exact stratified test), 10,000 where every unit is drawn; seeds from 20261200 on.`;
    const table = {
      title,
      columns: ["experiments", "what", ...RATE_COLUMNS],
      rows: countedRows("simulated", counted),
      note,
    };
    return { finding, tables: [table], charts: [{ name: "means-ratios-counts", alt: finding, spec }] };
  },
};
