import { checkBetween, checkObject, checkOneOf } from "../core/checks.ts";
import { DomainError } from "../core/domain-error.ts";
import { checkedEachArm, type EachArm } from "./each-arm.ts";

/** A gamma distribution that says what is held about a rate of events before the data. */
export interface GammaPrior {
  /** Above 0; counts like events seen before. */
  readonly shape: number;
  /** At or above 0; counts like units seen before. At 0 the prior is improper and needs data. */
  readonly rate: number;
}

/**
 * A gamma distribution, or the name of one: `jeffreys` is Gamma(1/2, 0), `uniform` is Gamma(1, 0), both improper, and
 * proper after a first unit.
 */
export type GammaPriorChoice = GammaPrior | "jeffreys" | "uniform";

const NAMED = { jeffreys: { shape: 0.5, rate: 0 }, uniform: { shape: 1, rate: 0 } };

/** Shapes nearer to 0 put all mass on rates that no double holds; larger ones outweigh any data. */
const SMALLEST_SHAPE = 1e-6;
const LARGEST_SHAPE = 1e15;
/** A rate nearer to 0 but not 0 says nothing that 0 does not, and its means leave the doubles. */
const SMALLEST_RATE = 1e-15;
const LARGEST_RATE = 1e15;

/** The prior of each arm, checked. */
export function checkedGammaPriors(prior: GammaPriorChoice | EachArm<GammaPriorChoice>): EachArm<GammaPrior> {
  return checkedEachArm("prior", prior, checkedGammaPrior);
}

/** One prior, checked, in numbers. */
export function checkedGammaPrior(field: string, prior: GammaPriorChoice): GammaPrior {
  if (typeof prior === "string") {
    checkOneOf(field, prior, ["jeffreys", "uniform"]);
    return NAMED[prior];
  }
  checkObject(field, prior);
  const { shape, rate } = prior;
  checkBetween(`${field}.shape`, shape, SMALLEST_SHAPE, LARGEST_SHAPE);
  if (rate !== 0 && !(Number.isFinite(rate) && rate >= SMALLEST_RATE && rate <= LARGEST_RATE)) {
    throw new DomainError(
      `${field}.rate`,
      rate,
      `must be 0 or lie between ${SMALLEST_RATE} and ${LARGEST_RATE}`,
    );
  }
  return { shape, rate };
}
