import { describe, expect, it } from "vitest";
import type { Interval } from "../../src/core/interval.ts";
import { createRandom, type Random } from "../../src/numerics/random.ts";
import { microValue } from "../../src/proxy/micro-value.ts";
import type { JointCounts } from "../../src/summaries/joint-counts.ts";
import { leavesOut } from "../support/leaves-out.ts";

// Coverage of sets at 95 %: within five Monte Carlo standard errors, and .005 for the normal approximation.
const EXPERIMENTS = 20_000;
const SLACK = 5 * Math.sqrt((0.95 * 0.05) / EXPERIMENTS) + 0.005;

interface Rates {
  readonly macroOnly: number;
  readonly microOnly: number;
  readonly both: number;
}

function draw(random: Random, n: number, { macroOnly, microOnly, both }: Rates): JointCounts {
  const inBoth = random.binomial(n, both);
  const inMicro = random.binomial(n - inBoth, microOnly / (1 - both));
  const inMacro = random.binomial(n - inBoth - inMicro, macroOnly / (1 - both - microOnly));
  return { neither: n - inBoth - inMicro - inMacro, macroOnly: inMacro, microOnly: inMicro, both: inBoth };
}

describe("the sets of a micro conversion's value", () => {
  it.each([
    {
      n: 20_000,
      control: { macroOnly: 0.002, microOnly: 0.15, both: 0.018 },
      treatment: { macroOnly: 0.0021, microOnly: 0.171, both: 0.0219 },
    },
    {
      n: 20_000,
      control: { macroOnly: 0.002, microOnly: 0.15, both: 0.018 },
      treatment: { macroOnly: 0.0021, microOnly: 0.15, both: 0.0189 },
    },
    {
      n: 400,
      control: { macroOnly: 0.05, microOnly: 0.3, both: 0.15 },
      treatment: { macroOnly: 0.04, microOnly: 0.31, both: 0.2 },
    },
  ])("cover as often as they say, weak effects included: n = $n", ({ n, control: c, treatment: t }) => {
    const random = createRandom(20_261_123);
    const micro = t.microOnly + t.both - c.microOnly - c.both;
    const macro = t.macroOnly + t.both - c.macroOnly - c.both;
    const share = (c.both + t.both) / (c.microOnly + c.both + t.microOnly + t.both);
    let missed = { incremental: 0, inflation: 0 };
    const misses = (interval: Interval, value: number): number => (leavesOut(interval, value) ? 1 : 0);
    for (let i = 0; i < EXPERIMENTS; i++) {
      const { incremental, inflation } = microValue({
        control: draw(random, n, c),
        treatment: draw(random, n, t),
        valuePerMacro: 1,
      });
      missed = {
        incremental: missed.incremental + misses(incremental.interval, macro / micro),
        inflation: missed.inflation + misses(inflation.interval, (share * micro) / macro),
      };
    }
    expect(Math.abs(missed.incremental / EXPERIMENTS - 0.05)).toBeLessThan(SLACK);
    expect(Math.abs(missed.inflation / EXPERIMENTS - 0.05)).toBeLessThan(SLACK);
  });
});
