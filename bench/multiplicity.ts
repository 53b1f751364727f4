import { adjustPValues, compareArms } from "microlift";
import type { Row } from "./run.ts";
import { timeInTurns } from "./stopwatch.ts";

const MILLION = 1e6;
const NANOSECONDS_PER_MILLISECOND = 1e6;

/** A million p-values beside the sort that any procedure in steps needs, and several treatments beside one control. */
export function benchMultiplicity(): Row[] {
  // No seed is needed: any million will do, half of them small as where effects are common.
  const pValues = Array.from(
    { length: MILLION },
    (_, i) => (((i + 1) * 0.6180339887498949) % 1) ** (1 + (i % 2) * 7),
  );
  const typed = Float64Array.from(pValues);
  const ns = timeInTurns({
    ours: () => adjustPValues(pValues, "benjamini-hochberg"),
    sort: () => typed.toSorted(),
  });
  const arms = {
    control: { n: 10_000, conversions: 500 },
    treatments: [590, 560, 531].map((conversions, i) => ({ name: `t${i}`, n: 10_000 + i, conversions })),
  };
  const armsNs = timeInTurns({
    holm: () => compareArms(arms),
    dunnett: () => compareArms({ ...arms, adjustment: "dunnett" }),
  });
  const ratio = ns.ours / ns.sort;
  const milliseconds = (value: number): string =>
    `${(value / NANOSECONDS_PER_MILLISECOND).toPrecision(3)} ms`;
  return [
    {
      what: "adjustPValues BH 1e6 against Float64Array sort",
      figure: milliseconds(ns.ours),
      yardstick: `${ratio.toPrecision(2)} × the sort`,
      limit: "3 × the sort",
      within: ratio <= 3,
    },
    {
      what: "compareArms, three unequal treatments, Dunnett",
      figure: milliseconds(armsNs.dunnett),
      yardstick: `${(armsNs.dunnett / armsNs.holm).toPrecision(2)} × Holm`,
      limit: "5 ms",
      within: armsNs.dunnett <= 5 * NANOSECONDS_PER_MILLISECOND,
    },
  ];
}
