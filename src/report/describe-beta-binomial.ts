import type { BetaBinomialComparison } from "../bayesian/compare-beta-binomial.ts";
import { answers, type Block, details, lead, table, title } from "./block.ts";
import { closing } from "./closing.ts";
import { effectRow, effectSentence } from "./describe-comparison.ts";
import { amount, chance, change, LIFT_ENDS, percent, points, RATE_DIFFERENCE_ENDS, span } from "./figures.ts";

/** How probably the treatment is better, given the priors. */
export function describeBetaBinomial(result: BetaBinomialComparison): Block[] {
  const { expectedLoss, posterior, prior, lift, difference } = result;
  return [
    title("How probably the treatment is better"),
    lead(`Given the data and the prior, the chance that the treatment is better is ${chance(result.probabilityToBeat)}.`),
    answers([
      ["Lift", effectSentence(lift, change, LIFT_ENDS)],
      [
        "At stake",
        `Choosing the treatment is expected to lose ${points(expectedLoss.treatment).replace("+", "")} of the rate, keeping the control ${points(expectedLoss.control).replace("+", "")}.`,
      ],
    ]),
    table(
      ["Arm", "Expected rate", "Interval"],
      (["control", "treatment"] as const).map((arm) => [
        arm === "control" ? "Control" : "Treatment",
        percent(posterior[arm].mean),
        span(posterior[arm].interval, percent),
      ]),
    ),
    table(
      ["Effect", "Estimate", "Interval"],
      [
        effectRow("Lift", lift, change, LIFT_ENDS),
        effectRow("Difference", difference, points, RATE_DIFFERENCE_ENDS),
      ],
    ),
    details([
      ["Prior of the control", betaName(prior.control)],
      ["Prior of the treatment", betaName(prior.treatment)],
      ["Coverage of intervals", percent(result.confidenceLevel)],
      ["Method", result.method],
    ]),
    ...closing(result),
  ];
}

function betaName({ alpha, beta }: { readonly alpha: number; readonly beta: number }): string {
  return `Beta(${amount(alpha)}, ${amount(beta)})`;
}
