import { describe, expect, it } from "vitest";
import { bayesianStopping, type BayesianStoppingOptions } from "../../src/bayesian/bayesian-stopping.ts";
import { betterArm } from "../../src/bayesian/better-arm.ts";
import { betaDensity } from "../../src/numerics/beta-density.ts";
import { createRandom } from "../../src/numerics/random.ts";
import type { StoppingOutcome } from "../../src/bayesian/stopping-outcome.ts";

const RUNS = 100_000;

const DESIGNS: readonly BayesianStoppingOptions[] = [
  { baseline: 0.05, lift: 0.1, probabilityToBeat: 0.95, looks: [1000, 2000, 3000, 4000, 5000] },
  { baseline: 0.05, lift: -0.1, thresholdOfCaring: 3e-4, looks: [500, 1000, 2000, 4000, 8000] },
  {
    baseline: 0.4,
    lift: 0.05,
    thresholdOfCaring: 2e-3,
    looks: [300, 600, 900],
    prior: { alpha: 20, beta: 30 },
  },
  {
    baseline: 0.01,
    lift: 0.5,
    probabilityToBeat: 0.9,
    looks: [200, 1000, 3000],
    prior: { control: { alpha: 2, beta: 150 }, treatment: "jeffreys" },
  },
  {
    baseline: 0.05,
    lift: 0.02,
    probabilityToBeat: 0.95,
    looks: [10_000, 40_000, 90_000],
    computation: "normal",
  },
];

/** What becomes of one experiment: the verdict of the posterior at each look, by quadrature. */
type Verdict = "ship" | "keep" | "none";

function verdicts({
  prior,
  thresholdOfCaring,
  probabilityToBeat,
}: Required<Pick<BayesianStoppingOptions, "prior">> & BayesianStoppingOptions): (
  n: number,
  x: number,
  y: number,
) => Verdict {
  const numbers = (value: unknown): { alpha: number; beta: number } =>
    value === "jeffreys" ? { alpha: 0.5, beta: 0.5 } : (value as { alpha: number; beta: number });
  const both = typeof prior === "object" && "control" in prior ? prior : { control: prior, treatment: prior };
  const [control, treatment] = [numbers(both.control), numbers(both.treatment)];
  const known = new Map<string, Verdict>();
  return (n, x, y) => {
    const key = `${n},${x},${y}`;
    let verdict = known.get(key);
    if (verdict === undefined) {
      const standing = betterArm(
        betaDensity(control.alpha + x, control.beta + n - x),
        betaDensity(treatment.alpha + y, treatment.beta + n - y),
      );
      verdict = verdictOf(standing, thresholdOfCaring, probabilityToBeat);
      known.set(key, verdict);
    }
    return verdict;
  };
}

function verdictOf(
  { expectedLoss, logProbabilityToBeat, logProbabilityToLose }: ReturnType<typeof betterArm>,
  threshold: number | undefined,
  probability: number | undefined,
): Verdict {
  if (threshold === undefined) {
    const least = Math.log(probability!);
    return logProbabilityToBeat >= least ? "ship" : logProbabilityToLose >= least ? "keep" : "none";
  }
  const { control, treatment } = expectedLoss;
  if (treatment <= threshold && treatment < control) return "ship";
  return control <= threshold && control <= treatment ? "keep" : "none";
}

describe("bayesian stopping", () => {
  it.each(DESIGNS)("happens as often as it is computed to: %o", (options) => {
    const random = createRandom(20_261_123);
    const result = bayesianStopping(options);
    const verdictAt = verdicts({ prior: { alpha: 1, beta: 1 }, ...options });
    const margin = result.method === "normal" ? 0.003 : 0;
    const experiment = (outcome: StoppingOutcome): void => {
      const rate = options.baseline + outcome.difference;
      const counts = { ship: 0, keep: 0, n: 0 };
      for (let run = 0; run < RUNS; run++) {
        let [x, y, before] = [0, 0, 0];
        for (const n of options.looks) {
          x += random.binomial(n - before, options.baseline);
          y += random.binomial(n - before, rate);
          before = n;
          const verdict = verdictAt(n, x, y);
          if (verdict === "none") continue;
          counts[verdict]++;
          break;
        }
        counts.n += before / RUNS;
      }
      const kept = outcome.keepProbability - outcome.undecidedProbability;
      for (const [count, probability] of [
        [counts.ship, outcome.shipProbability],
        [counts.keep, kept],
      ] as const) {
        const error = Math.sqrt((probability * (1 - probability)) / RUNS);
        expect(Math.abs(count / RUNS - probability)).toBeLessThan(4 * error + margin);
      }
      const spread = options.looks.at(-1)! / Math.sqrt(RUNS);
      expect(Math.abs(counts.n - outcome.expectedN)).toBeLessThan(
        3 * spread + margin * options.looks.at(-1)!,
      );
    };
    experiment(result.none);
    experiment(result.effects[0]!);
  });
});
