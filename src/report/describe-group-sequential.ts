import type {
  AnalyzedLook,
  GroupSequentialAnalysis,
  GroupSequentialConclusion,
  StageWiseEstimate,
} from "../sequential/group-sequential-analysis.ts";
import type { ConditionalPower } from "../sequential/conditional-power.ts";
import type { GroupSequentialDesign } from "../sequential/group-sequential-design.ts";
import type { PowerAhead } from "../sequential/power-ahead.ts";
import type { PredictivePower } from "../sequential/predictive-power.ts";
import type { Interval } from "../core/interval.ts";
import { answers, type Block, details, lead, picture, section, table, title } from "./block.ts";
import { closing, lookedFor } from "./closing.ts";
import {
  amount,
  chance,
  change,
  type Ends,
  finite,
  intervalName,
  LIFT_ENDS,
  percent,
  pFigure,
  pValue,
  REAL_ENDS,
  signed,
  span,
  times,
} from "./figures.ts";
import { ln } from "../numerics/elementary/ln.ts";

/** When to look, and when to stop. */
export function describeGroupSequentialDesign(design: GroupSequentialDesign): Block[] {
  const { looks, inflation, expectedSize, futility } = design;
  const z = design.alternative === "two-sided" ? "|z|" : "z";
  return [
    title("Group-sequential design"),
    lead(designFinding(design)),
    picture(design),
    table(
      [
        "Look",
        "Share of the units",
        "Stop where p is below",
        `That is ${z}`,
        ...(futility === null ? [] : [`Give up where ${z} is below`]),
        "False alarms so far",
        "Found so far",
      ],
      looks.map((look, i) => [
        String(i + 1),
        percent(look.information),
        amount(look.criticalPValue),
        finite(look.efficacy),
        ...(futility === null ? [] : [givenUp(look.futility, i === looks.length - 1)]),
        percent(look.cumulativeAlpha),
        chance(look.cumulativePower),
      ]),
    ),
    section("Units against a test that is read once"),
    table(
      ["", "Times as many"],
      [
        ["At most", times(inflation)],
        ["On average, without any effect", times(expectedSize.null.ofFixed)],
        ["On average, with half of the planned effect", times(expectedSize.halfway.ofFixed)],
        ["On average, with the planned effect", times(expectedSize.alternative.ofFixed)],
      ],
    ),
    details([
      ["Power", percent(design.power)],
      ["False alarms allowed (alpha)", percent(design.alpha)],
      ["The test looks for", lookedFor(design.alternative)],
      ["Boundaries", design.spending],
      [
        "Parameter",
        design.gamma === null && design.delta === null ? null : amount((design.gamma ?? design.delta)!),
      ],
      [
        "Futility",
        futility === null ? null : `${futility.method}, ${futility.binding ? "binding" : "not binding"}`,
      ],
    ]),
    ...closing(design),
  ];
}

/** What the looks cost and save. */
export function designFinding({ looks, inflation, expectedSize }: GroupSequentialDesign): string {
  const saved = 1 - expectedSize.alternative.ofFixed;
  return looks.length === 1
    ? "One look: this is the test that is read once, at its end."
    : `${looks.length} looks: the test needs at most ${percent(inflation - 1)} more units than one that is read once, and on average ${percent(Math.abs(saved))} ${saved >= 0 ? "fewer" : "more"} if the planned effect is real.`;
}

function givenUp(futility: number | null, isLast: boolean): string {
  return futility === null || isLast ? "-" : finite(futility);
}

/** What the looks so far say. */
export function describeGroupSequentialAnalysis(result: GroupSequentialAnalysis): Block[] {
  const { looks, conclusion, alternative } = result;
  const last = looks.at(-1)!;
  return [
    title("Looks so far"),
    lead(groupSequentialFinding(result)),
    picture(result),
    ...(conclusion === null ? [] : [conclusionAnswers(conclusion, result.decision)]),
    section("The looks"),
    table(
      ["Look", "Units", "z", "Boundary", "p", "Repeated p", scaleName(last)],
      looks.map((look, i) => [
        String(i + 1),
        percent(look.information),
        signed(look.z),
        finite(look.efficacy),
        pFigure(look.nominalPValue, ln(look.nominalPValue)),
        look.repeatedPValue === null ? "none" : pFigure(look.repeatedPValue, ln(look.repeatedPValue)),
        repeated(look),
      ]),
    ),
    details([
      ["False alarms spent so far", percent(last.cumulativeAlpha)],
      ["Coverage of the intervals, at all looks together", percent(result.confidenceLevel)],
      ["False alarms allowed (alpha)", percent(result.alpha)],
      ["The test looks for", lookedFor(alternative)],
      ["Boundaries", result.method],
    ]),
    ...closing(result),
  ];
}

