import type { Warning } from "../core/warning.ts";
import type { StoppingComputation } from "./stopping-design.ts";
import type { LookedAtArms } from "./stops.ts";

/** Expected conversions of the control at the first look below which normal posteriors are off by several percent. */
const FEWEST_FOR_NORMAL = 50;
/** Looks that raise the type I error by less are not worth a word. */
const NOTICEABLE_INFLATION = 1.1;

interface Cautioned {
  readonly typeIError: number;
  readonly typeIErrorWithoutLooks: number;
  readonly excludedProbability: number;
}

export function stoppingCautions(
  { baseline, looks }: LookedAtArms,
  method: StoppingComputation,
  { typeIError, typeIErrorWithoutLooks, excludedProbability }: Cautioned,
): Warning[] {
  const warnings: Warning[] = [];
  if (typeIError > NOTICEABLE_INFLATION * typeIErrorWithoutLooks) {
    warnings.push({
      code: "LOOKS_RAISE_TYPE_I_ERROR",
      message:
        `Without an effect the treatment ships in ${percent(typeIError)} of the experiments; ` +
        `asked only at the last look the same rule ships it in ${percent(typeIErrorWithoutLooks)}.`,
    });
  }
  if (method === "normal" && looks[0]! * Math.min(baseline, 1 - baseline) < FEWEST_FOR_NORMAL) {
    warnings.push({
      code: "NORMAL_WITH_FEW_CONVERSIONS",
      message: "The first look has so few conversions that normal posteriors may be off by some percent.",
    });
  }
  if (excludedProbability > 1e-9) {
    warnings.push({
      code: "DESIGN_PRIOR_CUT",
      message:
        `The design prior holds effects that take the treatment's rate to 1 or more, with probability ` +
        `${excludedProbability.toPrecision(2)}: the averages leave them out.`,
    });
  }
  return warnings;
}

function percent(share: number): string {
  return `${(100 * share).toPrecision(3)} %`;
}

export function stoppingAssumptions({ priors: { control, treatment } }: LookedAtArms): string[] {
  return [
    "Units are independent of each other, all units of an arm convert at the same rate, and the rates stay as they are.",
    `The analysis holds the two rates for independent, Beta(${control.alpha}, ${control.beta}) for the control and ` +
      `Beta(${treatment.alpha}, ${treatment.beta}) for the treatment. Only averaged over rates drawn from these is the ` +
      "loss suffered at a stop the loss that the posterior states there; at any one effect, or on average over another " +
      "prior, it is not, and no type I error rate is kept.",
  ];
}
