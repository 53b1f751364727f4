import { checkBetween, checkObject } from "../core/checks.ts";

/** A Beta distribution that says what is held about a conversion rate before the data. */
export interface BetaPrior {
  /** Above 0; counts like conversions seen before. */
  readonly alpha: number;
  /** Above 0; counts like units seen before that did not convert. */
  readonly beta: number;
}

/** Every rate is as likely as any other. */
export const UNIFORM_PRIOR: BetaPrior = { alpha: 1, beta: 1 };

/** Shapes nearer to 0 put all mass on rates that no double holds; larger ones outweigh any data. */
const SMALLEST_SHAPE = 1e-6;
export const LARGEST_SHAPE = 1e15;

export function checkedBetaPrior(field: string, prior: BetaPrior): BetaPrior {
  checkObject(field, prior);
  checkBetween(`${field}.alpha`, prior.alpha, SMALLEST_SHAPE, LARGEST_SHAPE);
  checkBetween(`${field}.beta`, prior.beta, SMALLEST_SHAPE, LARGEST_SHAPE);
  return { alpha: prior.alpha, beta: prior.beta };
}
