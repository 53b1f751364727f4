import type { Interval } from "../../../src/core/interval.ts";
import { differenceInterval, type DifferenceMethod } from "../../../src/inference/difference-interval.ts";
import { liftInterval, type LiftMethod } from "../../../src/inference/lift-interval.ts";
import { oddsRatioInterval, type OddsRatioMethod } from "../../../src/inference/odds-ratio-interval.ts";
import { proportionInterval, type ProportionMethod } from "../../../src/inference/proportion-interval.ts";
import { binomial } from "../../../src/numerics/binomial.ts";
import type { Proportion } from "../../../src/summaries/proportion.ts";

// Coverage by summing the probability of every outcome: no chance, no simulation.

/** What a method does at one true rate of the control. */
export interface CoveragePoint {
  readonly rate: number;
  readonly coverage: number;
  readonly width: number;
}

/** A method over all true rates that were tried. */
export interface Coverage {
  readonly method: string;
  readonly points: readonly CoveragePoint[];
  readonly lowest: number;
  readonly mean: number;
  readonly width: number;
}

// An end that equals the truth but for rounding holds it.
const ROUNDING = 1e-12;
const covers = ({ lower, upper }: Interval, truth: number): boolean =>
  lower - ROUNDING <= truth && truth <= upper + ROUNDING;

export const PROPORTION_METHODS: readonly ProportionMethod[] = [
  "wald",
  "wilson",
  "jeffreys",
  "agresti-coull",
  "mid-p",
  "wilson-continuity",
  "clopper-pearson",
];

export function proportionCoverage(method: ProportionMethod, n: number, rates: readonly number[]): Coverage {
  const intervals = counts(n).map((conversions) => proportionInterval({ n, conversions, method }));
  return summary(
    method,
    rates.map((rate) => {
      const probabilities = pmf(n, rate);
      let coverage = 0;
      let width = 0;
      intervals.forEach((interval, x) => {
        if (covers(interval, rate)) coverage += probabilities[x]!;
        width += probabilities[x]! * (interval.upper - interval.lower);
      });
      return { rate, coverage, width };
    }),
  );
}

/** An effect of two rates: its methods, the treatment's rate under a true effect, and a scale that makes widths finite. */
export interface Effect<Method extends string = string> {
  readonly methods: readonly Method[];
  readonly interval: (method: Method, control: Proportion, treatment: Proportion) => Interval;
  readonly treatmentRate: (rate: number, effect: number) => number;
  readonly width: (interval: Interval) => number;
}

// On the scale R/(1 + R) an unbounded ratio has a width too: all of it is 1.
const share = (ratio: number): number =>
  ratio === Infinity ? 1 : Math.max(0, ratio) / (1 + Math.max(0, ratio));

export const DIFFERENCE: Effect<DifferenceMethod> = {
  methods: ["wald", "agresti-caffo", "newcombe", "profile-likelihood", "mee", "miettinen-nurminen"],
  interval: (method, control, treatment) => differenceInterval({ control, treatment, method }),
  treatmentRate: (rate, difference) => rate + difference,
  width: ({ lower, upper }) => upper - lower,
};
export const LIFT: Effect<LiftMethod> = {
  methods: ["delta", "katz", "fieller", "profile-likelihood", "koopman", "miettinen-nurminen"],
  interval: (method, control, treatment) => liftInterval({ control, treatment, method }),
  treatmentRate: (rate, lift) => rate * (1 + lift),
  width: ({ lower, upper }) => share(1 + upper) - share(1 + lower),
};
export const ODDS_RATIO: Effect<OddsRatioMethod> = {
  methods: [
    "woolf",
    "haldane-anscombe",
    "profile-likelihood",
    "score",
    "miettinen-nurminen",
    "mid-p",
    "exact-conditional",
  ],
  interval: (method, control, treatment) => oddsRatioInterval({ control, treatment, method }),
  treatmentRate: (rate, ratio) => (ratio * rate) / (1 - rate + ratio * rate),
  width: ({ lower, upper }) => share(upper) - share(lower),
};

/** Coverage of every method at each true effect; rates that the effect takes out of (0, 1) are left out. */
export function effectCoverage<Method extends string>(
  effect: Effect<Method>,
  [n1, n2]: readonly [number, number],
  truths: readonly number[],
  rates: readonly number[],
): Coverage[][] {
  return effect.methods.map((method) => {
    const intervals = counts(n1).map((x1) =>
      counts(n2).map((x2) => effect.interval(method, { n: n1, conversions: x1 }, { n: n2, conversions: x2 })),
    );
    const widths = intervals.map((row) => row.map(effect.width));
    return truths.map((truth) => {
      const points = rates.flatMap((rate): CoveragePoint[] => {
        const treated = effect.treatmentRate(rate, truth);
        if (!(treated > 0 && treated < 1)) return [];
        const [first, second] = [pmf(n1, rate), pmf(n2, treated)];
        let coverage = 0;
        let width = 0;
        intervals.forEach((row, x1) =>
          row.forEach((interval, x2) => {
            const probability = first[x1]! * second[x2]!;
            if (covers(interval, truth)) coverage += probability;
            width += probability * widths[x1]![x2]!;
          }),
        );
        return [{ rate, coverage, width }];
      });
      return summary(method, points);
    });
  });
}

/** All tables of up to `largest` units an arm with a conversion in the control, and how many set test and interval at odds. */
export function disagreement(
  largest: number,
  rejects: (control: Proportion, treatment: Proportion) => boolean,
  interval: (control: Proportion, treatment: Proportion) => Interval,
): { readonly tables: number; readonly contradictions: number } {
  let tables = 0;
  let contradictions = 0;
  for (let n1 = 1; n1 <= largest; n1++) {
    for (let n2 = 1; n2 <= largest; n2++) {
      for (let x1 = 1; x1 <= n1; x1++) {
        for (let x2 = 0; x2 <= n2; x2++) {
          const [control, treatment] = [
            { n: n1, conversions: x1 },
            { n: n2, conversions: x2 },
          ];
          tables++;
          if (rejects(control, treatment) === covers(interval(control, treatment), 0)) contradictions++;
        }
      }
    }
  }
  return { tables, contradictions };
}

function counts(n: number): number[] {
  return Array.from({ length: n + 1 }, (_, x) => x);
}

function pmf(n: number, rate: number): number[] {
  return counts(n).map((x) => binomial.pmf(x, n, rate));
}

function summary(method: string, points: readonly CoveragePoint[]): Coverage {
  const average = (value: (point: CoveragePoint) => number): number =>
    points.reduce((sum, point) => sum + value(point), 0) / points.length;
  return {
    method,
    points,
    lowest: Math.min(...points.map(({ coverage }) => coverage)),
    mean: average(({ coverage }) => coverage),
    width: average(({ width }) => width),
  };
}
