import { describe, expect, it } from "vitest";
import { createRandom, type Random } from "../../src/numerics/random.ts";
import { durationTable } from "../../src/planning/duration-table.ts";

// Experiments of single visitors: each enters at its time, converts or not, and is seen to only when its delay is over.
// The share of runs that reject is held to four standard errors of the simulation around the planned power.
const RUNS = 4000;
const STANDARD_ERRORS = 4;
/** z(1 − 0.05/2). */
const CRITICAL = 1.959963984540054;

const baseline = 0.2;
const lift = 0.25;
const unitsPerWeekday = [90, 80, 80, 70, 60, 20, 30];

/** Visitors of one arm who are seen to have converted by a day, of as many as entered by then. */
function observedArm(
  random: Random,
  rate: number,
  days: number,
  delay: () => number,
): { n: number; x: number } {
  let n = 0;
  let x = 0;
  for (let day = 0; day < days; day++) {
    const units = unitsPerWeekday[day % 7]!;
    for (let i = 0; i < units; i++) {
      const entry = day + (i + 0.5) / units;
      if (entry > days) break;
      n++;
      if (random.uniform() < rate && entry + delay() <= days) x++;
    }
  }
  return { n, x };
}

function rejects(random: Random, days: number, delay: () => number): boolean {
  const control = observedArm(random, baseline, days, delay);
  const treatment = observedArm(random, baseline * (1 + lift), days, delay);
  const pooled = (control.x + treatment.x) / (control.n + treatment.n);
  const error = Math.sqrt(pooled * (1 - pooled) * (1 / control.n + 1 / treatment.n));
  return treatment.x / treatment.n - control.x / control.n > CRITICAL * error;
}

describe("the days to the power asked for", () => {
  it.each([{ meanDays: 3 }, { shape: 0.6, scaleDays: 4 }])(
    "have it in experiments that are run visitor by visitor, with the delay %j",
    (conversionDelay) => {
      const metrics = [{ name: "order", kind: "proportion", baseline, lift, conversionDelay } as const];
      const traffic = { unitsPerWeekday };
      const { days } = durationTable({ metrics, traffic }).rows[0]!;
      for (const day of [7, days]) {
        const [row] = durationTable({ metrics, traffic, powerAtDays: [day] }).rows;
        const random = createRandom(7);
        const { shape = 1, scaleDays = 3 } = "shape" in conversionDelay ? conversionDelay : {};
        const delay = (): number => scaleDays * (-Math.log(random.uniform())) ** (1 / shape);
        let rejected = 0;
        for (let run = 0; run < RUNS; run++) if (rejects(random, day, delay)) rejected++;
        const { power } = row!.powerByDay[0]!;
        const error = Math.sqrt((power * (1 - power)) / RUNS);
        expect(Math.abs(rejected / RUNS - power), `${rejected / RUNS} against ${power}`).toBeLessThan(
          STANDARD_ERRORS * error,
        );
      }
    },
  );
});
