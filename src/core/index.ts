export type { Alternative } from "./alternative.ts";
export { checkAlternative } from "./alternative.ts";
export {
  checkCorrelation,
  checkCount,
  checkFinite,
  checkNonNegative,
  checkNumber,
  checkObject,
  checkOneOf,
  checkOpenUnit,
  checkPositive,
  checkProbability,
} from "./checks.ts";
export { DEFAULT_ALPHA, DEFAULT_CONFIDENCE_LEVEL, DEFAULT_POWER } from "./defaults.ts";
export { DomainError } from "./domain-error.ts";
export type { Estimate } from "./estimate.ts";
export type { Interval } from "./interval.ts";
export type { Result } from "./result.ts";
export type { Status } from "./status.ts";
export type { Warning } from "./warning.ts";
