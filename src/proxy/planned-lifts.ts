import { checkFinite, checkOpenUnit } from "../core/checks.ts";
import { DomainError } from "../core/domain-error.ts";
import type { Warning } from "../core/warning.ts";
import { checkNestedRates } from "./correlation-from-rates.ts";
import type { EffectSizes } from "./decision-beside.ts";
import { log1p } from "../numerics/elementary/log1p.ts";

/** Two metrics of the same units, and the lifts a change is planned to have on them. */
export interface PlannedLifts {
  /** Rate of the micro conversion in the control arm, in (0, 1). */
  readonly microRate: number;
  /** Rate of the macro conversion in the control arm, in (0, 1). */
  readonly macroRate: number;
  /** Planned lift of the micro conversion; the lifted rate must stay in (0, 1). */
  readonly microLift: number;
  /** Lift of the macro conversion that comes with it; the lifted rate must stay in (0, 1). */
  readonly macroLift: number;
  /** Whether every buyer went through the micro conversion; false unless said. */
  readonly nested?: boolean | undefined;
}

/** macroLift / microLift; null when both are 0. */
export function plannedElasticity({
  microLift,
  macroLift,
}: Pick<PlannedLifts, "microLift" | "macroLift">): number | null {
  return microLift === 0 && macroLift === 0 ? null : macroLift / microLift;
}

/** Sizes of the true effects to believe in where nothing else is known: the planned ones, where they have one direction. */
export function plannedSizes(
  { microLift, macroLift }: Pick<PlannedLifts, "microLift" | "macroLift">,
  elasticity: number | null,
): EffectSizes | null {
  if (elasticity === null || !(elasticity > 0 && elasticity < Infinity)) return null;
  return { proxy: Math.abs(log1p(microLift)), macro: Math.abs(log1p(macroLift)) };
}

/**
 * Checks planned lifts where they enter a public function.
 *
 * @throws {DomainError} for rates or lifted rates outside (0, 1), or a nested micro rate that is not above the macro rate
 */
export function checkPlannedLifts({
  microRate,
  macroRate,
  microLift,
  macroLift,
  nested = false,
}: PlannedLifts): void {
  for (const [metric, rate, lift] of [
    ["micro", microRate, microLift],
    ["macro", macroRate, macroLift],
  ] as const) {
    checkOpenUnit(`${metric}Rate`, rate);
    checkFinite(`${metric}Lift`, lift);
    const lifted = rate * (1 + lift);
    if (lifted > 0 && lifted < 1) continue;
    throw new DomainError(
      `${metric}Lift`,
      lift,
      `must leave the lifted rate strictly between 0 and 1, not at ${lifted}`,
    );
  }
  if (!nested) return;
  checkNestedRates(microRate, macroRate);
  const [liftedMicro, liftedMacro] = [microRate * (1 + microLift), macroRate * (1 + macroLift)];
  if (liftedMicro <= liftedMacro) {
    throw new DomainError(
      "macroLift",
      macroLift,
      `must leave the lifted macro rate below the lifted micro rate ${liftedMicro} in a nested funnel, not at ${liftedMacro}`,
    );
  }
}

/** Warnings with the metric that they are about. */
export function named(metric: "micro" | "macro", warnings: readonly Warning[]): Warning[] {
  return warnings.map(({ code, message }) => ({ code, message: `On the ${metric} conversion: ${message}` }));
}

export const WRONG_SIGN: Warning = {
  code: "WRONG_SIGN",
  message: "The two lifts have opposite signs: the proxy points the wrong way, and earns no speedup.",
};

export const VANITY_PROXY: Warning = {
  code: "VANITY_PROXY",
  message:
    "The lift of the micro conversion brings no sales: the speedup is infinite because there is nothing to detect, and the proxy is worthless.",
};
