import { compareBetaBinomial, probabilityToBeat } from "microlift";
import type { Row } from "./run.ts";
import { timeInTurns } from "./stopwatch.ts";

interface Case {
  readonly what: string;
  readonly control: readonly [n: number, conversions: number];
  readonly treatment: readonly [n: number, conversions: number];
  readonly shape?: number;
}

const CASES: readonly Case[] = [
  { what: "122 conversions", control: [21_306, 122], treatment: [21_307, 267] },
  { what: "3 of 10", control: [10, 3], treatment: [10, 5] },
  { what: "1e6 conversions", control: [4e6, 1e6], treatment: [4e6, 1.002e6] },
  { what: "1e9 conversions", control: [4e9, 1e9], treatment: [4e9, 1.0001e9] },
  { what: "nobody converted", control: [1000, 0], treatment: [1000, 0] },
  { what: "everybody of 1e9", control: [1e9, 1e9], treatment: [1e9, 1e9] },
  { what: "everybody against half", control: [1e9, 5e8], treatment: [1e9, 1e9] },
  { what: "1e9 against 20 units", control: [1e9, 1e8], treatment: [20, 3] },
  { what: "nobody, shapes 0.5", control: [1000, 0], treatment: [1000, 0], shape: 0.5 },
  { what: "30 and nobody, shapes 0.001", control: [1000, 30], treatment: [1000, 0], shape: 1e-3 },
  { what: "nobody, shapes 0.001", control: [1000, 0], treatment: [1000, 0], shape: 1e-3 },
];

/** Microseconds that a dashboard may spend on everything, and on the probability alone. */
const LIMIT_OF_ALL = 400;
const LIMIT_OF_PROBABILITY = 60;

/** Two rates with everything and with the probability alone, at ordinary sizes and in the corners. */
export function benchBayesian(): Row[] {
  return CASES.flatMap(({ what, control, treatment, shape = 1 }) => {
    const options = {
      control: { n: control[0], conversions: control[1] },
      treatment: { n: treatment[0], conversions: treatment[1] },
      prior: { alpha: shape, beta: shape },
    };
    const ns = timeInTurns({
      all: () => compareBetaBinomial(options),
      probability: () => probabilityToBeat(options),
    });
    const row = (name: string, cost: number, limit: number): Row => ({
      what: `${name}, ${what}`,
      figure: `${(cost / 1000).toPrecision(3)} µs`,
      yardstick: "none",
      limit: `${limit} µs`,
      within: cost <= 1000 * limit,
    });
    return [
      row("compareBetaBinomial", ns.all, LIMIT_OF_ALL),
      row("probabilityToBeat", ns.probability, LIMIT_OF_PROBABILITY),
    ];
  });
}
