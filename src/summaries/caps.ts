import { checkFinite, checkObject } from "../core/checks.ts";
import { DomainError } from "../core/domain-error.ts";

/** The values at which a winsorised metric was capped: lower ones were raised to `lower`, higher ones cut to `upper`. */
export interface Caps {
  readonly lower?: number | undefined;
  readonly upper?: number | undefined;
}

// A mean of units at the cap may pass it by rounding; what passes it by more is a mistake.
const ROUNDING = 1e-9;

/** Checks caps: at least one, and the mean between them. */
export function checkMeanCaps(field: string, caps: Caps, mean: number): void {
  checkObject(field, caps);
  const { lower, upper } = caps;
  if (lower === undefined && upper === undefined) {
    throw new DomainError(field, caps, "must have a lower or an upper cap");
  }
  if (lower !== undefined) checkFinite(`${field}.lower`, lower);
  if (upper !== undefined) checkFinite(`${field}.upper`, upper);
  if (lower !== undefined && lower > mean + ROUNDING * Math.abs(mean)) {
    throw new DomainError(`${field}.lower`, lower, `must be at most the mean ${mean}`);
  }
  if (upper !== undefined && upper < mean - ROUNDING * Math.abs(mean)) {
    throw new DomainError(`${field}.upper`, upper, `must be at least the mean ${mean}`);
  }
}

/**
 * Checks that two winsorised summaries were capped at the same values: a difference of caps would pass for an effect.
 *
 * @throws {DomainError} that names both
 */
export function checkSameCaps(
  field: string,
  caps: Caps | undefined,
  otherField: string,
  other: Caps | undefined,
): void {
  if (caps?.lower !== other?.lower || caps?.upper !== other?.upper) {
    throw new DomainError(
      otherField,
      describeCaps(other),
      `must be the caps of ${field}, which are ${describeCaps(caps)}`,
    );
  }
}

/** The caps in words: `lower 0, upper 500`. */
export function describeCaps(caps: Caps | undefined): string {
  const ends = [
    caps?.lower === undefined ? [] : [`lower ${caps.lower}`],
    caps?.upper === undefined ? [] : [`upper ${caps.upper}`],
  ].flat();
  return ends.length === 0 ? "none" : ends.join(", ");
}
