import type { DecisionReading } from "../proxy/decision-reading.ts";
import type { DecisionSpeedup } from "../proxy/decision-speedup.ts";
import { answers, type Block, details, lead, paragraph, picture, section, table, title } from "./block.ts";
import { closing, undetermined } from "./closing.ts";
import { ceilingSentence, crossoverSentence, wayward } from "./describe-decision-beside.ts";
import {
  amount,
  effectFigure,
  between,
  chance,
  intervalName,
  percent,
  RATIO_ENDS,
  times,
  units,
} from "./figures.ts";
import { DEFAULT_LABELS, type Labels } from "./labels.ts";

/** What a proxy is worth for the decision to ship. */
export function describeDecisionSpeedup(result: DecisionSpeedup): Block[] {
  const labels = DEFAULT_LABELS;
  const { n, speedupAssisted, accuracyProxy, accuracyMacro, accuracyAssisted } = result;
  const { proxy, macro } = labels;
  return [
    title("Decision speedup"),
    lead(decisionSpeedupHeadline(result)),
    picture(result),
    answers([
      [
        "Being right",
        `With ${units(n)} units per arm the decision is right in ${percent(accuracyProxy)} of cases by ${proxy}, in ${percent(accuracyMacro)} by ${macro}, and in ${percent(accuracyAssisted)} by both together.`,
      ],
      ["Both together", `Reading both is worth ${times(speedupAssisted)} the units of ${macro} alone.`],
      ["Ceiling", ceilingSentence(result.ceiling, labels)],
      ["Crossover", crossoverSentence(result.crossoverN, labels)],
      ["How sure", howSure(result)],
      ["Target", target(result, labels)],
      ["Worthwhile", worthwhile(result, labels)],
    ]),
    section("By rule"),
    paragraph(
      "A change ships where its estimate is above 0 (sign), or where it is significantly above 0 (significance).",
    ),
    ruleTable(result),
    details([
      ["Units per arm", units(n)],
      ["Units at which half of the estimate is signal, proxy", units(result.halfReliabilityN.proxy)],
      ["Units at which half of the estimate is signal, sales", units(result.halfReliabilityN.macro)],
      ["Correlation of the proxy's estimate with true sales", amount(result.proxyQuality)],
      ["Decides at most (small tests)", times(result.speedupAtSmallN)],
      [
        "Correlation of true effects below which it never decides better",
        result.minimumUsefulRho > 1 ? "none is enough" : amount(result.minimumUsefulRho),
      ],
      ["Rule of the headline", result.method],
    ]),
    ...closing(result),
  ];
}

/** What a unit of the proxy is worth for the decision, and until where. */
export function decisionSpeedupHeadline(result: DecisionSpeedup): string {
  const { proxy, macro } = DEFAULT_LABELS;
  const { speedupProxy, crossoverN } = result;
  const astray = wayward(result.warnings, DEFAULT_LABELS);
  if (astray !== null) return astray;
  if (speedupProxy === null) return undetermined(result.warnings, "The decision speedup");
  const fast = `With ${units(result.n)} units per arm ${proxy} decides ${times(speedupProxy)} as fast as ${macro}`;
  if (speedupProxy < 1) return `${fast}: ${macro} alone would decide better.`;
  return crossoverN === null || crossoverN === Infinity
    ? `${fast}.`
    : `${fast}; beyond ${units(crossoverN)} units per arm ${macro} alone would decide better.`;
}

function howSure({ posterior }: DecisionSpeedup): string {
  if (posterior === null)
    return "The figures take the assumed effects as true; nothing here says how sure they are.";
  const { speedupProxy, shareBelowOne } = posterior;
  return `Given past experiments, the proxy's speedup is ${between(speedupProxy, times, RATIO_ENDS)} (${intervalName(speedupProxy)}), and the chance that it is below 1× is ${chance(shareBelowOne)}.`;
}

function target({ target: reading }: DecisionSpeedup, { proxy, macro }: Labels): string | null {
  if (reading === null) return null;
  const { accuracy, nProxy, nMacro } = reading;
  const right = `To be right in ${percent(accuracy)} of cases takes ${units(nMacro)} units per arm of ${macro}`;
  return nProxy === Infinity
    ? `${right}; no number of units of ${proxy} is enough.`
    : `${right}, or ${units(nProxy)} of ${proxy}.`;
}

function worthwhile({ worthwhileEffect, scale }: DecisionSpeedup, { proxy, macro }: Labels): string | null {
  if (worthwhileEffect === null) return null;
  const { nProxy, nMacro, power, ceilingSignAccuracy, macroEffect } = worthwhileEffect;
  const needed =
    nProxy === Infinity ? `; no number of units of ${proxy} is enough` : `, or ${units(nProxy)} of ${proxy}`;
  return `To find a change of ${macro} by ${effectFigure(scale)(macroEffect)} in ${percent(power)} of cases takes ${units(nMacro)} units per arm of ${macro}${needed}. Of such changes, ${percent(ceilingSignAccuracy)} truly move ${proxy} the right way.`;
}

function ruleTable({ byRule: { sign, significance } }: DecisionSpeedup): Block {
  const row = (name: string, read: (reading: DecisionReading) => string): string[] => [
    name,
    read(sign),
    read(significance),
  ];
  return table(
    ["", "Sign", "Significance"],
    [
      row("Decides, proxy", ({ speedupProxy }) =>
        speedupProxy === null ? "undetermined" : times(speedupProxy),
      ),
      row("Decides, both", ({ speedupAssisted }) => times(speedupAssisted)),
      row("Right, proxy", ({ accuracyProxy }) => percent(accuracyProxy)),
      row("Right, sales", ({ accuracyMacro }) => percent(accuracyMacro)),
      row("Right, both", ({ accuracyAssisted }) => percent(accuracyAssisted)),
      row("Ships that lose, proxy", ({ wrongShipShare }) => percent(wrongShipShare.proxy)),
      row("Ships that lose, sales", ({ wrongShipShare }) => percent(wrongShipShare.macro)),
      row("Ships that lose, both", ({ wrongShipShare }) => percent(wrongShipShare.assisted)),
      row("Sales better from (units per arm)", ({ crossoverN }) =>
        crossoverN === null ? "undetermined" : units(crossoverN, "never"),
      ),
    ],
  );
}
