import type { BetaBinomialComparison } from "../bayesian/compare-beta-binomial.ts";
import { answers, type Block, details, lead, table, title } from "./block.ts";
import { closing } from "./closing.ts";
import { effectRow, effectSentence } from "./effect-text.ts";
import { amount, chance, change, LIFT_ENDS, percent, points, RATE_DIFFERENCE_ENDS, span } from "./figures.ts";
import { capital } from "./labels.ts";

/** How probably the treatment is better, given the priors. */
export function describeBetaBinomial(result: BetaBinomialComparison): Block[] {
  const { expectedLoss, posterior, prior, lift, difference } = result;
  return [
    title("How probably the treatment is better"),
    lead(
      `Given the data and the prior, the chance that the treatment is better is ${chance(result.probabilityToBeat)}.`,
    ),
    answers([
      ["Lift", capital(effectSentence(lift, change, LIFT_ENDS))],
      [
        "At stake",
        `Choosing the treatment is expected to lose ${loss(expectedLoss.treatment)} of the rate, keeping the control ${loss(expectedLoss.control)}.`,
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

/** Percentage points without a sign; the smallest are of no interest. */
function loss(difference: number): string {
  return difference < 1e-6 ? "less than 0.0001 pp" : points(difference).slice(1);
}

function betaName({ alpha, beta }: { readonly alpha: number; readonly beta: number }): string {
  return `Beta(${amount(alpha)}, ${amount(beta)})`;
}
