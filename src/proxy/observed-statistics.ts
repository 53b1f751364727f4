import { checkCorrelation } from "../core/checks.ts";
import {
  checkJointCounts,
  type JointCounts,
  macroProportion,
  microProportion,
} from "../summaries/joint-counts.ts";
import type { Proportion } from "../summaries/proportion.ts";
import { decisionBeside, type DecisionBesideResult } from "./decision-beside.ts";
import type { EffectCovariance } from "./effect-covariance.ts";
import { jointSampling } from "./joint-sampling.ts";
import { checkEffectSize, checkMagnitude } from "./check-magnitude.ts";
import { ln } from "../numerics/elementary/ln.ts";

/** What was observed, as joint counts of both arms. */
export interface ObservedCounts {
  readonly control: JointCounts;
  readonly treatment: JointCounts;
  /** Coverage, in (0, 1); 0.95 unless said. */
  readonly confidenceLevel?: number | undefined;
  /** How true effects go together, learned or assumed; without it the decision stays undetermined. */
  readonly effects?: EffectCovariance | undefined;
}

/** What was observed, as two z statistics and their correlation. */
export interface ObservedStatistics {
  /** Effect on the micro conversion over its (unpooled) standard error. */
  readonly zMicro: number;
  /** Effect on the macro conversion over its standard error. */
  readonly zMacro: number;
  /** Sampling correlation of the two, in [−1, 1]: the correlation of the two conversions between users. */
  readonly correlation: number;
  /** Units per arm, above 0; without it the decision block names no sample sizes. */
  readonly n?: number | undefined;
  /** Coverage, in (0, 1); 0.95 unless said. */
  readonly confidenceLevel?: number | undefined;
}

/** The two effects over their standard errors. */
export type EffectStatistics = Pick<ObservedStatistics, "zMicro" | "zMacro" | "correlation">;

/** What one finished test says of the two effects, and the decision beside it. */
export interface Observation {
  /** Null where an effect has no variance. */
  readonly statistics: EffectStatistics | null;
  readonly beside: DecisionBesideResult;
}

/** Unpooled statistics of both effects, from the joint tables of both arms. */
export function statisticsOfCounts({ control, treatment, effects }: ObservedCounts): Observation {
  checkJointCounts("control", control);
  checkJointCounts("treatment", treatment);
  const sampling = jointSampling(control, treatment, "difference");
  const micro = rates(microProportion(control), microProportion(treatment));
  const macro = rates(macroProportion(control), macroProportion(treatment));
  const [microLogLift, macroLogLift] = [
    ln(micro.treatment / micro.control),
    ln(macro.treatment / macro.control),
  ];
  const beside = decisionBeside(
    sampling?.n ?? null,
    effects,
    jointSampling(control, treatment, effects?.scale ?? "log-lift"),
    microLogLift * macroLogLift > 0 ? { proxy: Math.abs(microLogLift), macro: Math.abs(macroLogLift) } : null,
  );
  if (sampling === null) return { statistics: null, beside };
  const zMicro = (micro.treatment - micro.control) / Math.sqrt(sampling.proxy / sampling.n);
  const zMacro = (macro.treatment - macro.control) / Math.sqrt(sampling.macro / sampling.n);
  return { statistics: { zMicro, zMacro, correlation: sampling.correlation }, beside };
}

function rates(
  control: Proportion,
  treatment: Proportion,
): { readonly control: number; readonly treatment: number } {
  return { control: control.conversions / control.n, treatment: treatment.conversions / treatment.n };
}

/** Statistics as they were given. */
export function statisticsOfInput(input: ObservedStatistics): Observation {
  const { zMicro, zMacro, correlation, n } = input;
  for (const [field, z] of [
    ["zMicro", zMicro],
    ["zMacro", zMacro],
  ] as const) {
    checkEffectSize(field, z);
  }
  checkCorrelation("correlation", correlation);
  if (n !== undefined) checkMagnitude("n", n);
  // In units of its standard error times √n each effect is z / √n, and has the unit variance 1.
  const root = Math.sqrt(n ?? 1);
  const beside = decisionBeside(
    n ?? null,
    undefined,
    { proxy: 1, macro: 1, correlation },
    zMicro * zMacro > 0 ? { proxy: Math.abs(zMicro) / root, macro: Math.abs(zMacro) / root } : null,
  );
  return { statistics: { zMicro, zMacro, correlation }, beside };
}
