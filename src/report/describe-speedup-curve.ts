import type { SpeedupCurve } from "../proxy/speedup-curve.ts";
import type { SpeedupPoint } from "../proxy/speedup-point.ts";
import { answers, type Block, details, lead, picture, section, table, title } from "./block.ts";
import { closing, undetermined } from "./closing.ts";
import { ceilingSentence, crossoverSentence, wayward } from "./describe-decision-beside.ts";
import {
  amount,
  between,
  intervalName,
  percent,
  RATIO_ENDS,
  roundShare,
  span,
  times,
  units,
} from "./figures.ts";
import { capital, DEFAULT_LABELS } from "./labels.ts";

const { proxy, macro } = DEFAULT_LABELS;

/** What a proxy is worth at every size of test. */
export function describeSpeedupCurve(result: SpeedupCurve): Block[] {
  const { points, crossoverN, ceiling, detectionSpeedup } = result;
  const hasDays = points[0]!.days !== null;
  const isLearned = result.posterior !== null;
  return [
    title("Decision speedup by the size of the test"),
    lead(speedupCurveHeadline(result)),
    picture(result),
    answers([
      ["At the size planned", planned(result)],
      ["Crossover", crossoverSentence(crossoverN, DEFAULT_LABELS)],
      ["Ceiling", ceilingSentence(ceiling, DEFAULT_LABELS)],
      ["How sure", howSure(result)],
      [
        "Seeing a change",
        detectionSpeedup === null
          ? null
          : `${capital(proxy)} shows a change ${times(detectionSpeedup)} as fast as ${macro} at any size, which says nothing of the decision.`,
      ],
    ]),
    section("By units per arm"),
    table(
      [
        "Units per arm",
        ...(hasDays ? ["Days"] : []),
        "Proxy decides",
        ...(isLearned ? ["Interval"] : []),
        "Both decide",
        "Right: proxy",
        "Sales",
        "Both",
      ],
      points.map((point) => [
        units(point.n),
        ...(hasDays ? [amount(point.days!)] : []),
        point.speedupProxy === null ? "–" : times(point.speedupProxy),
        ...(point.posterior === null ? [] : [span(point.posterior.speedupProxy, times, RATIO_ENDS)]),
        times(point.speedupAssisted),
        roundShare(point.accuracyProxy),
        roundShare(point.accuracyMacro),
        roundShare(point.accuracyAssisted),
      ]),
    ),
    details([
      ["Units at which half of the estimate is signal, proxy", units(result.halfReliabilityN.proxy)],
      ["Units at which half of the estimate is signal, sales", units(result.halfReliabilityN.macro)],
      ["Rule", result.method],
      ["Effects", result.source],
    ]),
    ...closing(result),
  ];
}

/** The finding about the decision, which the detection is not. */
export function speedupCurveHeadline(result: SpeedupCurve): string {
  const { crossoverN } = result;
  const astray = wayward(result.warnings, DEFAULT_LABELS);
  if (astray !== null) return astray;
  if (crossoverN === null) return undetermined(result.warnings, "The decision speedup");
  const believed = result.source === "learned" ? "" : ", if what is believed of true changes holds";
  if (crossoverN === 0)
    return `At no size of test does ${proxy} decide better than ${macro} of the same units${believed}.`;
  if (crossoverN === Infinity)
    return `At every size of test ${proxy} decides better than ${macro}${believed}.`;
  return `${capital(proxy)} decides better than ${macro} up to ${units(crossoverN)} units per arm, and worse beyond${believed}.`;
}

function pointAtN({ n, points }: SpeedupCurve): SpeedupPoint | undefined {
  return points.find((point) => point.n === n);
}

function planned(result: SpeedupCurve): string | null {
  const point = pointAtN(result);
  if (point === undefined) return null;
  const { n, days, speedupProxy, speedupAssisted, accuracyProxy, accuracyMacro, accuracyAssisted } = point;
  const size = `With ${units(n)} units per arm${days === null ? "" : `, after ${amount(days)} days,`}`;
  const alone =
    speedupProxy === null
      ? `${proxy} earns no speedup`
      : `a unit of ${proxy} is worth ${amount(speedupProxy)} of ${macro} for the decision`;
  return `${size} ${alone}, and reading both is worth ${times(speedupAssisted)} the units of ${macro}. The decision is right in ${percent(accuracyProxy)} of cases by ${proxy}, in ${percent(accuracyMacro)} by ${macro}, and in ${percent(accuracyAssisted)} by both.`;
}

function howSure(result: SpeedupCurve): string {
  if (result.posterior === null)
    return "The figures take the assumed effects as true; nothing here says how sure they are.";
  const { crossoverN } = result.posterior;
  const first = `Given past experiments, the size from which ${macro} decide better is ${between(crossoverN, (n) => units(n, "never"), RATIO_ENDS)} units per arm (${intervalName(crossoverN)}).`;
  const at = pointAtN(result)?.posterior;
  return at === undefined || at === null
    ? first
    : `${first} At the size planned the chance that ${proxy} decides worse than ${macro} is ${percent(at.shareBelowOne)}.`;
}
