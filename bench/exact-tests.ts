import { compareProportions } from "microlift";
import type { Row } from "./run.ts";
import { timeInTurns } from "./stopwatch.ts";

const control = { n: 100, conversions: 55 };
const treatment = { n: 100, conversions: 70 };
const million = (conversions: number): { n: number; conversions: number } => ({ n: 1e6, conversions });

// Of SciPy 1.17.1 on the same table: 50 ms for boschloo_exact and 10 ms for barnard_exact on the machine where this file
// was written and boschloo took 0.4 ms. The limit is a twentieth of the former.
const SCIPY_BOSCHLOO_MICROSECONDS = 50_000;

/** Exact tests of two proportions, beside the default test of the same arms. */
export function benchExactTests(): Row[] {
  const ns = timeInTurns({
    score: () => compareProportions({ control, treatment }),
    boschloo: () => compareProportions({ control, treatment, test: "boschloo" }),
    barnard: () => compareProportions({ control, treatment, test: "barnard" }),
    fisher: () =>
      compareProportions({ control: million(500_000), treatment: million(501_000), test: "fisher" }),
    g: () => compareProportions({ control, treatment, test: "g" }),
  });
  const row = (what: string, name: keyof typeof ns, limitMicroseconds: number): Row => ({
    what,
    figure: `${(ns[name] / 1000).toPrecision(3)} µs`,
    yardstick: `${(ns[name] / ns.score).toPrecision(3)} × the score test`,
    limit: `${limitMicroseconds} µs`,
    within: ns[name] <= 1000 * limitMicroseconds,
  });
  return [
    row("boschloo, 100 units an arm", "boschloo", SCIPY_BOSCHLOO_MICROSECONDS / 20),
    row("barnard, 100 units an arm", "barnard", 2500),
    row("fisher with its interval, 1e6 units an arm", "fisher", 300),
    row("likelihood ratio with its intervals", "g", 100),
  ];
}
