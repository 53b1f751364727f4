import { checkBetween, checkObject, checkOneOf } from "../core/checks.ts";
import { DomainError } from "../core/domain-error.ts";
import type { DesignRules } from "./actual-boundaries.ts";
import type { StandardLook } from "./group-sequential-look.ts";
import { POWER_AHEAD_ASSUMPTIONS, type PowerAhead, powerAhead } from "./power-ahead.ts";
import { type GroupSequentialLooksOptions, readLooks } from "./read-looks.ts";

/** What the rest of an experiment is taken to be like. */
export type AssumedEffect =
  | "current-trend"
  | "design"
  | "null"
  /** Expected z at information 1, of treatment against control. */
  | { readonly drift: number }
  /** Treatment − control. */
  | { readonly difference: number }
  /** Treatment / control − 1, over the control seen so far. */
  | { readonly lift: number };

export interface ConditionalPowerOptions extends GroupSequentialLooksOptions {
  /** `current-trend` unless said. */
  readonly assume?: AssumedEffect | undefined;
}

/** How likely an experiment is to end significant under an assumed effect. */
export interface ConditionalPower extends PowerAhead<"conditional-power"> {
  readonly method: "current-trend" | "design" | "null" | "drift" | "difference" | "lift";
  /** Expected z at information 1 that was assumed, of treatment against control. */
  readonly drift: number;
}

const NAMED = ["current-trend", "design", "null"] as const;
/** Larger drifts belong to no experiment. */
export const LARGEST_DRIFT = 1e9;

/**
 * The probability that an experiment will end significant if its effect is the one assumed, given the looks so far.
 *
 * All looks to come count, with the boundaries that the design gives them after those seen; futility boundaries are taken
 * to be heeded. A design of one look tests at its end only, so that its conditional power can be read at any time before.
 * The trend seen so far is noisy: at half of the information its conditional power is far from 1/2 most of the time, and
 * low values under `current-trend` alone are no reason to stop. The standard error of a rate is the pooled one of now.
 * A five-look design takes some 0.3 ms.
 *
 * @param options.design - what `groupSequentialDesign` returned
 * @param options.looks - all looks so far, as `analyzeGroupSequential` takes them
 * @param options.planned - units of each arm at information 1, for looks that give arms and no `information`
 * @param options.final - whether the last look ended the experiment; false unless said
 * @param options.assume - `current-trend` unless said; `design`, the effect that it was planned for (on the side of a
 *   better treatment where it is two-sided); `null`; or `{ drift }`, and for looks with arms `{ difference }` or `{ lift }`
 * @returns the probability, by side and by look; 1 or 0 where the experiment has ended
 * @throws {DomainError} for a design that is none, looks that `analyzeGroupSequential` would refuse, or an assumption that
 *   the looks have no scale for
 * @example
 * ```ts
 * import { conditionalPower, groupSequentialDesign } from "microlift";
 * const design = groupSequentialDesign({ looks: 3 });
 * const looks = [{ information: 1 / 3, z: 1.2 }];
 * conditionalPower({ design, looks, assume: "design" }).power; // 0.7649
 * conditionalPower({ design, looks }).power; // 0.5475
 * ```
 * Lan, Simon and Halperin (1982); Jennison and Turnbull (2000), chapter 10.
 */
export function conditionalPower(options: ConditionalPowerOptions): ConditionalPower {
  const read = readLooks(options);
  const { design, assume = "current-trend" } = options;
  const { method, drift } = assumedDrift(design, read.looks.at(-1)!, assume);
  return {
    kind: "conditional-power",
    method,
    drift,
    ...powerAhead(design, read, { mean: drift, variance: 0 }),
    warnings: [],
    assumptions: [...POWER_AHEAD_ASSUMPTIONS],
  };
}

function assumedDrift(
  { alternative, drift }: DesignRules,
  { information, z, scale }: StandardLook,
  assume: AssumedEffect,
): Pick<ConditionalPower, "method" | "drift"> {
  if (typeof assume === "string") {
    checkOneOf("assume", assume, NAMED);
    const planned = alternative === "less" ? -drift : drift;
    const named = { "current-trend": z / Math.sqrt(information), design: planned, null: 0 };
    return { method: assume, drift: named[assume] };
  }
  checkObject("assume", assume);
  if ("drift" in assume) return { method: "drift", drift: checkedDrift("assume.drift", assume.drift, 1) };
  const method = "difference" in assume ? "difference" : "lift";
  const value = "difference" in assume ? assume.difference : assume.lift;
  if (scale === null) {
    throw new DomainError(
      "assume",
      assume,
      "must be a name or { drift } where the looks do not give their arms",
    );
  }
  if (scale.standardError === 0) {
    throw new DomainError(
      "assume",
      assume,
      "must be a name or { drift } while none or all of the units have converted",
    );
  }
  const unit = (method === "lift" ? scale.control : 1) / (scale.standardError * Math.sqrt(information));
  return { method, drift: checkedDrift(`assume.${method}`, value, unit) };
}

/** A drift so many times the value given. */
function checkedDrift(field: string, value: number, unit: number): number {
  checkBetween(field, value, -LARGEST_DRIFT / unit, LARGEST_DRIFT / unit);
  return value * unit;
}
