import type { BayesianStopping } from "../bayesian/bayesian-stopping.ts";
import type { BayesianStoppingCalibration } from "../bayesian/calibrate-bayesian-stopping.ts";
import type { StoppingOutcome } from "../bayesian/stopping-outcome.ts";
import { answers, type Block, details, lead, section, table, title } from "./block.ts";
import { betaPriorRows, rateEffectPriorName } from "./prior-rows.ts";
import { closing, undetermined } from "./closing.ts";
import { change, frequency, percent, roundShare, shortfall, times, units } from "./figures.ts";

/** What a Bayesian stopping rule costs and finds. */
export function describeBayesianStopping(result: BayesianStopping): Block[] {
  const { none, effects, average, typeIError, typeIErrorWithoutLooks, typeIErrorInflation } = result;
  const looks = none.looks.length;
  const outcomes = [none, ...effects];
  return [
    title("What this stopping rule costs and finds"),
    lead(
      `If the treatment changes nothing, this rule with ${looks === 1 ? "one look" : `${looks} looks`} ships it ${frequency(typeIError)}.`,
    ),
    answers([
      [
        "What looking costs",
        looks === 1
          ? null
          : `Asked at the last look alone, the rule would ship it ${frequency(typeIErrorWithoutLooks)}${typeIErrorInflation === null ? "" : `: the looks make that ${times(typeIErrorInflation)} as often`}.`,
      ],
      [
        "Over effects as one expects them",
        average === null || average.falseShipRate === null
          ? null
          : `Of the treatments shipped, ${percent(average.falseShipRate)} are no better than the control; ${average.withoutLooks.falseShipRate === null ? "" : `without looks ${percent(average.withoutLooks.falseShipRate)}. `}What ships falls short of the control by ${shortfall(average.lossIfShipped!)} on average.`,
      ],
    ]),
    section("By the true effect"),
    table(
      ["True lift", "Ships", "Keeps", "Units per arm", "Loss", "Ships at one look"],
      outcomes.map((outcome) => outcomeRow(outcome)),
    ),
    ...(looks === 1 ? [] : looksBlocks(outcomes.at(-1)!)),
    details([
      ["Rule", ruleText(result.rule, result.limit)],
      [
        "Undecided at the end",
        result.atEnd === "keep-control" ? "the control stays" : "the lower expected loss",
      ],
      ["Baseline", percent(result.baseline)],
      ["Effects one expects", average === null ? null : rateEffectPriorName(average.designPrior)],
      ...betaPriorRows(result.prior),
      ["Method", result.method],
    ]),
    ...closing(result),
  ];
}

function ruleText(rule: BayesianStopping["rule"], limit: number): string {
  return rule === "expected-loss"
    ? `an expected loss of at most ${shortfall(limit)}`
    : `a chance to beat the other of at least ${percent(limit)}`;
}

/** The limit at which a stopping rule keeps a type I error. */
export function describeStoppingCalibration(result: BayesianStoppingCalibration): Block[] {
  const { limit, typeIError, alpha, looks } = result;
  return [
    title("The limit that keeps false alarms rare"),
    lead(
      limit === null || typeIError === null
        ? undetermined(result.warnings, "The limit")
        : `Ask for ${ruleText(result.rule, limit)}: a treatment that changes nothing then ships ${frequency(typeIError)}.`,
    ),
    details([
      ["At most", percent(alpha)],
      ["Looks", units(looks.length)],
      ["Units per arm at the last look", units(looks.at(-1)!)],
      ["Baseline", percent(result.baseline)],
      ...betaPriorRows(result.prior),
      ["Method", result.method],
    ]),
    ...closing(result),
  ];
}

function outcomeRow({
  lift,
  shipProbability,
  keepProbability,
  expectedN,
  expectedLoss,
  withoutLooks,
}: StoppingOutcome): string[] {
  return [
    change(lift),
    percent(shipProbability),
    percent(keepProbability),
    units(expectedN),
    expectedLoss === 0 ? "none" : shortfall(expectedLoss),
    percent(withoutLooks.shipProbability),
  ];
}

/** A page has room for so many looks. */
const MOST_LOOKS = 20;

function looksBlocks({ lift, looks }: StoppingOutcome): Block[] {
  const every = Math.ceil(looks.length / MOST_LOOKS);
  const shown = looks.filter((_, k) => (k + 1) % every === 0 || k === looks.length - 1);
  return [
    section(`When it stops, at a true lift of ${change(lift)}`),
    table(
      ["Units per arm", "Has shipped", "Has kept the control", "Still running"],
      shown.map(({ n, going }) => {
        const until = looks.filter((look) => look.n <= n);
        const sum = (part: "ship" | "keep"): number => until.reduce((total, look) => total + look[part], 0);
        return [units(n), roundShare(sum("ship")), roundShare(sum("keep")), roundShare(going)];
      }),
    ),
  ];
}
