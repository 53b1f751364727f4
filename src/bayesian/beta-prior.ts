import { checkBetween, checkObject } from "../core/checks.ts";

/** A Beta distribution that says what is held about a conversion rate before the data. */
export interface BetaPrior {
  /** Above 0; counts like conversions seen before. */
  readonly alpha: number;
  /** Above 0; counts like units seen before that did not convert. */
  readonly beta: number;
}

/** One prior for each arm. */
export interface BetaPriors {
  readonly control: BetaPrior;
  readonly treatment: BetaPrior;
}

/** Shapes nearer to 0 put all mass on rates that no double holds; larger ones outweigh any data. */
const SMALLEST_SHAPE = 1e-6;
const LARGEST_SHAPE = 1e15;

/** The prior of each arm, checked. */
export function checkedPriors(prior: BetaPrior | BetaPriors): BetaPriors {
  checkObject("prior", prior);
  if ("control" in prior) {
    return {
      control: checkedPrior("prior.control", prior.control),
      treatment: checkedPrior("prior.treatment", prior.treatment),
    };
  }
  const both = checkedPrior("prior", prior);
  return { control: both, treatment: both };
}

function checkedPrior(field: string, prior: BetaPrior): BetaPrior {
  checkObject(field, prior);
  checkBetween(`${field}.alpha`, prior.alpha, SMALLEST_SHAPE, LARGEST_SHAPE);
  checkBetween(`${field}.beta`, prior.beta, SMALLEST_SHAPE, LARGEST_SHAPE);
  return { alpha: prior.alpha, beta: prior.beta };
}
