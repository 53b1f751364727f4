import { describe, expect, it } from "vitest";
import type { Estimate } from "../../src/core/estimate.ts";
import { drawBinomial } from "../../src/numerics/draw-binomial.ts";
import { createRandom, type Random } from "../../src/numerics/random.ts";
import { individualSurrogacy } from "../../src/proxy/individual-surrogacy.ts";
import { surrogateIndex } from "../../src/proxy/surrogate-index.ts";
import type { JointCounts } from "../../src/summaries/joint-counts.ts";

const RUNS = 8_000;
const LEVEL = 0.95;

interface Arm {
  readonly n: number;
  readonly micro: number;
  readonly withMicro: number;
  readonly withoutMicro: number;
}

function draw({ n, micro, withMicro, withoutMicro }: Arm, random: Random): JointCounts {
  const of = (units: number, rate: number): number => drawBinomial(units, rate, () => random.uniform());
  const converters = of(n, micro);
  const both = of(converters, withMicro);
  const macroOnly = of(n - converters, withoutMicro);
  return { both, microOnly: converters - both, macroOnly, neither: n - converters - macroOnly };
}

const covers = ({ interval: { lower, upper, excluded } }: Estimate, truth: number): boolean =>
  lower <= truth &&
  truth <= upper &&
  !(excluded !== null && excluded.lower < truth && truth < excluded.upper);

/** What the figures are for the population that both arms are drawn from. */
function truths(control: Arm, treatment: Arm): Readonly<Record<string, number>> {
  const share = control.n / (control.n + treatment.n);
  const pool = (of: (arm: Arm) => number): number => share * of(control) + (1 - share) * of(treatment);
  const micro = pool((arm) => arm.micro);
  const both = pool((arm) => arm.micro * arm.withMicro);
  const macroOf = (arm: Arm): number => arm.micro * arm.withMicro + (1 - arm.micro) * arm.withoutMicro;
  const macro = pool(macroOf);
  const [q1, q0] = [both / micro, (macro - both) / (1 - micro)];
  const indirect = (treatment.withMicro - treatment.withoutMicro) * (treatment.micro - control.micro);
  const total = macroOf(treatment) - macroOf(control);
  return {
    phi: (both - micro * macro) / Math.sqrt(micro * (1 - micro) * macro * (1 - macro)),
    riskDifference: q1 - q0,
    relativeRisk: q1 / q0,
    attributableFraction: 1 - q0 / macro,
    sensitivity: both / macro,
    specificity: (1 - micro - (macro - both)) / (1 - macro),
    youden: both / macro + (1 - micro - (macro - both)) / (1 - macro) - 1,
    total,
    indirect,
    direct: total - indirect,
    proportionExplained: indirect / total,
  };
}

describe("intervals of surrogacy within an experiment cover as often as they say", () => {
  it.each<[string, Arm, Arm]>([
    [
      "a shop: add to cart and sale",
      { n: 5_000, micro: 0.1, withMicro: 0.15, withoutMicro: 0.004 },
      { n: 5_000, micro: 0.115, withMicro: 0.15, withoutMicro: 0.004 },
    ],
    [
      "a strong link in a small trial",
      { n: 250, micro: 0.45, withMicro: 0.85, withoutMicro: 0.1 },
      { n: 230, micro: 0.6, withMicro: 0.8, withoutMicro: 0.15 },
    ],
    [
      "a direct effect of the other sign",
      { n: 2_000, micro: 0.2, withMicro: 0.3, withoutMicro: 0.05 },
      { n: 3_000, micro: 0.3, withMicro: 0.25, withoutMicro: 0.04 },
    ],
  ])("%s", (_name, control, treatment) => {
    const random = createRandom(20261123);
    const expected = truths(control, treatment);
    const hits: Record<string, number> = {};
    for (let run = 0; run < RUNS; run++) {
      const { association, mediation } = individualSurrogacy({
        control: draw(control, random),
        treatment: draw(treatment, random),
      });
      const estimates: Readonly<Record<string, unknown>> = { ...association, ...mediation };
      for (const [name, truth] of Object.entries(expected)) {
        if (covers(estimates[name] as Estimate, truth)) hits[name] = (hits[name] ?? 0) + 1;
      }
    }
    for (const name of Object.keys(expected)) {
      // Delta-method intervals of few converters miss by a point or so; four Monte Carlo standard errors on top.
      const noise = 4 * Math.sqrt((LEVEL * (1 - LEVEL)) / RUNS);
      expect([name, hits[name]! / RUNS > LEVEL - 0.01 - noise]).toEqual([name, true]);
      expect([name, hits[name]! / RUNS < LEVEL + 0.02 + noise]).toEqual([name, true]);
    }
  });
});

describe("the interval of a surrogate index covers as often as it says", () => {
  it("over the units of the experiment and the past", () => {
    const random = createRandom(7);
    const of = (n: number, rate: number): number => drawBinomial(n, rate, () => random.uniform());
    const rates = [0.005, 0.06, 0.25];
    const arm = (n: number, shares: readonly number[]): number[] => {
      const first = of(n, shares[0]!);
      const second = of(n - first, shares[1]! / (1 - shares[0]!));
      return [first, second, n - first - second];
    };
    const truth = 0.005 * -0.015 + 0.06 * 0.01 + 0.25 * 0.005;
    let hits = 0;
    for (let run = 0; run < RUNS; run++) {
      const { effect } = surrogateIndex({
        history: [9_000, 800, 200].map((n, j) => ({ n, conversions: of(n, rates[j]!) })),
        control: arm(5_000, [0.9, 0.08, 0.02]),
        treatment: arm(5_000, [0.885, 0.09, 0.025]),
      });
      if (covers(effect, truth)) hits++;
    }
    expect(Math.abs(hits / RUNS - LEVEL)).toBeLessThan(0.003 + 4 * Math.sqrt((LEVEL * (1 - LEVEL)) / RUNS));
  });
});
