import { compareProportions } from "../../../src/inference/compare-proportions.ts";
import { createRandom } from "../../../src/numerics/random.ts";
import {
  type Coverage,
  DIFFERENCE,
  type Effect,
  effectCoverage,
  LIFT,
  ODDS_RATIO,
  PROPORTION_METHODS,
  proportionCoverage,
} from "../../simulation/interval-coverage/enumerate.ts";
import { panelChart } from "../charts.ts";
import type { Job, Row, Table } from "../job.ts";
import { about, countedRate, percent, RATE_COLUMNS, rateRow, simulatedRate } from "../rates.ts";

const LEVEL = 0.95;
const FINE = Array.from({ length: 999 }, (_, i) => (i + 1) / 1000);
const COARSE = Array.from({ length: 99 }, (_, i) => (i + 1) / 100);

/** Never below their level, whatever the rate. */
const EXACT: readonly string[] = ["clopper-pearson", "exact-conditional", "exact-unconditional"];
/** At their level on average over the rates, to within a point. */
const ON_AVERAGE: ReadonlySet<string> = new Set([
  "wilson",
  "jeffreys",
  "mee",
  "koopman",
  "score",
  "miettinen-nurminen",
]);

interface Part {
  readonly of: string;
  readonly units: string;
  readonly rows: readonly Coverage[];
}

/** With a true effect of each kind, and without. */
const EFFECTS: readonly {
  readonly of: string;
  readonly effect: Effect;
  readonly truths: readonly number[];
}[] = [
  { of: "difference", effect: DIFFERENCE as Effect, truths: [0, 0.15] },
  { of: "lift", effect: LIFT as Effect, truths: [0, 0.5] },
  { of: "odds ratio", effect: ODDS_RATIO as Effect, truths: [1, 2] },
];
const PAIRS = [
  [30, 30],
  [60, 60],
  [30, 90],
] as const;

export const intervalCoverage: Job = {
  id: "interval-coverage",
  title: "Intervals of rates and their effects",
  section: "Error rates, coverage and power",
  about:
    "How often 95 % intervals hold the truth: counted over every outcome of small arms, and simulated for large ones. The exact methods (Clopper–Pearson, the conditional one of the odds ratio, Chan and Zhang's of the difference) promise never to cover less; Wilson, Jeffreys and the score intervals promise 95 % on average over the rates, to within a point. The others are there to compare.",
  seconds: 8,
  run(progress) {
    const single: Part[] = [20, 50, 200].map((n) => ({
      of: "rate",
      units: String(n),
      rows: PROPORTION_METHODS.map((method) => proportionCoverage(method, n, FINE)),
    }));
    progress(0.1);
    const effects = EFFECTS.flatMap(({ of, effect, truths }, i) =>
      PAIRS.map((pair, k): Part => {
        const rows = effectCoverage(effect, pair, truths, COARSE).map(together);
        progress(0.1 + (0.5 * (3 * i + k + 1)) / 9);
        return { of, units: pair.join(" and "), rows };
      }),
    );
    const unconditional: Effect = { ...DIFFERENCE, methods: ["exact-unconditional"] } as Effect;
    effects.push({
      of: "difference",
      units: "8 and 10",
      rows: effectCoverage(unconditional, [8, 10], [0, 0.1, 0.3], COARSE).map(together),
    });
    const parts = [...single, ...effects];
    const lowest = (method: string): number =>
      Math.min(
        ...parts.flatMap(({ rows }) => rows.filter((row) => row.method === method).map((row) => row.lowest)),
      );
    const finding = `No exact interval ever covers less than ${percent(Math.min(...EXACT.map(lowest)))} at 95 %; the score intervals cover 95 % on average, and Wald's of a rate falls to ${percent(Math.min(...single.flatMap(({ rows }) => rows.filter(({ method }) => method === "wald").map((row) => row.lowest))), 1)}.`;
    const [, fifty] = single;
    const spec = panelChart({
      text: {
        finding,
        detail:
          "One rate, 50 units: coverage of 95 % intervals against the true rate, counted over every outcome; below 80 % cut off",
      },
      panels: fifty!.rows.map(({ method, points }) => ({
        label: method,
        points: points.filter((_, i) => i % 3 === 0).map(({ rate, coverage }) => [rate, coverage]),
      })),
      xTitle: "true rate",
      yTitle: "coverage",
      yDomain: [0.8, 1],
      promised: LEVEL,
    });
    return {
      finding,
      tables: [
        counted("One rate", single),
        counted("Two rates", effects),
        largeSamples((share) => progress(0.6 + 0.4 * share)),
      ],
      charts: [{ name: "interval-coverage", alt: finding, spec }],
    };
  },
};

