import { compareProportions, type ProportionTestName } from "../../../src/inference/compare-proportions.ts";
import { binomial } from "../../../src/numerics/binomial.ts";
import { exactPowerForProportions } from "../../../src/planning/exact-power-for-proportions.ts";
import type { ExactProportionTest } from "../../../src/planning/exact-test.ts";
import { panelChart } from "../charts.ts";
import type { Job, Row, Table } from "../job.ts";
import { about, countedRate, percent, type Promised, rateRow } from "../rates.ts";

const ALPHA = 0.05;
type Sizes = readonly [control: number, treatment: number];
const SIZES: readonly Sizes[] = [
  [10, 10],
  [20, 20],
  [50, 50],
  [15, 60],
];
const ALTERNATIVES = ["two-sided", "greater"] as const;
type Tails = (typeof ALTERNATIVES)[number];
const RATES = Array.from({ length: 99 }, (_, i) => (i + 1) / 100);

/** Exact tests never reject more than they say; the score test and mid-p do on average. Others promise nothing at so few units. */
const EXACT: readonly ProportionTestName[] = ["fisher", "boschloo", "barnard"];
const ON_AVERAGE: readonly ProportionTestName[] = ["score", "miettinen-nurminen"];
const PLAIN: readonly ProportionTestName[] = ["wald", "g", "yates", "mid-p"];
const TESTS = [...EXACT, ...ON_AVERAGE, ...PLAIN];
const ENUMERATED: readonly ExactProportionTest[] = ["score", "yates", "wald", "fisher", "mid-p"];
const POWER_AT = [0.1, 0.4] as const;

type Rejections = readonly (readonly boolean[])[];
type Pairs = ReadonlyMap<string, Rejections>;

const counts = (n: number): number[] => Array.from({ length: n + 1 }, (_, x) => x);
const keyOf = (test: string, sizes: Sizes, tails: Tails): string => `${test} ${sizes.join()} ${tails}`;

/** Which tables a test rejects; one without an answer does not. */
function rejections(test: ProportionTestName, [n1, n2]: Sizes, alternative: Tails): Rejections {
  return counts(n1).map((x1) =>
    counts(n2).map((x2) => {
      const control = { n: n1, conversions: x1 };
      const { pValue } = compareProportions({
        control,
        treatment: { n: n2, conversions: x2 },
        test,
        alternative,
      });
      return pValue !== null && pValue <= ALPHA;
    }),
  );
}

/** Adds up the probabilities of all rejected tables; `above` only those with more conversions under treatment. */
function probability(rejected: Rejections, [n1, n2]: Sizes, p1: number, p2: number, above = false): number {
  const second = counts(n2).map((x) => binomial.pmf(x, n2, p2));
  return rejected.reduce((sum, row, x1) => {
    const given = row.reduce(
      (part, is, x2) => (is && (!above || x2 / n2 > x1 / n1) ? part + second[x2]! : part),
      0,
    );
    return sum + binomial.pmf(x1, n1, p1) * given;
  }, 0);
}

const typeIErrors = (rejected: Rejections, sizes: Sizes): number[] =>
  RATES.map((rate) => probability(rejected, sizes, rate, rate));
const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