/** What the looks have come to. */
export function groupSequentialFinding({ decision, stoppedAt, looks }: GroupSequentialAnalysis): string {
  const look = looks[(stoppedAt ?? looks.length) - 1]!;
  const at = `look ${stoppedAt ?? looks.length}`;
  const height = `z is ${signed(look.z)}`;
  switch (decision) {
    case "reject":
      return `Stop: at ${at} ${height}, beyond the boundary of ${finite(look.efficacy)}. The treatment is ${look.z > 0 ? "higher" : "lower"}.`;
    case "futility":
      return `Give up: at ${at} ${height}, and a finding has become unlikely. That is advice, and no proof that there is no effect.`;
    case "accept":
      return `The last look found no clear difference: ${height}, short of the boundary of ${finite(look.efficacy)}.`;
    case "continue":
      return `Go on: at ${at} ${height}, short of the boundary of ${finite(look.efficacy)}. Nothing is decided.`;
  }
}

function conclusionAnswers(
  { pValue: p, logPValue, effects, naive }: GroupSequentialConclusion,
  decision: GroupSequentialAnalysis["decision"],
): Block {
  const { lift, difference } = effects;
  const plain = plainly(naive.lift ?? naive.drift, lift === null ? signed : change);
  const bias = decision === "reject" ? ", which is too far from 0 on average after an early stop" : "";
  return answers([
    ["Lift", lift === null ? null : estimateText(lift, change, LIFT_ENDS)],
    ["Difference", difference === null ? null : estimateText(difference, signed, REAL_ENDS)],
    [
      "Standard errors at the planned end",
      lift === null && difference === null ? estimateText(effects.drift, signed, REAL_ENDS) : null,
    ],
    [
      "How sure",
      `The looks accounted for, ${pValue(p, logPValue)}. Read as if there had been one look, the ${lift === null ? "effect" : "lift"} would be ${plain}${bias}.`,
    ],
  ]);
}

function plainly(value: number | null, format: (value: number) => string): string {
  return value === null ? "unknown" : format(value);
}

function estimateText(
  { estimate, interval }: StageWiseEstimate,
  format: (value: number) => string,
  ends: Ends,
): string {
  const value = estimate === null ? "Cannot be determined" : format(estimate);
  return `${value}; ${intervalName(interval)}: ${span(interval, format, ends)}.`;
}

function scaleName({ repeatedIntervals: { lift, difference } }: AnalyzedLook): string {
  return lift !== null ? "Lift, repeated" : difference !== null ? "Difference, repeated" : "Drift, repeated";
}

function repeated({ repeatedIntervals: { lift, difference, drift } }: AnalyzedLook): string {
  const cell = (interval: Interval, format: (value: number) => string, ends: Ends): string =>
    span(interval, format, ends);
  if (lift !== null) return cell(lift, change, LIFT_ENDS);
  return cell(difference ?? drift, signed, REAL_ENDS);
}

const ASSUMED: Readonly<Record<ConditionalPower["method"], string>> = {
  "current-trend": "the effect goes on as it looks now",
  design: "the effect is the planned one",
  null: "there is no effect",
  drift: "the effect is the one given",
  difference: "the effect is the one given",
  lift: "the effect is the one given",
};

/** How likely the test still is to find something, under an assumed effect. */
export function describeConditionalPower(result: ConditionalPower): Block[] {
  return aheadBlocks(result, "Conditional power", `if ${ASSUMED[result.method]}`, [
    ["Standard errors expected at the planned end", signed(result.drift)],
  ]);
}

/** The same, averaged over what is believed of the effect. */
export function describePredictivePower(result: PredictivePower): Block[] {
  const { mean, standardDeviation } = result.posterior;
  return aheadBlocks(result, "Predictive power", "on average over what the data leave open", [
    ["Standard errors expected at the planned end", `${signed(mean)} ± ${amount(standardDeviation)}`],
    ["Prior", result.method === "flat-prior" ? "flat" : "normal"],
  ]);
}

function aheadBlocks(
  result: PowerAhead<string>,
  name: string,
  condition: string,
  rows: readonly (readonly [string, string | null])[],
): Block[] {
  const { power, looks, sides, futility } = result;
  return [
    title(name),
    lead(
      looks.length === 0
        ? `The test has ended: it ${power === 1 ? "found a difference" : "found none"}.`
        : `With a chance of ${chance(power)} the test still finds a difference, ${condition}.`,
    ),
    ...(looks.length === 0
      ? []
      : [
          table(
            ["Look to come, share of the units", "Boundary", "Found by then"],
            looks.map((look) => [
              percent(look.information),
              finite(look.efficacy),
              chance(look.cumulativePower),
            ]),
          ),
        ]),
    details([
      ["Chance to find the treatment better", chance(sides.greater)],
      ["Chance to find it worse", chance(sides.less)],
      ["Chance to give up for futility", futility === 0 ? null : chance(futility)],
      ...rows,
    ]),
    ...closing(result),
  ];
}
