import { probabilityBest, thompsonAllocation } from "microlift";
import type { Row } from "./run.ts";
import { timeInTurns } from "./stopwatch.ts";

const NANOSECONDS_PER_MILLISECOND = 1e6;

/** Ten arms of conversion rates, from small to a billion units and of wildly different sizes. */
export function benchBayesianArms(): Row[] {
  const ten = (arm: (i: number) => { n: number; conversions: number }) =>
    Array.from({ length: 10 }, (_, i) => arm(i));
  const small = ten((i) => ({ n: 10_000, conversions: 500 + 7 * i }));
  const million = ten((i) => ({ n: 1e6, conversions: 50_000 + 70 * i }));
  const unlike = ten((i) => ({ n: 10 ** (1 + (i % 9)), conversions: 10 ** (i % 9) }));
  const ns = timeInTurns({
    small: () => thompsonAllocation({ arms: small }),
    million: () => thompsonAllocation({ arms: million }),
    unlike: () => thompsonAllocation({ arms: unlike }),
    everything: () => probabilityBest({ arms: small }),
  });
  const row = (what: string, name: keyof typeof ns, limitMilliseconds: number): Row => ({
    what,
    figure: `${(ns[name] / NANOSECONDS_PER_MILLISECOND).toPrecision(3)} ms`,
    yardstick: `${(ns[name] / ns.small).toPrecision(2)} × the first of these`,
    limit: `${limitMilliseconds} ms`,
    within: ns[name] <= limitMilliseconds * NANOSECONDS_PER_MILLISECOND,
  });
  return [
    row("P(best) of 10 arms of 10,000 units", "small", 3),
    row("P(best) of 10 arms of a million units", "million", 3),
    row("P(best) of 10 arms of 10 to 1e9 units", "unlike", 15),
    row("probabilityBest, 10 arms with all intervals", "everything", 3),
  ];
}
