import { checkCount, checkOneOf, checkOpenUnit } from "../core/checks.ts";
import { DomainError } from "../core/domain-error.ts";
import { binomialReach } from "../numerics/binomial-window.ts";
import { type BetaPriorChoice, type BetaPriorChoices, checkedPriors } from "./beta-prior.ts";
import { exactStops } from "./exact-stops.ts";
import { normalStops } from "./normal-stops.ts";
import type { LookedAtArms, StoppingDesign, Stops } from "./stops.ts";

/** The truth, the looks and the prior of a test that is watched by its posterior. */
export interface StoppingDesignOptions {
  /** True rate of the control, in (0, 1). */
  readonly baseline: number;
  /** Units of each arm at each look, increasing; at most 100 looks. */
  readonly looks: readonly number[];
  /** What the analysis holds about both rates, or about each: `{ alpha, beta }`, or `uniform` (unless said) or `jeffreys`. */
  readonly prior?: BetaPriorChoice | BetaPriorChoices | undefined;
  /** `exact` unless that took more than about a second. */
  readonly computation?: StoppingComputation | undefined;
}

/** By the joint distribution of both arms' conversions, or with normal posteriors. */
export type StoppingComputation = "exact" | "normal";

const COMPUTATIONS: readonly StoppingComputation[] = ["exact", "normal"];
const MOST_LOOKS = 100;

export function checkedStoppingDesign(options: StoppingDesignOptions): LookedAtArms {
  const { baseline, looks, prior = "uniform", computation } = options;
  checkOpenUnit("baseline", baseline);
  if (!Array.isArray(looks) || looks.length === 0 || looks.length > MOST_LOOKS) {
    throw new DomainError("looks", looks, `must be a list of 1 to ${MOST_LOOKS} numbers of units`);
  }
  looks.forEach((n, k) => checkCount(`looks[${k}]`, n, k === 0 ? 1 : looks[k - 1]! + 1));
  if (computation !== undefined) checkOneOf("computation", computation, COMPUTATIONS);
  return { baseline, looks: [...looks], priors: checkedPriors(prior) };
}

/** Multiplications that take about a second. */
const AFFORDABLE = 1e9;
/** As many as one may ask for: half a minute. */
const LARGEST = 3e10;

/**
 * Exact where that is affordable, unless asked.
 *
 * @param affordable share of a second's work that may be spent
 */
export function chosenComputation(
  design: LookedAtArms,
  rates: readonly number[],
  asked: StoppingComputation | undefined,
  affordable: number = 1,
): StoppingComputation {
  if (asked === "normal") return "normal";
  const cost = exactCost(design, rates);
  if (asked === undefined) return cost <= affordable * AFFORDABLE ? "exact" : "normal";
  if (cost > LARGEST) {
    throw new DomainError("computation", asked, "must be normal or left out for so many units and looks");
  }
  return "exact";
}

/** About how many multiplications the forward recursion takes. */
function exactCost({ baseline, looks }: LookedAtArms, rates: readonly number[]): number {
  const width = (n: number, rate: number): number => {
    const { first, last } = binomialReach(n, rate);
    return last - first + 1;
  };
  let cost = 0;
  let before = 0;
  for (const n of looks) {
    const states = width(n, baseline) ** 2;
    cost += states * (2 * width(n - before, baseline) + rates.length);
    before = n;
  }
  return cost;
}

/** Where experiments end, for each rate of the treatment. */
export function stopsOf(
  design: StoppingDesign,
  rates: readonly number[],
  computation: StoppingComputation,
): Stops[] {
  return computation === "exact" ? exactStops(design, rates) : rates.map((rate) => normalStops(design, rate));
}