export const twoProportionTests: Job = {
  id: "two-proportion-tests",
  title: "Tests of two rates, counted over every table",
  section: "Error rates, coverage and power",
  about:
    "Every table that two small arms can show is tested at alpha = 5 %, and the probabilities of those that are rejected are added up: no simulation. The exact tests promise never to reject a true null in more than 5 %, whatever the rate. The score test and Miettinen and Nurminen's promise 5 % on average over the rates, to within a point. The Wald, likelihood-ratio (g), Yates and mid-p tests promise nothing for so few units; what they do is shown.",
  seconds: 8,
  run(progress) {
    const found = new Map<string, Rejections>();
    const all = SIZES.flatMap((sizes) =>
      TESTS.flatMap((test) => ALTERNATIVES.map((tails) => ({ sizes, test, tails }))),
    );
    all.forEach(({ sizes, test, tails }, i) => {
      found.set(keyOf(test, sizes, tails), rejections(test, sizes, tails));
      progress((i + 1) / all.length);
    });
    const tables = [
      errorTable(found, "two-sided"),
      errorTable(found, "greater"),
      powerTable(found),
      plannedTable(found),
    ];
    const worst = (test: string): number =>
      Math.max(...SIZES.flatMap((sizes) => typeIErrors(found.get(keyOf(test, sizes, "two-sided"))!, sizes)));
    const finding = `Fisher's, Boschloo's and Barnard's tests never reject a true null in more than ${percent(Math.max(...EXACT.map(worst)))} at alpha = 5 %; the score test does in up to ${percent(worst("score"), 1)}, and the Wald test in up to ${percent(worst("wald"), 1)}.`;
    const twenty = SIZES[1]!;
    const spec = panelChart({
      text: {
        finding,
        detail:
          "20 units an arm, two-sided at 5 %: how often a true null is rejected, against the rate of both arms",
      },
      panels: TESTS.map((test) => ({
        label: test,
        points: typeIErrors(found.get(keyOf(test, twenty, "two-sided"))!, twenty).map((error, i) => [
          RATES[i]!,
          error,
        ]),
      })),
      xTitle: "rate",
      yTitle: "type I error",
      yDomain: [0, 0.15],
      promised: ALPHA,
    });
    return { finding, tables, charts: [{ name: "two-proportion-tests", alt: finding, spec }] };
  },
};

function errorTable(found: Pairs, tails: Tails): Table {
  const rows = SIZES.flatMap((sizes) =>
    TESTS.map((test): Row => {
      const errors = typeIErrors(found.get(keyOf(test, sizes, tails))!, sizes);
      const [largest, average] = [Math.max(...errors), mean(errors)];
      const isAverage = ON_AVERAGE.includes(test) && tails === "two-sided" && sizes[0] >= 20;
      const promised: Promised | null = EXACT.includes(test)
        ? { atMost: ALPHA }
        : isAverage
          ? about(ALPHA, 0.01)
          : null;
      const row = rateRow(
        [sizes.join(" and "), test],
        `type I error, ${tails}`,
        countedRate(isAverage ? average : largest),
        promised,
      );
      const cells = [
        sizes.join(" and "),
        test,
        percent(largest),
        percent(average),
        isAverage ? `${row.cells[4]} on average` : row.cells[4]!,
      ];
      return { ...row, cells };
    }),
  );
  return {
    title: `Type I error at alpha = 5 %, ${tails}`,
    columns: ["units an arm", "test", "largest", "on average", "promised"],
    rows,
    note: "Rates of both arms from 0.01 to 0.99 in steps of 0.01.",
  };
}

function powerTable(found: Pairs): Table {
  return {
    title: `Power where the rates are ${POWER_AT.join(" and ")}, two-sided`,
    columns: ["test", ...SIZES.map((sizes) => sizes.join(" and "))],
    rows: TESTS.map((test) => ({
      cells: [
        test,
        ...SIZES.map((sizes) =>
          percent(probability(found.get(keyOf(test, sizes, "two-sided"))!, sizes, ...POWER_AT), 1),
        ),
      ],
    })),
    note: "What exactness costs: compare within a column, and with the type I error above.",
  };
}

/** The power that planning counts, by critical counts and mixtures, against the plain sum over tested tables. */
function plannedTable(found: Pairs): Table {
  return {
    title:
      "Power that exactPowerForProportions counts, against the sum over tables that compareProportions rejects",
    columns: ["units an arm", "test", "counted in planning", "summed here", "difference"],
    rows: SIZES.flatMap(([control, treatment]) =>
      ENUMERATED.map((test): Row => {
        const [baseline, treatmentRate] = POWER_AT;
        const difference = treatmentRate - baseline;
        const { power } = exactPowerForProportions({ control, treatment, baseline, difference, test });
        const rejected = found.get(keyOf(test, [control, treatment], "two-sided"))!;
        const summed = probability(rejected, [control, treatment], baseline, treatmentRate, true);
        const apart = Math.abs(power - summed);
        const label = `${control} and ${treatment}`;
        return {
          cells: [label, test, percent(power, 6), percent(summed, 6), apart.toExponential(0)],
          check: {
            claim: `exactPowerForProportions, ${test}, ${label}`,
            figure: `${apart.toExponential(0)} apart`,
            limit: "at most 1e-12",
            within: apart <= 1e-12,
          },
        };
      }),
    ),
  };
}
