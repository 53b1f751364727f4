import { compareCounts } from "../../../src/inference/compare-counts.ts";
import { compareMeans } from "../../../src/inference/compare-means.ts";
import { compareProportions } from "../../../src/inference/compare-proportions.ts";
import { compareRatios } from "../../../src/inference/compare-ratios.ts";
import { testEquivalence } from "../../../src/inference/test-equivalence.ts";
import { testNonInferiority } from "../../../src/inference/test-non-inferiority.ts";
import { createRandom, type Random } from "../../../src/numerics/random.ts";
import { exactSampleSizeForProportions } from "../../../src/planning/exact-sample-size-for-proportions.ts";
import { sampleSizeForCounts } from "../../../src/planning/sample-size-for-counts.ts";
import { sampleSizeForEquivalence } from "../../../src/planning/sample-size-for-equivalence.ts";
import { sampleSizeForMeans } from "../../../src/planning/sample-size-for-means.ts";
import { sampleSizeForNonInferiority } from "../../../src/planning/sample-size-for-non-inferiority.ts";
import { sampleSizeForProportions } from "../../../src/planning/sample-size-for-proportions.ts";
import { sampleSizeForRatios } from "../../../src/planning/sample-size-for-ratios.ts";
import type { ArmUnits } from "../../../src/planning/sizes.ts";
import type { Proportion } from "../../../src/summaries/proportion.ts";
import type { Ratio } from "../../../src/summaries/ratio.ts";
import { rateChart } from "../charts.ts";
import { drawMean, drawPairs, drawPoisson } from "../draws.ts";
import { count, type Counted, countedRows, shownRates } from "../hits.ts";
import type { Job } from "../job.ts";
import { about, type Promised, RATE_COLUMNS } from "../rates.ts";

const ALPHA = 0.05;
const SEED = 20_261_600;
const RUNS = 50_000;

/** Whether one simulated experiment of the planned size finds what was planned for. */
type Found = (random: Random) => boolean;

interface Plan {
  readonly label: string;
  readonly size: ArmUnits;
  readonly found: Found;
  readonly promised: Promised;
}

const draw = (random: Random, n: number, rate: number): Proportion => ({
  n,
  conversions: random.binomial(n, rate),
});

/** What a normal approximation of the power misses at the sizes planned here. */
const SLACK = 0.005;

const proportions: Plan[] = (
  [
    { baseline: 0.05, lift: 0.2, power: 0.8, test: "score" },
    { baseline: 0.3, lift: -0.1, power: 0.9, test: "wald", allocation: 2 },
    { baseline: 0.1, lift: 0.3, power: 0.8, test: "yates", alternative: "greater" },
  ] as const
).map((options) => {
  const size = sampleSizeForProportions(options);
  const { baseline, lift, power, test } = options;
  const alternative = "alternative" in options ? options.alternative : "two-sided";
  return {
    label: `rates, ${test}, ${baseline} with a lift of ${100 * lift} %${alternative === "two-sided" ? "" : ", greater"}`,
    size,
    promised: about(power, SLACK),
    found: (random) => {
      const { pValue, statistic } = compareProportions({
        control: draw(random, size.control, baseline),
        treatment: draw(random, size.treatment, baseline * (1 + lift)),
        test,
        alternative,
      });
      return pValue! < ALPHA && Math.sign(statistic!) === Math.sign(lift);
    },
  };
});

const exact: Plan[] = [0.02, 0.2].map((baseline) => {
  const difference = 0.15;
  const size = exactSampleSizeForProportions({ baseline, difference, test: "fisher" });
  return {
    label: `rates, Fisher, counted, ${baseline} and ${Number((baseline + difference).toFixed(2))}`,
    size,
    promised: { atLeast: 0.8 },
    found: (random) =>
      compareProportions({
        control: draw(random, size.control, baseline),
        treatment: draw(random, size.treatment, baseline + difference),
        test: "fisher",
      }).pValue! < ALPHA,
  };
});

const means: Plan[] = (
  [
    { difference: 1, standardDeviation: 1, power: 0.8, test: "t" },
    {
      difference: 0.4,
      standardDeviation: { control: 1, treatment: 2 },
      power: 0.9,
      test: "welch",
      allocation: 2,
    },
  ] as const
).map(({ test, power, ...options }) => {
  const size = sampleSizeForMeans({ ...options, power, test });
  const { standardDeviation, difference } = options;
  const [first, second] =
    typeof standardDeviation === "number"
      ? [standardDeviation, standardDeviation]
      : [standardDeviation.control, standardDeviation.treatment];
  return {
    label: `means, ${test}, a difference of ${difference}`,
    size,
    // Whole units have a little more power than was asked for: at few units up to two points.
    promised: { atLeast: power - (test === "welch" ? 0.002 : 0), atMost: power + 0.02 },
    found: (random) => {
      const { pValue, statistic } = compareMeans({
        control: drawMean(random, size.control, 0, first),
        treatment: drawMean(random, size.treatment, difference, second),
        test: test === "t" ? "pooled" : "welch",
      });
      return pValue! < ALPHA && statistic! > 0;
    },
  };
});

/** Normal sums of correlated numerators and denominators: what the delta method of users' sums sees. */
function ratioArm(random: Random, n: number, lift: number): Ratio {
  const { mean, covariance } = drawPairs(random, n, { mean: 0, rho: 0.6 });
  const [deviationY, deviationX] = [2.5, 4.5];
  const [level, denominator] = [2.1 * (1 + lift), 5.3];
  return {
    n,
    numerator: { mean: level + deviationY * mean[0]!, variance: deviationY ** 2 * covariance[0]![0]! },
    denominator: {
      mean: denominator + deviationX * mean[1]!,
      variance: deviationX ** 2 * covariance[1]![1]!,
    },
    covariance: deviationY * deviationX * covariance[0]![1]!,
  };
}

