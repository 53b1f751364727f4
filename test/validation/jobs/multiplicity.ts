import { adjustPValues, type AdjustmentMethod } from "../../../src/inference/adjust-p-values.ts";
import { compareAllPairs } from "../../../src/inference/compare-all-pairs.ts";
import { compareArms, type ArmsAdjustmentMethod } from "../../../src/inference/compare-arms.ts";
import { gatekeeping } from "../../../src/inference/gatekeeping.ts";
import { graphicalProcedure } from "../../../src/inference/graphical-procedure.ts";
import { cholesky } from "../../../src/numerics/cholesky.ts";
import { normalSf } from "../../../src/numerics/normal.ts";
import { createRandom, type Random } from "../../../src/numerics/random.ts";
import { rateChart } from "../charts.ts";
import { drawMean } from "../draws.ts";
import { count, type Counted, countedRows, shownRates } from "../hits.ts";
import type { Job } from "../job.ts";
import { about, percent, type Promised, RATE_COLUMNS } from "../rates.ts";

const ALPHA = 0.05;
const SEED = 20_261_800;
const DRAWS = 50_000;
const AT_MOST: Promised = { atMost: ALPHA };

const FAMILY_WISE = [
  "bonferroni",
  "sidak",
  "holm",
  "hochberg",
  "hommel",
] as const satisfies readonly AdjustmentMethod[];
/** With a share of effects the false discovery rate; without, the same as a family-wise one. */
const DISCOVERY = [
  "benjamini-hochberg",
  "benjamini-yekutieli",
] as const satisfies readonly AdjustmentMethod[];
const SHIFTS = {
  "all five null": [0, 0, 0, 0, 0],
  "effects in two of five": [3, 2.5, 0, 0, 0],
} as const;
type Truth = keyof typeof SHIFTS;

/** One-sided p-values of five normal statistics that go together as tests against one control do. */
function pValueDraws(random: Random, truth: Truth, rho: number): () => number[] {
  const factor = cholesky(
    Array.from({ length: 5 }, (_, i) => Array.from({ length: 5 }, (_column, j) => (i === j ? 1 : rho))),
  )!;
  return () => {
    const z = factor.map(() => random.normal());
    return SHIFTS[truth].map((shift, i) =>
      normalSf(shift + factor[i]!.reduce((sum, entry, k) => sum + entry * z[k]!, 0)),
    );
  };
}

const CHAIN = Array.from({ length: 5 }, (_, i) =>
  Array.from({ length: 5 }, (_column, j) => (j === i + 1 ? 1 : 0)),
);

function ofPValues(): Counted[] {
  const truths = Object.keys(SHIFTS) as Truth[];
  return truths.flatMap((truth, t) =>
    [0, 0.5].flatMap((rho, r): Counted[] => {
      const random = createRandom(SEED + 2 * t + r);
      const draw = pValueDraws(random, truth, rho);
      const isNull = SHIFTS[truth].map((shift) => shift === 0);
      // Shares of false discoveries are counted by a draw among the rejections, so that they are a rate like the others.
      const falsely = (rejected: readonly boolean[]): boolean => rejected.some((is, i) => is && isNull[i]!);
      const hits = count(DRAWS, () => {
        const p = draw();
        const happened: Record<string, boolean> = { none: falsely(p.map((value) => value < ALPHA)) };
        for (const method of FAMILY_WISE)
          happened[method] = falsely(adjustPValues(p, method).map((value) => value < ALPHA));
        for (const method of DISCOVERY) {
          const found = [...p.keys()].filter((i) => adjustPValues(p, method)[i]! < ALPHA);
          happened[method] = found.length > 0 && isNull[found[Math.floor(random.uniform() * found.length)]!]!;
        }
        const { families } = gatekeeping({ families: [{ pValues: p.slice(0, 2) }, { pValues: p.slice(2) }] });
        happened["two gates"] = falsely(families.flatMap(({ rejected }) => rejected));
        const graph = graphicalProcedure({
          pValues: p,
          weights: [0.4, 0.3, 0.1, 0.1, 0.1],
          transitions: CHAIN,
        });
        happened["fallback (a graph)"] = falsely(graph.rejected);
        return happened;
      });
      return Object.entries(hits).map(([procedure, number]) => ({
        labels: [procedure, truth, `correlation ${rho}`],
        promised: procedure === "none" ? null : AT_MOST,
        hits: number,
        runs: DRAWS,
      }));
    }),
  );
}

const ARMS_DRAWS = 5000;

