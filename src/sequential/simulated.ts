import { sumOf } from "../numerics/sum.ts";

/** What simulations found, and how far chance may have moved it. */
export interface Simulated {
  readonly estimate: number;
  readonly standardError: number;
}

/** A share of all experiments. */
export function simulatedShare(count: number, experiments: number): Simulated {
  const estimate = count / experiments;
  return { estimate, standardError: Math.sqrt((estimate * (1 - estimate)) / experiments) };
}

/** Mean units at the stop, from how many experiments stopped at each look. */
export function expectedUnits(units: readonly number[], stopped: readonly number[]): Simulated {
  const experiments = sumOf(stopped);
  const estimate = sumOf(stopped.map((count, look) => count * units[look]!)) / experiments;
  const variance = sumOf(stopped.map((count, look) => count * (units[look]! - estimate) ** 2)) / experiments;
  return { estimate, standardError: Math.sqrt(variance / experiments) };
}