/** All true effects of a method taken together. */
function together(rows: readonly Coverage[]): Coverage {
  const points = rows.flatMap((row) => row.points);
  const mean = points.reduce((sum, { coverage }) => sum + coverage, 0) / points.length;
  return {
    method: rows[0]!.method,
    points,
    lowest: Math.min(...rows.map((row) => row.lowest)),
    mean,
    width: 0,
  };
}

function counted(title: string, parts: readonly Part[]): Table {
  const rows = parts.flatMap(({ of, units, rows: methods }) =>
    methods.map(({ method, lowest, mean }): Row => {
      const isAverage = ON_AVERAGE.has(method);
      const promised = EXACT.includes(method) ? { atLeast: LEVEL } : isAverage ? about(LEVEL, 0.01) : null;
      const row = rateRow([of, units, method], "coverage", countedRate(isAverage ? mean : lowest), promised);
      const text = `${row.cells[5]}${isAverage ? " on average" : ""}`;
      return { ...row, cells: [of, units, method, percent(lowest), percent(mean), text] };
    }),
  );
  return {
    title: `${title}: coverage of 95 % intervals, counted`,
    columns: ["of", "units an arm", "method", "lowest", "on average", "promised"],
    rows,
    note:
      title === "One rate"
        ? "True rates from 0.001 to 0.999 in steps of 0.001."
        : "Rates of the control from 0.01 to 0.99 in steps of 0.01; differences of 0 and 0.15 (the last row: 0, 0.1 and 0.3), lifts of 0 and 0.5, odds ratios of 1 and 2, taken together.",
  };
}

const RUNS = 100_000;

/** The score test and its intervals at the sizes of real experiments. */
function largeSamples(progress: (share: number) => void): Table {
  const settings = [
    { rate: 0.001, n: 50_000, lift: 0.1 },
    { rate: 0.01, n: 10_000, lift: -0.1 },
    { rate: 0.02, n: 20_000, lift: 0 },
    { rate: 0.1, n: 2000, lift: 0.2 },
    { rate: 0.5, n: 1000, lift: 0.05 },
  ];
  // Counts are discrete: at about 50 expected conversions a single one weighs up to a tenth of a point.
  const slack = 0.001;
  const rows = settings.flatMap(({ rate, n, lift }, k): Row[] => {
    const random = createRandom(20_261_123 + k);
    const treated = rate * (1 + lift);
    const truth = {
      difference: treated - rate,
      lift,
      oddsRatio: ((treated / (1 - treated)) * (1 - rate)) / rate,
    };
    const hits = { difference: 0, lift: 0, oddsRatio: 0 };
    let rejected = 0;
    for (let run = 0; run < RUNS; run++) {
      const result = compareProportions({
        control: { n, conversions: random.binomial(n, rate) },
        treatment: { n, conversions: random.binomial(n, treated) },
      });
      if (result.pValue! < 0.05) rejected++;
      for (const effect of ["difference", "lift", "oddsRatio"] as const) {
        const { lower, upper } = result[effect].interval;
        if (lower <= truth[effect] && truth[effect] <= upper) hits[effect]++;
      }
    }
    progress((k + 1) / settings.length);
    const labels = [String(rate), String(n), `${100 * lift} %`];
    const row = (what: string, count: number, level: number): Row =>
      rateRow(
        [...labels, what],
        "at the sizes of real experiments",
        simulatedRate(count, RUNS),
        about(level, slack),
      );
    return [
      ...Object.entries(hits).map(([effect, count]) =>
        row(`${effect === "oddsRatio" ? "odds ratio" : effect} covered`, count, LEVEL),
      ),
      ...(lift === 0 ? [row("true null rejected", rejected, 0.05)] : []),
    ];
  });
  return {
    title: "The score test and its intervals at the sizes of real experiments, simulated",
    columns: ["rate", "units an arm", "lift", "what", ...RATE_COLUMNS],
    rows,
    note: "100,000 experiments a setting, seeds from 20261123 on. A tenth of a point is left to discreteness.",
  };
}
