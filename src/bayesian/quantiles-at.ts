import { checkOpenUnit } from "../core/checks.ts";
import { DomainError } from "../core/domain-error.ts";
import type { Side } from "../numerics/beside-line.ts";

/** The value that lies above the share `level` of a posterior. */
export interface QuantileAt {
  readonly level: number;
  readonly value: number;
}

/** The quantiles at some levels, each found from the tail that is the smaller one. */
export function quantilesAt(
  levels: readonly number[],
  quantile: (side: Side, tail: number) => number,
): QuantileAt[] {
  return levels.map((level) => ({
    level,
    value: level <= 0.5 ? quantile("lower", level) : quantile("upper", 1 - level),
  }));
}

/** Levels asked for, each in (0, 1). */
export function checkQuantileLevels(levels: readonly number[]): void {
  if (!Array.isArray(levels)) throw new DomainError("quantileLevels", levels, "must be a list of numbers");
  levels.forEach((level, i) => checkOpenUnit(`quantileLevels[${i}]`, level));
}
