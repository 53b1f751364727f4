import { describe, expect, it } from "vitest";
import type { Estimate } from "../../src/core/estimate.ts";
import { analyzeFunnel } from "../../src/experiment/analyze-funnel.ts";
import type { FunnelAdjustment } from "../../src/experiment/adjust-funnel.ts";
import type { FunnelCounts } from "../../src/experiment/funnel-counts.ts";
import { drawBinomial } from "../../src/numerics/draw-binomial.ts";
import { createRandom, type Random } from "../../src/numerics/random.ts";
import { sumOf } from "../../src/numerics/sum.ts";

// How often intervals of a funnel hold the truth, and how often its tests reject what is true or name a wrong step.

const DRAWS = 20_000;
const ALPHA = 0.05;
/** Monte Carlo errors that an honest share may lie from its promise. */
const ROOM = 4;
const error = (share: number, draws = DRAWS): number => ROOM * Math.sqrt((share * (1 - share)) / draws);

const STEPS = ["view", "cart", "checkout", "order"];
const CONTROL = [0.5, 0.3, 0.6, 0.7];

function drawn(random: Random, n: number, rates: readonly number[]): FunnelCounts {
  let left = n;
  return { n, reached: rates.map((rate) => (left = drawBinomial(left, rate, () => random.uniform()))) };
}

const product = (rates: readonly number[]): number => rates.reduce((all, rate) => all * rate, 1);
const times = (factors: readonly number[]): number[] => CONTROL.map((rate, k) => rate * factors[k]!);

/** How often each interval of each step holds its true value. */
function coverage(n: number, treatment: readonly number[], seed: number): Record<string, number[]> {
  const random = createRandom(seed);
  const logs = treatment.map((rate, k) => Math.log(rate / CONTROL[k]!));
  const [a, b] = [product(treatment), product(CONTROL)];
  const total = sumOf(logs);
  const mean = total === 0 ? a : (a - b) / Math.log(a / b);
  const held = {
    part: STEPS.map(() => 0),
    contribution: STEPS.map(() => 0),
    share: STEPS.map(() => 0),
    stake: STEPS.map(() => 0),
  };
  const count = (list: number[], k: number, { interval }: Estimate, truth: number): void => {
    const { lower, upper, excluded } = interval;
    const isOut =
      truth < lower ||
      truth > upper ||
      (excluded !== null && truth > excluded.lower && truth < excluded.upper);
    if (!isOut) list[k]! += 1 / DRAWS;
  };
  for (let draw = 0; draw < DRAWS; draw++) {
    const result = analyzeFunnel({
      steps: STEPS,
      control: drawn(random, n, CONTROL),
      treatment: drawn(random, n, treatment),
    });
    for (const [k, step] of result.steps.entries()) {
      count(held.part, k, step.logPart, logs[k]!);
      count(held.contribution, k, step.contribution, mean * logs[k]!);
      count(held.share, k, step.share, logs[k]! / total);
      count(held.stake, k, result.control.steps[k]!.atStake, n * b * (1 / CONTROL[k]! - 1));
    }
  }
  return held;
}

/** How often something happens to funnels of this truth. */
function shareOf(
  n: number,
  treatment: readonly number[],
  seed: number,
  happens: (result: ReturnType<typeof analyzeFunnel>) => boolean,
  adjustment: FunnelAdjustment = "holm",
  control: readonly number[] = CONTROL,
): number {
  const random = createRandom(seed);
  let found = 0;
  for (let draw = 0; draw < DRAWS; draw++) {
    const arms = { control: drawn(random, n, control), treatment: drawn(random, n, treatment) };
    if (happens(analyzeFunnel({ steps: STEPS, ...arms, adjustment }))) found++;
  }
  return found / DRAWS;
}

describe("the intervals of a funnel", () => {
  it.each([
    ["where one step is changed", 5000, [1, 1.2, 1, 1]],
    ["where every step is, and parts cancel", 5000, [1.05, 0.9, 1.1, 1.04]],
    ["at 50 sales an arm", 800, [1.1, 1, 1.1, 1]],
  ])("hold the truth as often as they say %s", (_, n, factors) => {
    const held = coverage(n, times(factors), 20_261_123);
    for (const [name, shares] of Object.entries(held)) {
      for (const share of shares) {
        // A normal approximation in counts of some 50 may be off by half a point.
        expect(Math.abs(share - 0.95), `${name}: ${shares.map((x) => x.toFixed(4)).join(" ")}`).toBeLessThan(
          error(0.95) + (n < 5000 ? 0.005 : 0.002),
        );
      }
    }
  });
});

describe("the tests of a funnel", () => {
  const someStep = (result: ReturnType<typeof analyzeFunnel>): boolean =>
    result.steps.some(({ rejected }) => rejected);

  it("reject alpha of the funnels that nothing changed: anywhere, and at some step by the law of the largest", () => {
    const anywhere = shareOf(5000, CONTROL, 1, (result) => result.anywhere.pValue < ALPHA);
    expect(Math.abs(anywhere - ALPHA)).toBeLessThan(error(ALPHA) + 0.001);
    const largest = shareOf(5000, CONTROL, 2, someStep, "max-z");
    expect(Math.abs(largest - ALPHA), `max-z: ${largest}`).toBeLessThan(error(ALPHA) + 0.001);
    const holm = shareOf(5000, CONTROL, 2, someStep, "holm");
    expect(holm, `holm: ${holm}`).toBeLessThan(largest);
    const sequence = shareOf(5000, CONTROL, 2, someStep, "fixed-sequence");
    expect(sequence).toBeLessThan(ALPHA + error(ALPHA));
  });

  it("reject no more true ones by the law of the largest where other steps are changed", () => {
    // Fewer see a product, and more of them go on, so that later steps are as they were.
    const rates = [0.45, (0.5 * 0.3) / 0.45, 0.6, 0.7];
    const wrong = shareOf(
      5000,
      rates,
      3,
      ({ steps }) => steps.slice(1).some(({ rejected }) => rejected),
      "max-z",
    );
    expect(wrong, `wrong: ${wrong}`).toBeLessThan(ALPHA + error(ALPHA));
  });
});

describe("the step that carries the effect", () => {
  const names = ({ carriedBy }: ReturnType<typeof analyzeFunnel>): boolean => carriedBy.step !== null;
  /** Steps that tie are not one larger than the other, so that every name is wrong. */
  it.each([
    ["nothing is changed", CONTROL, CONTROL],
    ["two steps tie far above the others", times([1, 1.3, 1.3, 1]), CONTROL],
    ["all steps tie", times([1.2, 1.2, 1.2, 1.2]), CONTROL],
    [
      "two steps tie whose parts are known as differently as can be",
      [0.9 * 1.08, 0.05 * 1.08, 0.9, 0.9],
      [0.9, 0.05, 0.9, 0.9],
    ],
  ])("is named wrongly in no more than alpha of the funnels where %s", (_, treatment, control) => {
    const wrong = shareOf(20_000, treatment, 4, names, "holm", control);
    expect(wrong, `wrong: ${wrong}`).toBeLessThan(ALPHA + error(ALPHA));
  });

  it("is named where it is plain", () => {
    const right = shareOf(20_000, times([1, 1.3, 1, 1]), 5, ({ carriedBy }) => carriedBy.step === "cart");
    expect(right, `right: ${right}`).toBeGreaterThan(0.9);
  });
});
