import type { Alternative } from "../core/alternative.ts";
import { bracketRoot } from "../numerics/bracket-root.ts";
import { exitProbabilities, type WalkBoundaries } from "../numerics/exit-probabilities.ts";
import { findRoot } from "../numerics/find-root.ts";
import { normalQuantile, normalUpperQuantile } from "../numerics/normal.ts";
import { sumOf } from "../numerics/sum.ts";
import { mixtureCriticalValue } from "./mixture.ts";
import { mixtureOf, type MixtureMethod } from "./mixture-method.ts";

export interface AlwaysValidLevel {
  readonly method: MixtureMethod;
  /** Looks at equal steps up to the horizon. */
  readonly looks: number;
  readonly alpha: number;
  readonly alternative: Alternative;
  /** Probability of rejecting by the horizon on the side of the effect; above alpha. */
  readonly power: number;
}

/** Of a drift of a few units: units are whole. */
const DRIFT_TOLERANCE = 1e-8;

/** An always-valid test that is tightest at its horizon, and goes on until then. */
export interface AlwaysValidHorizon {
  /** Units at the horizon over those of the fixed test with the same errors. */
  readonly inflation: number;
  /** Probability of stopping at each look before the horizon, without any effect and under the planned one. */
  readonly stops: { readonly null: readonly number[]; readonly alternative: readonly number[] };
}

/**
 * How much longer an always-valid test has to be able to run than a test that is read once, for the same power.
 *
 * Of normal statistics, whatever the metric. Costs some ten milliseconds for tens of looks.
 */
export function alwaysValidHorizon(level: AlwaysValidLevel): AlwaysValidHorizon {
  const { method, looks, alpha, alternative, power } = level;
  const mixture = mixtureOf(method, alternative);
  const ratio = mixture.tightestRatio(alpha);
  const information = Array.from({ length: looks }, (_, k) => (k + 1) / looks);
  const upper = information.map((share) => mixtureCriticalValue(mixture, ratio * share, alpha));
  const isTwoSided = alternative === "two-sided";
  const boundaries = { information, upper, lower: upper.map((z) => (isTwoSided ? -z : -Infinity)) };
  const fixedDrift = normalUpperQuantile(isTwoSided ? alpha / 2 : alpha) + normalQuantile(power);
  const missing = (drift: number): number => sumOf(exitProbabilities(boundaries, drift).upper) - power;
  const [from, to] = bracketRoot(missing, fixedDrift, 1.5 * fixedDrift)!;
  const drift = findRoot(missing, from, to, { tolerance: DRIFT_TOLERANCE });
  return {
    inflation: (drift / fixedDrift) ** 2,
    stops: { null: stopsOf(boundaries, 0), alternative: stopsOf(boundaries, drift) },
  };
}

function stopsOf(boundaries: WalkBoundaries, drift: number): number[] {
  const { lower, upper } = exitProbabilities(boundaries, drift);
  return upper.slice(0, -1).map((above, k) => above + lower[k]!);
}
