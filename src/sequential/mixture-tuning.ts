import { checkPositive } from "../core/checks.ts";
import { DomainError } from "../core/domain-error.ts";

/** Where a sequence is to be tight: one of the three at most, fixed before the first look. */
export interface MixtureTuningOptions {
  /**
   * Units of the control arm at which the intervals are tightest, above 0; 5,000 unless one of the three is given. At a
   * tenth of them intervals at 95 % are 26 % wider than any tuning would have them, at ten times as many 7 %.
   */
  readonly tightestN?: number | undefined;
  /** τ², the variance of the differences one expects of such experiments, above 0. */
  readonly mixtureVariance?: number | undefined;
  /** ρ of Waudby-Smith et al., above 0, where t counts units of the control arm: τ² is ρ² times n times the squared standard error. */
  readonly rho?: number | undefined;
}

/** The tuning in use: which of the three, and its value. */
export interface MixtureTuning {
  readonly name: "tightestN" | "mixtureVariance" | "rho";
  readonly value: number;
}

/** As GrowthBook's sequential tests have it (there for both arms together). */
const DEFAULT_TIGHTEST_N = 5000;

const NAMES: readonly MixtureTuning["name"][] = ["tightestN", "mixtureVariance", "rho"];

/** @param path - what stands before the names as the caller wrote them */
export function checkedTuning(options: MixtureTuningOptions, path: string = ""): MixtureTuning {
  const given = NAMES.filter((name) => options[name] !== undefined);
  if (given.length === 0) return { name: "tightestN", value: DEFAULT_TIGHTEST_N };
  const [name, second] = given as [MixtureTuning["name"], MixtureTuning["name"] | undefined];
  if (second !== undefined) {
    throw new DomainError(
      `${path}${second}`,
      options[second],
      `must be left out where ${path}${name} is given`,
    );
  }
  const value = options[name]!;
  checkPositive(`${path}${name}`, value);
  return { name, value };
}

/**
 * τ² over the squared standard error of the difference: what a mixture is told of its tuning.
 *
 * @param tightestRatio - where the intervals are tightest
 */
export function mixtureRatio(
  { name, value }: MixtureTuning,
  tightestRatio: number,
  controlN: number,
  standardError: number,
): number {
  if (name === "mixtureVariance") return (Math.sqrt(value) / standardError) ** 2;
  if (name === "rho") return value * value * controlN;
  return tightestRatio * (controlN / value);
}
