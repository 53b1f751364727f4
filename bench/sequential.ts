import {
  confidenceSequence,
  createRandom,
  groupSequentialDesign,
  sequentialDuration,
  simulateSequential,
} from "microlift";
import type { Row } from "./run.ts";
import { timeInTurns } from "./stopwatch.ts";

const LOOKS = 20;
const n = Array.from({ length: LOOKS }, (_, look) => 1000 * (look + 1));
/** Beyond reach, so that every experiment sees all of its looks: the dearest case. */
const none = n.map(() => Infinity);

/** Experiments that are read more than once: a million simulated ones, designs, and one look at a sequence. */
export function benchSequential(): Row[] {
  const ns = timeInTurns({
    design5: () => groupSequentialDesign({ looks: 5, spending: "lan-demets-obrien-fleming" }),
    design20: () => groupSequentialDesign({ looks: 20, spending: "lan-demets-obrien-fleming" }),
    sequence: () =>
      confidenceSequence({
        control: { n: 21306, conversions: 122 },
        treatment: { n: 21307, conversions: 267 },
      }),
    duration: () =>
      sequentialDuration({
        baseline: 0.05,
        lift: 0.1,
        unitsPerDay: 1000,
        horizonDays: 28,
        monitoring: { method: "normal-mixture" },
      }),
  });
  const rates = secondsPerMillion({ baseline: 0.05, lift: 0.1 });
  const means = secondsPerMillion({ baseline: 1, lift: 0.1, standardDeviation: 5 });
  return [
    row("a million simulated experiments of 20 looks, rates", rates, 20),
    row("a million simulated experiments of 20 looks, means", means, 20),
    row("groupSequentialDesign, 5 looks", ns.design5 / 1e9, 0.005),
    row("groupSequentialDesign, 20 looks", ns.design20 / 1e9, 0.01),
    row("confidenceSequence, difference and lift", ns.sequence / 1e9, 100e-6),
    row("sequentialDuration, 28 daily looks", ns.duration / 1e9, 0.05),
  ];
}

function secondsPerMillion(metric: { baseline: number; lift: number; standardDeviation?: number }): number {
  const start = performance.now();
  simulateSequential({ ...metric, n, upper: none, experiments: 1e6, rng: createRandom(1) });
  return (performance.now() - start) / 1000;
}

function row(what: string, seconds: number, limitSeconds: number): Row {
  return {
    what,
    figure: duration(seconds),
    yardstick: `${(seconds / limitSeconds).toPrecision(2)} of the limit`,
    limit: duration(limitSeconds),
    within: seconds <= limitSeconds,
  };
}

function duration(seconds: number): string {
  if (seconds >= 0.1) return `${seconds.toPrecision(3)} s`;
  return seconds >= 1e-3 ? `${(1e3 * seconds).toPrecision(3)} ms` : `${(1e6 * seconds).toPrecision(3)} µs`;
}