/** Three treatments and one control without effects. */
function ofArms(): Counted[] {
  const settings = {
    "three treatments, rates of 5 %, 2000 units": (random: Random) => ({
      n: 2000,
      conversions: random.binomial(2000, 0.05),
    }),
    "three treatments, Welch, 8 units": (random: Random) => drawMean(random, 8, 0, 1),
    "three treatments, Welch, 200 units": (random: Random) => drawMean(random, 200, 0, 1),
  };
  const methods: readonly ArmsAdjustmentMethod[] = ["holm", "dunnett-step-down"];
  return Object.entries(settings).flatMap(([label, draw], k): Counted[] => {
    const random = createRandom(SEED + 20 + k);
    const hits = count(ARMS_DRAWS, () => {
      const control = draw(random);
      const treatments = ["a", "b", "c"].map((name) => ({ name, ...draw(random) }));
      return Object.fromEntries(
        methods.map((adjustment) => [
          adjustment,
          compareArms({ control, treatments, adjustment }).treatments.some(({ rejected }) => rejected),
        ]),
      );
    });
    return methods.map((method) => ({
      labels: [method, label, "one control"],
      // Dunnett's law uses alpha up, but for the approximation to few units or conversions.
      promised: method === "holm" ? AT_MOST : about(ALPHA, 0.005),
      hits: hits[method]!,
      runs: ARMS_DRAWS,
    }));
  });
}

/** With one variance for all arms the simultaneous levels are exact, and the same in every draw. */
function ofOneVariance(): Counted[] {
  const random = createRandom(SEED + 30);
  const arm = (name: string): { name: string; n: number; mean: number; variance: number } => ({
    name,
    ...drawMean(random, 8, 0, 1),
  });
  const four = (): ReturnType<typeof arm>[] => ["control", "a", "b", "c"].map(arm);
  const [control, ...treatments] = four();
  const dunnett = compareArms({
    control: control!,
    treatments,
    test: "pooled",
    adjustment: "dunnett",
  }).singleConfidenceLevel!;
  const tukey = compareAllPairs({ arms: four(), test: "pooled" }).singleConfidenceLevel!;
  const hits = count(DRAWS, () => {
    const { pairs } = compareAllPairs({ arms: four(), test: "pooled", adjustment: "none" });
    const p = pairs.map(({ comparison }) => comparison.pValue!);
    return {
      dunnett: p.slice(0, 3).some((value) => value < 1 - dunnett),
      tukey: p.some((value) => value < 1 - tukey),
    };
  });
  return (["dunnett", "tukey"] as const).map((name) => ({
    labels: [name, "four arms, one variance, 8 units", name === "tukey" ? "all pairs" : "one control"],
    promised: about(ALPHA),
    hits: hits[name],
    runs: DRAWS,
  }));
}

export const multiplicity: Job = {
  id: "multiplicity",
  title: "Many tests at once",
  section: "Error rates, coverage and power",
  about:
    "The chance of any false rejection over a family of tests, or, for the procedures of Benjamini, the expected share of false ones among the rejections: at most alpha = 5 %. Five one-sided tests, independent or going together as tests against one control do, without effects and with two; then arms, and all pairs. Dunnett's and Tukey's laws with one variance are exact and have to use alpha up.",
  seconds: 20,
  run(progress) {
    const tests = ofPValues();
    progress(0.5);
    const arms = [...ofArms(), ...ofOneVariance()];
    const all = [...tests, ...arms];
    const worst = Math.max(
      ...tests.filter(({ promised }) => promised !== null).map(({ hits, runs }) => hits / runs),
    );
    const none = tests.find(({ labels: [procedure] }) => procedure === "none")!;
    const finding = `Five tests without adjustment reject something true in ${percent(none.hits / none.runs, 0)} of cases; with any of the procedures in at most ${percent(worst, 1)}, at alpha = 5 %.`;
    const spec = rateChart(
      {
        finding,
        detail:
          "Five independent tests, two of them with effects: share of cases with a false rejection (Benjamini: share of false among the rejections), with the 99.9 % Monte Carlo interval; bars mark what is promised",
      },
      shownRates(
        tests
          .filter(({ labels }) => labels[1] === "effects in two of five" && labels[2] === "correlation 0")
          .map((row) => ({ ...row, labels: row.labels.slice(0, 1) })),
      ),
    );
    const table = {
      title: "False rejections at alpha = 5 %",
      columns: ["procedure", "tests", "dependence", ...RATE_COLUMNS],
      rows: countedRows("false rejections", all),
      note: `50,000 draws a row, 5,000 of arms under compareArms; seeds from ${SEED} on.`,
    };
    return { finding, tables: [table], charts: [{ name: "multiplicity", alt: finding, spec }] };
  },
};
