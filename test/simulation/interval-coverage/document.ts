import { format } from "prettier";
import { compareProportions } from "../../../src/inference/compare-proportions.ts";
import { differenceInterval } from "../../../src/inference/difference-interval.ts";
import { liftInterval } from "../../../src/inference/lift-interval.ts";
import type { Proportion } from "../../../src/summaries/proportion.ts";
import {
  type Coverage,
  DIFFERENCE,
  disagreement,
  type Effect,
  effectCoverage,
  LIFT,
  ODDS_RATIO,
  PROPORTION_METHODS,
  proportionCoverage,
} from "./enumerate.ts";
import { lineChart } from "./line-chart.ts";

const FINE = Array.from({ length: 999 }, (_, i) => (i + 1) / 1000);
const COARSE = Array.from({ length: 99 }, (_, i) => (i + 1) / 100);
const SIZES = [10, 50, 200];
const PAIRS = [
  [20, 20],
  [50, 50],
  [100, 100],
  [20, 200],
] as const;
const LARGEST = 12;

/** The files of docs/methods that this document consists of, by name. */
export type Files = Readonly<Record<string, string>>;

export interface CoverageFigures {
  readonly proportion: readonly { readonly n: number; readonly rows: readonly Coverage[] }[];
  readonly effects: Readonly<Record<"difference" | "lift" | "oddsRatio", readonly EffectFigures[]>>;
  readonly contradictions: readonly (Contradiction & { readonly share: number })[];
}

interface EffectFigures {
  readonly pair: readonly [number, number];
  /** A row of true effects for each method. */
  readonly rows: readonly (readonly Coverage[])[];
}

interface Contradiction {
  readonly test: string;
  readonly interval: string;
}

const TRUTHS = { difference: [0, 0.1, 0.2], lift: [0, 0.2, 1], oddsRatio: [1, 1.5, 3] } as const;

export function coverageFigures(): CoverageFigures {
  const of = <Method extends string>(effect: Effect<Method>, truths: readonly number[]): EffectFigures[] =>
    PAIRS.map((pair) => ({ pair, rows: effectCoverage(effect, pair, truths, COARSE) }));
  const shares: CoverageFigures["contradictions"][number][] = [];
  for (const test of ["score", "wald"] as const) {
    const rejects = (control: Proportion, treatment: Proportion): boolean => {
      const { pValue } = compareProportions({ control, treatment, test });
      return pValue !== null && pValue < 0.05;
    };
    for (const method of ["koopman", "fieller", "katz", "delta"] as const) {
      const { tables, contradictions } = disagreement(LARGEST, rejects, (control, treatment) =>
        liftInterval({ control, treatment, method }),
      );
      shares.push({ test, interval: `lift, ${method}`, share: contradictions / tables });
    }
    for (const method of ["mee", "wald", "newcombe", "agresti-caffo"] as const) {
      const { tables, contradictions } = disagreement(LARGEST, rejects, (control, treatment) =>
        differenceInterval({ control, treatment, method }),
      );
      shares.push({ test, interval: `difference, ${method}`, share: contradictions / tables });
    }
  }
  return {
    proportion: SIZES.map((n) => ({
      n,
      rows: PROPORTION_METHODS.map((method) => proportionCoverage(method, n, FINE)),
    })),
    effects: {
      difference: of(DIFFERENCE, TRUTHS.difference),
      lift: of(LIFT, TRUTHS.lift),
      oddsRatio: of(ODDS_RATIO, TRUTHS.oddsRatio),
    },
    contradictions: shares,
  };
}

const percent = (value: number): string => `${(100 * value).toFixed(1)} %`;

