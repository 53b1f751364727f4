import {
  sequentialSampleRatio,
  type SequentialSampleRatioCheck,
} from "../../src/inference/sequential-sample-ratio.ts";
import type { Random } from "../../src/numerics/random.ts";
import { count, type Counted } from "./hits.ts";

interface Split {
  /** Where units go; as planned unless said. */
  readonly shares?: readonly number[];
  readonly expected: readonly number[];
  /** Units between two looks. */
  readonly step: number;
  readonly looks: number;
  readonly concentration: number;
  readonly threshold: number;
}

/** How often the sequential check of the split raises an alarm over all its looks: without reason, and with. */
export function falseAlarms(random: Random): Counted[] {
  const sound: readonly Split[] = [
    { expected: [1, 1], step: 1, looks: 1000, concentration: 10, threshold: 0.05 },
    { expected: [1, 1], step: 100, looks: 1000, concentration: 10_000, threshold: 0.05 },
    { expected: [8, 1, 1], step: 50, looks: 500, concentration: 1000, threshold: 0.05 },
  ];
  const broken = {
    shares: [0.51, 0.49],
    expected: [1, 1],
    step: 1000,
    looks: 100,
    concentration: 10_000,
    threshold: 0.001,
  };
  const row = (split: Split, label: string, promised: Counted["promised"], runs: number): Counted => ({
    labels: [label, split.looks.toLocaleString("en-US")],
    promised,
    hits: count(runs, () => ({ alarm: raisesAlarm(random, split) })).alarm,
    runs,
  });
  return [
    ...sound.map((split) =>
      row(
        split,
        `as planned, ${split.expected.join(" to ")}, ${split.step} units a look`,
        { atMost: 0.05 },
        3000,
      ),
    ),
    row(broken, "51 to 49 where 50 to 50 was planned, 100,000 units", { atLeast: 0.9 }, 1000),
  ];
}

function raisesAlarm(
  random: Random,
  { expected, shares, step, looks, concentration, threshold }: Split,
): boolean {
  const total = expected.reduce((sum, weight) => sum + weight, 0);
  const own = shares ?? expected.map((weight) => weight / total);
  const observed = expected.map(() => 0);
  let previous: SequentialSampleRatioCheck | undefined;
  for (let look = 1; look <= looks; look++) {
    drawStep(random, step, own).forEach((units, arm) => (observed[arm]! += units));
    previous = sequentialSampleRatio({ observed, expected, previous, concentration, threshold });
    if (previous.mismatch) return true;
  }
  return false;
}

/** Units of one step by arm: binomials given what is left. */
function drawStep(random: Random, units: number, shares: readonly number[]): number[] {
  let [left, rest] = [units, 1];
  return shares.map((share, arm) => {
    const own = arm === shares.length - 1 ? left : random.binomial(left, Math.min(1, share / rest));
    left -= own;
    rest -= share;
    return own;
  });
}
