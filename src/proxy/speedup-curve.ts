import { checkCount, checkObject, checkOpenUnit } from "../core/checks.ts";
import { DEFAULT_CONFIDENCE_LEVEL } from "../core/defaults.ts";
import { DomainError } from "../core/domain-error.ts";
import type { Interval } from "../core/interval.ts";
import type { Result } from "../core/result.ts";
import type { Status } from "../core/status.ts";
import type { Warning } from "../core/warning.ts";
import { checkEffectsAndSampling } from "./check-effects-and-sampling.ts";
import { checkMagnitude } from "./check-magnitude.ts";
import { crossoverN } from "./crossover-n.ts";
import { type CurveRange, curveRange, curveSizes } from "./curve-sizes.ts";
import { detectsOnly } from "./decision-beside.ts";
import { decisionCautions } from "./decision-cautions.ts";
import { type DecisionReading, earnsSpeedup } from "./decision-reading.ts";
import { checkDecisionRule, type DecisionRule, type DecisionSetting, proxyRule } from "./decision-rule.ts";
import { detectionSpeedup, type DetectionSpeedupInput } from "./detection-speedup.ts";
import { effectAssumptions } from "./effect-assumptions.ts";
import { type EffectCovariance, effectNodes, effectScale, type EffectScale } from "./effect-covariance.ts";
import { effectMoments } from "./effect-moments.ts";
import { equivalentNByNode } from "./equivalent-n-by-node.ts";
import { macroEquivalentN } from "./macro-equivalent-n.ts";
import { posteriorInterval } from "./posterior-interval.ts";
import { shippingOutcome } from "./shipping-rule.ts";
import { type SpeedupPoint, speedupPoint } from "./speedup-point.ts";
import type { UnitCovariance } from "./unit-covariance.ts";

export interface SpeedupCurveInput {
  /** How true effects spread and go together; with a posterior, everything is averaged over it. */
  readonly effects: EffectCovariance;
  /** Sampling covariance of the two effect estimates times n per arm, on the scale of the effects. */
  readonly sampling: UnitCovariance;
  /** Units per arm that are planned, above 0: a point of the curve. */
  readonly n?: number | undefined;
  /** From where to where, in units per arm above 0; wide enough for what happens unless said. */
  readonly range?: CurveRange | undefined;
  /** Even steps of the curve, 2 to 200; 13 unless said. Half-reliability n, crossover and `n` are points besides. */
  readonly points?: number | undefined;
  /** When a change ships; `sign` unless said. */
  readonly rule?: DecisionRule | undefined;
  /** New units per day and arm, above 0, to give the sizes in days too. */
  readonly unitsPerDay?: number | undefined;
  /** The lifts that a detection is planned for; a typical change of the population unless said. */
  readonly planned?: Omit<DetectionSpeedupInput, "effects"> | undefined;
  /** Of the intervals over a posterior; 0.95 unless said. */
  readonly confidenceLevel?: number | undefined;
}

/** What a proxy is worth for the decision at every size of test, with what it detects beside it. */
export interface SpeedupCurve extends Result<"speedup-curve"> {
  readonly method: DecisionRule["kind"];
  readonly status: Status;
  readonly scale: EffectScale;
  /** Whether the effects were learned from past experiments. */
  readonly source: "assumed" | "learned";
  /** In rising order of n. */
  readonly points: readonly SpeedupPoint[];
  /** The n that is planned, or null. */
  readonly n: number | null;
  /**
   * How many times fewer units it takes to see a change on the proxy, at any size: of the planned lifts, or of a typical
   * change. It says nothing of the decision. Null for planned lifts of opposite signs.
   */
  readonly detectionSpeedup: number | null;
  /** Units per arm at which an estimate is as much signal as noise. */
  readonly halfReliabilityN: { readonly proxy: number; readonly macro: number };
  /** From this n per arm on the macro metric decides better; null for a proxy of the wrong sign. */
  readonly crossoverN: number | null;
  /** What the proxy is worth however many units it has; null for a proxy of the wrong sign. */
  readonly ceiling: DecisionReading["ceiling"];
  /** Intervals over the posterior of what does not change with n; null for a covariance without one. */
  readonly posterior: {
    readonly crossoverN: Interval;
    readonly ceilingMacroEquivalentN: Interval;
  } | null;
}

const DEFAULT_POINTS = 13;
const MOST_POINTS = 200;

/**
 * What deciding by a proxy is worth against the size of the test: `decisionSpeedup` at every n, from where the proxy
 * leads to where sales overtake it, with the detection speedup beside it.
 *
 * The detection speedup does not change with n and no proxy is better for it; the decision speedup falls with n, since
 * what the proxy cannot know weighs more the better sales are known. A learned covariance costs some 40 ms a point,
 * less than a second for the curve; an assumed one next to nothing.
 *
 * @param input - effects and sampling; a planned n, traffic in units per day and arm, planned lifts
 * @returns speedups and accuracies of proxy, macro metric and both at each n, crossover and ceiling
 * @throws {DomainError} for broken covariances, different scales, sizes that are not above 0, or a range that ends before
 *   it begins
 * @example
 * ```ts
 * import { speedupCurve } from "microlift";
 * const curve = speedupCurve({
 *   effects: { tauProxy: 0.004, tauMacro: 0.0008, rho: 0.8, scale: "difference" },
 *   sampling: { proxy: 0.18, macro: 0.0392, correlation: 0.43 },
 *   n: 20_000,
 * });
 * curve.crossoverN; // 77638.88888888893
 * curve.points.find(({ n }) => n === 20_000)?.speedupProxy; // 2.1246612466124666
 * curve.detectionSpeedup; // 5.444444444444444
 * ```
 * Source: derived for this library.
 */
