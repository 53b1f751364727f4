import type { Tails } from "../numerics/tails.ts";
import { exp } from "../numerics/elementary/exp.ts";
import { ln } from "../numerics/elementary/ln.ts";
import { log1p } from "../numerics/elementary/log1p.ts";

/**
 * The coordinate in which a parameter's density is smooth on the whole real line and falls at least exponentially to
 * both sides: the log-odds of a rate, the log of a positive mean, a mean of any sign as it is.
 */
export interface Axis {
  readonly kind: "log-odds" | "log" | "identity";
  /** The value at u = 0: near it a value keeps digits as u that it would lose as a double. */
  readonly zero: number;
  readonly value: (u: number) => number;
  /** ln of the derivative of the value by u. */
  readonly logSlope: (u: number) => number;
}

export const LOG_ODDS_AXIS: Axis = {
  kind: "log-odds",
  zero: 0.5,
  value: (u) => 1 / (1 + exp(-u)),
  logSlope: (u) => -Math.abs(u) - 2 * log1p(exp(-Math.abs(u))),
};

/** The log of a positive value over `zero`. */
export function logAxis(zero: number): Axis {
  const logZero = ln(zero);
  return { kind: "log", zero, value: (u) => zero * exp(u), logSlope: (u) => logZero + u };
}

/** How far a value lies above `zero`. */
export function identityAxis(zero: number): Axis {
  return { kind: "identity", zero, value: (u) => zero + u, logSlope: () => 0 };
}

/** The posterior of one arm's parameter, as integrals over one or more arms see it: along its axis. */
export interface Marginal {
  readonly axis: Axis;
  /** About the place and the spread of the coordinate's density: for a start and a step, no more. */
  readonly center: number;
  readonly width: number;
  /** Posterior mean and standard deviation of the parameter itself; infinite where they do not exist. */
  readonly mean: number;
  readonly standardDeviation: number;
  /** ln of the density of the coordinate. */
  logDensity(u: number): number;
  /** ln P(coordinate ≤ u) and ln P(coordinate > u), each computed on its own. */
  logTails(u: number): Tails;
}