const past: Ratio = {
  n: 10_000,
  numerator: { mean: 2.1, variance: 2.5 ** 2 },
  denominator: { mean: 5.3, variance: 4.5 ** 2 },
  covariance: 0.6 * 2.5 * 4.5,
};
const ratioSize = sampleSizeForRatios({ past, lift: 0.05 });
const countSize = sampleSizeForCounts({ baseline: 0.4, lift: 0.1, power: 0.9 });
const others: Plan[] = [
  {
    label: "clicks per session, delta method, a lift of 5 %",
    size: ratioSize,
    promised: about(0.8, SLACK),
    found: (random) => {
      const { pValue, statistic } = compareRatios({
        control: ratioArm(random, ratioSize.control, 0),
        treatment: ratioArm(random, ratioSize.treatment, 0.05),
      });
      return pValue! < ALPHA && statistic! > 0;
    },
  },
  {
    label: "Poisson counts, score, 0.4 with a lift of 10 %",
    size: countSize,
    promised: about(0.9, SLACK),
    found: (random) => {
      const arm = (n: number, rate: number): { n: number; events: number } => ({
        n,
        events: drawPoisson(random, n * rate),
      });
      const { pValue, statistic } = compareCounts({
        control: arm(countSize.control, 0.4),
        treatment: arm(countSize.treatment, 0.44),
        test: "score",
      });
      return pValue! < ALPHA && statistic! > 0;
    },
  },
];

const MARGIN = { baseline: 0.6, margin: 0.02 } as const;
const nonInferiority = sampleSizeForNonInferiority({ ...MARGIN, power: 0.9 });
const equivalence = sampleSizeForEquivalence({ baseline: 0.2, margin: 0.02 });

function isNonInferior(random: Random, { control, treatment }: ArmUnits, rate: number): boolean {
  return testNonInferiority({
    control: draw(random, control, MARGIN.baseline),
    treatment: draw(random, treatment, rate),
    margin: MARGIN.margin,
  }).nonInferior!;
}

function isEquivalent(random: Random, { control, treatment }: ArmUnits, rate: number): boolean {
  return testEquivalence({
    control: draw(random, control, 0.2),
    treatment: draw(random, treatment, rate),
    margin: 0.02,
  }).equivalent!;
}

const margins: Plan[] = [
  {
    label: "not worse by 2 points: no effect",
    size: nonInferiority,
    promised: about(0.9, SLACK),
    found: (random) => isNonInferior(random, nonInferiority, MARGIN.baseline),
  },
  {
    label: "not worse by 2 points: worse by just so much",
    size: nonInferiority,
    promised: about(nonInferiority.alpha, 0.002),
    found: (random) => isNonInferior(random, nonInferiority, MARGIN.baseline - MARGIN.margin),
  },
  {
    label: "not worse by 2 points: the same in arms of 60 units",
    size: { control: 60, treatment: 60 },
    promised: about(nonInferiority.alpha, 0.01),
    found: (random) => isNonInferior(random, { control: 60, treatment: 60 }, MARGIN.baseline - MARGIN.margin),
  },
  {
    label: "equivalent within 2 points: no effect",
    size: equivalence,
    promised: about(0.8, SLACK),
    found: (random) => isEquivalent(random, equivalence, 0.2),
  },
  {
    label: "equivalent within 2 points: apart by just so much",
    size: equivalence,
    promised: about(equivalence.alpha, 0.002),
    found: (random) => isEquivalent(random, equivalence, 0.22),
  },
];

const PLANS = [...proportions, ...exact, ...means, ...others, ...margins];

export const plannedPower: Job = {
  id: "planned-power",
  title: "Planned sizes have the power they were planned for",
  section: "Planning",
  about:
    "Sizes as planned, experiments drawn with the planned effect, and the share that finds it: the power asked for. Formulas may miss half a point; counted sizes promise at least the power. Tests against a margin are drawn at the margin as well, where they may find nothing more often than alpha.",
  seconds: 15,
  run(progress) {
    const counted = PLANS.map(({ label, size, found, promised }, k): Counted => {
      const random = createRandom(SEED + k);
      const { hits } = count(RUNS, () => ({ hits: found(random) }));
      progress((k + 1) / PLANS.length);
      return { labels: [label, `${size.control} and ${size.treatment}`], promised, hits, runs: RUNS };
    });
    const powers = counted.filter(({ promised }) => (promised!.atMost ?? 1) > 0.5);
    const asked = ({ promised }: Counted): number => Math.round(10 * promised!.atLeast!) / 10;
    const distances = powers.map((row) => Math.abs(row.hits / row.runs - asked(row)));
    const finding = `Experiments of the planned size find the planned effect as often as planned: within ${(100 * Math.max(...distances)).toFixed(1)} points of the power in all ${powers.length} plans.`;
    const spec = rateChart(
      {
        finding,
        detail:
          "Share of experiments that find the effect, with the 99.9 % Monte Carlo interval; bars mark what is promised",
      },
      shownRates(powers.map((row) => ({ ...row, labels: row.labels.slice(0, 1) }))),
    );
    const table = {
      title: "Found, of simulated experiments of the planned size",
      columns: ["plan", "units an arm", ...RATE_COLUMNS],
      rows: countedRows("power", counted),
      note: `50,000 experiments a row, seeds from ${SEED} on.`,
    };
    return { finding, tables: [table], charts: [{ name: "planned-power", alt: finding, spec }] };
  },
};
