import { DomainError } from "../core/domain-error.ts";
import { type CountProbabilities, countsBelow, countsFrom } from "../numerics/beta-binomial-counts.ts";
import { type ArmAhead, likelyCounts, TOO_MANY_COUNTS } from "./arm-ahead.ts";
import type { EachArm } from "./each-arm.ts";
import { type CheckedCriterion, successMargin } from "./success-criterion.ts";
import { successEdge } from "./success-edge.ts";

/** How likely an experiment is to end as a success. */
export interface SuccessProbability {
  /** Probability of an end that is a success for either arm. */
  readonly probability: number;
  /** Its parts: for the treatment (`greater`) and for the control (`less`). They overlap where an end may be both. */
  readonly sides: { readonly greater: number; readonly less: number };
}

/**
 * Adds up the probabilities of all ends that are a success: over the conversions to come of the control, their
 * probability times both tails of those of the treatment.
 *
 * @param fields names of the units to come of either arm, for what is refused
 */
export function successProbability(
  { control, treatment }: EachArm<ArmAhead>,
  criterion: CheckedCriterion,
  fields: EachArm<string>,
): SuccessProbability {
  const ofControl = countsAhead(fields.control, control);
  const ofTreatment = countsAhead(fields.treatment, treatment);
  const side = criterion.kind === "significance" ? criterion.alternative : "two-sided";
  const fewest =
    side === "less"
      ? noEdge(ofControl, ofTreatment)
      : successEdge(successMargin(criterion, control, treatment), ofControl, ofTreatment);
  // For each number of treatment conversions, the fewest of the control that make it the better arm.
  const fewestOfControl =
    side === "greater"
      ? noEdge(ofTreatment, ofControl)
      : successEdge(successMargin(criterion, treatment, control), ofTreatment, ofControl);
  const from = countsFrom(ofTreatment);
  const below = countsBelow(ofTreatment);

  const sides = { greater: 0, less: 0 };
  let probability = 0;
  let lost = 0;
  for (let row = 0; row < ofControl.pmf.length; row++) {
    const share = ofControl.pmf[row]!;
    const won = fewest[row]!;
    while (lost < ofTreatment.pmf.length && fewestOfControl[lost]! <= row) lost++;
    sides.greater += share * from[won]!;
    sides.less += share * below[lost]!;
    probability += lost >= won ? share : share * (from[won]! + below[lost]!);
  }
  // But for rounding.
  const atMostOne = (value: number): number => Math.min(1, value);
  return {
    probability: atMostOne(probability),
    sides: { greater: atMostOne(sides.greater), less: atMostOne(sides.less) },
  };
}

function countsAhead(field: string, arm: ArmAhead): CountProbabilities {
  const counts = likelyCounts(arm);
  if (counts === null) throw new DomainError(field, arm.remaining, TOO_MANY_COUNTS);
  return counts;
}

/** The edge of a success that no end is. */
function noEdge(first: CountProbabilities, second: CountProbabilities): Float64Array {
  return new Float64Array(first.pmf.length).fill(second.pmf.length);
}
