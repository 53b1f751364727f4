import type { SequentialDuration } from "../sequential/sequential-duration-result.ts";
import type { SequentialSimulation } from "../sequential/simulate-sequential.ts";
import type { Simulated } from "../sequential/simulated.ts";
import { answers, type Block, details, lead, picture, table, title } from "./block.ts";
import { closing, lookedFor } from "./closing.ts";
import { amount, chance, change, days, finite, percent, times, units } from "./figures.ts";

/** Ways of watching, in words. */
export const WATCHED: Readonly<Record<SequentialDuration["method"], string>> = {
  "fixed-horizon": "read once, at the horizon",
  "naive-peeking": "the fixed test at every look (wrong)",
  "group-sequential": "group-sequential",
  "normal-mixture": "always valid, mixture SPRT",
  asymptotic: "always valid, asymptotic confidence sequence",
};

/** Looks that fit on a page; of more, every so many are shown. */
const MOST_ROWS = 12;

/** How long an experiment runs that may stop early. */
export function describeSequentialDuration(result: SequentialDuration): Block[] {
  const { looks, horizonDays, simulation } = result;
  const step = Math.ceil(looks.length / MOST_ROWS);
  return [
    title("Duration of a watched test"),
    lead(sequentialDurationFinding(result)),
    picture(result),
    answers([
      [
        "False alarms",
        `Without an effect, ${chance(result.typeIError)} raise one by day ${amount(horizonDays)}.`,
      ],
      [
        "How long",
        `${days(result.meanDays)} on average with this lift, ${days(result.meanDaysWithoutEffect)} without any.`,
      ],
      [
        "How exactly",
        simulation === null
          ? null
          : `From ${units(simulation.experiments)} simulated tests: the power is known to ± ${percent(2 * simulation.standardErrors.power)}.`,
      ],
    ]),
    table(
      ["Day", "Units in control", "Stop above z", "Found by then", "False alarms by then"],
      looks
        .filter((_, i) => (looks.length - 1 - i) % step === 0)
        .map((look) => [
          amount(look.day),
          units(look.n),
          finite(look.upper),
          chance(look.power),
          chance(look.typeIError),
        ]),
    ),
    details([
      ["Level of control", amount(result.baseline)],
      ["Lift", change(result.lift)],
      ["Looks", amount(looks.length)],
      ["Found in the wrong direction", chance(result.wrongSide)],
      ["False alarms allowed (alpha)", percent(result.alpha)],
      ["The test looks for", lookedFor(result.alternative)],
      ["How it is watched", WATCHED[result.method]],
      ["Test", result.test],
    ]),
    ...closing(result),
  ];
}

/** How soon and how often such tests see the lift. */
export function sequentialDurationFinding({
  lift,
  medianDays,
  power,
  horizonDays,
  alpha,
  typeIError,
}: SequentialDuration): string {
  // What is seen soon by a rule that sees things that are not there is no merit of the rule.
  const falseAlarms =
    typeIError > TOO_MANY * alpha
      ? `Such tests raise a false alarm in ${chance(typeIError)} of cases without an effect, and not in ${percent(alpha)}. `
      : "";
  const found =
    medianDays < Infinity
      ? `Half of such tests see a lift of ${change(lift)} by day ${amount(medianDays)}, and ${chance(power)} by day ${amount(horizonDays)}.`
      : `Fewer than half of such tests see a lift of ${change(lift)} by day ${amount(horizonDays)}: ${chance(power)} do.`;
  return falseAlarms + found;
}

/** Beyond this many times alpha a rule does not keep it; simulations and approximations may miss it a little. */
const TOO_MANY = 1.2;

/** What simulated experiments did. */
export function describeSequentialSimulation(result: SequentialSimulation): Block[] {
  const { looks } = result;
  return [
    title("Simulated tests"),
    lead(simulationFinding(result)),
    picture(result),
    table(
      [
        "Look",
        "Units in control",
        "Stop above z",
        "Stop below z",
        "Stopped above",
        "Stopped below",
        "Found so far",
      ],
      looks.map((look, i) => [
        String(i + 1),
        units(look.n),
        finite(look.upper),
        finite(look.lower),
        percent(look.stopsAbove.estimate),
        percent(look.stopsBelow.estimate),
        percent(look.rejected.estimate),
      ]),
    ),
    details([
      [
        "Found in the wrong direction",
        result.wrongSide === null ? null : withError(result.wrongSide, percent),
      ],
      ["Stopped for futility", result.futility.estimate === 0 ? null : withError(result.futility, percent)],
      ["Units in control on average", withError(result.expectedN, (value) => amount(value))],
      ["Units in all on average", withError(result.expectedTotal, (value) => amount(value))],
      [
        "Mean difference where one was found",
        result.meanEstimate === null ? null : withError(result.meanEstimate, (value) => amount(value)),
      ],
      [
        "That is, of the true difference",
        result.exaggerationRatio === null || result.exaggerationRatio === Infinity
          ? null
          : times(result.exaggerationRatio),
      ],
      ["The test looks for", lookedFor(result.alternative)],
      ["Test", result.method],
    ]),
    ...closing(result),
  ];
}

/** How many of the simulated tests found something. */
export function simulationFinding({ experiments, rejection }: SequentialSimulation): string {
  return `Of ${units(experiments)} simulated tests, ${withError(rejection, percent)} found a difference.`;
}

function withError({ estimate, standardError }: Simulated, format: (value: number) => string): string {
  return `${format(estimate)} ± ${format(2 * standardError)}`;
}