export function speedupCurve(input: SpeedupCurveInput): SpeedupCurve {
  checkObject("input", input);
  const { effects, n, unitsPerDay, planned } = input;
  const rule = input.rule ?? { kind: "sign" };
  const { points: count = DEFAULT_POINTS, confidenceLevel = DEFAULT_CONFIDENCE_LEVEL } = input;
  checkInput(input, rule, count, confidenceLevel);

  const setting = { nodes: effectNodes(effects), sampling: input.sampling, rule };
  const moments = effectMoments(setting.nodes);
  const half = {
    proxy: input.sampling.proxy / moments.tauProxy ** 2,
    macro: input.sampling.macro / moments.tauMacro ** 2,
  };
  const level = effects.posterior === undefined ? null : confidenceLevel;
  const hasSpeedup = earnsSpeedup(rule, moments.rho);
  const crossover = hasSpeedup ? crossoverN(setting) : null;
  const range = input.range ?? curveRange([half.proxy, half.macro], crossover, n);
  const sizes = curveSizes(range, count, [half.proxy, half.macro, crossover ?? 0, n ?? 0]);
  const points = sizes.map((size) => speedupPoint(setting, size, moments.rho, level, unitsPerDay));
  const detection = planned === undefined ? null : detectionSpeedup({ ...planned, effects: undefined });
  const detected = detection === null ? half.macro / half.proxy : detection.speedup;
  const atN = points.find((point) => point.n === n);
  return {
    kind: "speedup-curve",
    method: rule.kind,
    status: statusOf(points),
    scale: effectScale(effects),
    source: effects.source ?? "assumed",
    points,
    n: n ?? null,
    detectionSpeedup: detected,
    halfReliabilityN: half,
    crossoverN: crossover,
    ceiling: hasSpeedup ? ceilingOf(setting) : null,
    posterior: level === null ? null : posteriorOf(setting, level),
    warnings: [
      ...decisionCautions(
        setting.nodes,
        moments.rho,
        { rule, speedupProxy: atN?.speedupProxy ?? null },
        null,
      ),
      ...aheadNowhere(points, detected),
      ...(detection?.warnings ?? []).filter(({ code }) => code !== "DECISION_UNKNOWN"),
    ],
    assumptions: effectAssumptions(effects),
  };
}

function checkInput(
  input: SpeedupCurveInput,
  rule: DecisionRule,
  points: number,
  confidenceLevel: number,
): void {
  const { n, range, unitsPerDay, planned } = input;
  checkEffectsAndSampling(input);
  checkObject("rule", rule);
  checkDecisionRule("rule", rule);
  checkOpenUnit("confidenceLevel", confidenceLevel);
  checkCount("points", points, 2);
  if (points > MOST_POINTS) throw new DomainError("points", points, `must be at most ${MOST_POINTS}`);
  if (n !== undefined) checkMagnitude("n", n);
  if (unitsPerDay !== undefined) checkMagnitude("unitsPerDay", unitsPerDay);
  if (planned !== undefined) checkObject("planned", planned);
  if (range === undefined) return;
  checkObject("range", range);
  checkMagnitude("range.lower", range.lower);
  checkMagnitude("range.upper", range.upper);
  if (range.upper > range.lower) return;
  throw new DomainError("range.upper", range.upper, `must be above range.lower = ${range.lower}`);
}

function statusOf(points: readonly SpeedupPoint[]): Status {
  if (points.some(({ speedupProxy }) => speedupProxy === null)) return "undetermined";
  return points.some(({ speedupProxy }) => speedupProxy === Infinity) ? "unbounded" : "ok";
}

function ceilingOf(setting: DecisionSetting): DecisionReading["ceiling"] {
  const unlimited = proxyRule(setting, Infinity);
  return {
    accuracy: shippingOutcome(setting.nodes, unlimited).accuracy,
    macroEquivalentN: macroEquivalentN(setting, unlimited, setting.rule.kind !== "significance"),
  };
}

function posteriorOf(setting: DecisionSetting, level: number): SpeedupCurve["posterior"] {
  const { nodes } = setting;
  const crossovers = nodes.map((node) => crossoverN({ ...setting, nodes: [node] }));
  const ceilings = equivalentNByNode(setting, proxyRule(setting, Infinity));
  return {
    crossoverN: posteriorInterval(nodes, crossovers, level),
    ceilingMacroEquivalentN: posteriorInterval(nodes, ceilings, level),
  };
}

/** Says so where the proxy shows changes sooner, and decides later at every size drawn. */
function aheadNowhere(points: readonly SpeedupPoint[], detected: number | null): readonly Warning[] {
  const highest = points.reduce((most, { speedupProxy }) => Math.max(most, speedupProxy ?? 0), 0);
  return detectsOnly(detected, { speedup: highest });
}