export async function coverageDocument(figures: CoverageFigures): Promise<Files> {
  const { proportion, effects, contradictions } = figures;
  const fifty = proportion.find(({ n }) => n === 50)!.rows;
  const lowest = (rows: readonly Coverage[], method: string): string =>
    percent(rows.find((row) => row.method === method)!.lowest);
  const charts = {
    "coverage-proportion.svg": lineChart({
      title: `One rate, 50 units: Wald covers down to ${lowest(fifty, "wald")}, Clopper–Pearson never below ${lowest(fifty, "clopper-pearson")}`,
      subtitle:
        "Coverage of 95 % intervals against the true rate, counted over every outcome; below 80 % cut off",
      xLabel: "true rate",
      nominal: 0.95,
      panels: fifty.map(panel),
    }),
    "coverage-difference.svg": effectChart(
      effects.difference,
      (low) =>
        `No difference, 20 units an arm: Wald covers down to ${low("wald")}, Agresti–Caffo to ${low("agresti-caffo")}`,
    ),
    "coverage-lift.svg": effectChart(
      effects.lift,
      (low) => `No lift, 20 units an arm: delta covers down to ${low("delta")}, Koopman to ${low("koopman")}`,
    ),
    "coverage-odds-ratio.svg": effectChart(
      effects.oddsRatio,
      (low) =>
        `Odds ratio 1, 20 units an arm: exact never below ${low("exact-conditional")}, the score interval down to ${low("score")}`,
    ),
  };
  const share = (test: string, interval: string): string =>
    percent(contradictions.find((row) => row.test === test && row.interval === interval)!.share);
  const text = `# How often the intervals cover

Every figure on this page is counted, not simulated: the probabilities of all outcomes whose interval holds the true value
are added up. All intervals are two-sided at 95 %. \`npx tsx test/simulation/interval-coverage/write.ts\` writes the page, and
\`npm run test:slow\` fails when a figure on it is no longer true.

- *lowest* and *mean* are over the true rates; *width* is the expected width of the interval, averaged over them.
- Counts are discrete, so coverage jumps by the probability of an outcome wherever an end passes the true rate. A method
  that promises never to cover less than 95 % must cover more nearly everywhere.

## One rate

True rates from 0.001 to 0.999 in steps of 0.001.

${table(
  ["method", ...SIZES.flatMap((n) => [`n = ${n}: lowest`, "mean", "width"])],
  PROPORTION_METHODS.map((method, i) => [method, ...proportion.flatMap(({ rows }) => cells(rows[i]!))]),
)}

![Coverage of intervals for one rate](coverage-proportion.svg)

Wald's interval has no width at 0 of n, where the rate is often low: it then covers hardly ever. Wilson, Jeffreys and,
from 50 units on, mid-p cover 95 % on average and are the narrow ones. Clopper–Pearson pays for its promise in width;
Wilson with continuity is as wide, and promises nothing.

## The difference of two rates

True rates of the control from 0.01 to 0.99 in steps of 0.01; differences of ${TRUTHS.difference.join(", ")} taken
together. Sizes are those of control and treatment.

${effectTable(effects.difference)}

![Coverage of intervals for the difference](coverage-difference.svg)

## The lift

Lifts of ${TRUTHS.lift.join(", ")}. Since an interval may have no upper end, *width* is that of R/(1 + R), where R is 1 + the
lift: an interval that holds every ratio has the width 1.

${effectTable(effects.lift)}

![Coverage of intervals for the lift](coverage-lift.svg)

## The odds ratio

Odds ratios of ${TRUTHS.oddsRatio.join(", ")}; *width* is again that of R/(1 + R).

${effectTable(effects.oddsRatio)}

![Coverage of intervals for the odds ratio](coverage-odds-ratio.svg)

## Where test and interval contradict each other

A p-value below 0.05 beside an interval that holds "no effect", or the other way round, leaves the reader without an
answer. The share of tables in which it happens, over all tables with 1 to ${LARGEST} units an arm and at least one conversion
in the control:

${table(
  ["interval", "beside the score test", "beside the Wald test"],
  contradictions
    .filter(({ test }) => test === "score")
    .map(({ interval }) => [interval, share("score", interval), share("wald", interval)]),
)}

A dual pair never contradicts itself: Koopman's and Mee's intervals beside the score test, Fieller's and Wald's beside the
Wald test. A delta-method lift beside the Wald test, the pair that is used most, does so in ${share("wald", "lift, delta")} of these
tables. (The Wald test has no answer where no arm varies and the rates differ; that counts as not rejecting.)
`;
  const page = await format(text, { parser: "markdown", printWidth: 110 });
  return { "coverage.md": page, ...charts };
}

function effectChart(
  figures: readonly EffectFigures[],
  title: (lowest: (method: string) => string) => string,
): string {
  const rows = figures[0]!.rows.map(([none]) => none!);
  return lineChart({
    title: title((method) => percent(rows.find((row) => row.method === method)!.lowest)),
    subtitle:
      "Coverage of 95 % intervals against the true rate of both arms, counted over every table; below 80 % cut off",
    xLabel: "true rate",
    nominal: 0.95,
    panels: rows.map(panel),
  });
}

function panel({ method, points }: Coverage): { label: string; points: [number, number][] } {
  return { label: method, points: points.map(({ rate, coverage }) => [rate, coverage]) };
}

function effectTable(figures: readonly EffectFigures[]): string {
  const methods = figures[0]!.rows.map(([first]) => first!.method);
  return table(
    ["method", ...PAIRS.flatMap(([n1, n2]) => [`${n1}, ${n2}: lowest`, "mean", "width"])],
    methods.map((method, i) => [method, ...figures.flatMap(({ rows }) => cells(together(rows[i]!)))]),
  );
}

/** All true effects taken together. */
function together(rows: readonly Coverage[]): Coverage {
  const total = rows.reduce((sum, { points }) => sum + points.length, 0);
  const average = (value: (row: Coverage) => number): number =>
    rows.reduce((sum, row) => sum + value(row) * row.points.length, 0) / total;
  return {
    method: rows[0]!.method,
    points: rows.flatMap(({ points }) => points),
    lowest: Math.min(...rows.map(({ lowest }) => lowest)),
    mean: average(({ mean }) => mean),
    width: average(({ width }) => width),
  };
}

function cells({ lowest, mean, width }: Coverage): string[] {
  return [percent(lowest), percent(mean), width.toFixed(3)];
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (parts: readonly string[]): string => `| ${parts.join(" | ")} |`;
  return [line(head), line(head.map((_, i) => (i === 0 ? "---" : "---:"))), ...rows.map(line)].join("\n");
}
