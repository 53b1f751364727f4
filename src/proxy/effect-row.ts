import { checkObject } from "../core/checks.ts";
import { DomainError } from "../core/domain-error.ts";
import type { Matrix } from "../numerics/matrix.ts";
import {
  checkJointCounts,
  type JointCounts,
  macroProportion,
  microProportion,
} from "../summaries/joint-counts.ts";
import { type ArmCovariance, armCovariance } from "./joint-sampling.ts";
import { checkEffectScale, type EffectScale } from "./effect-covariance.ts";
import type { JointPastExperiment, PastCounts, PastEffects, PastExperiment } from "./past-experiment.ts";
import { rateEffect } from "./rate-effect.ts";

/** One past experiment on its way into a table: effects with the macro metric last; their numbers are not checked yet. */
export interface EffectRow {
  readonly name: string | undefined;
  readonly cluster: string | undefined;
  readonly effects: readonly number[];
  readonly covariance: Matrix;
  readonly controlCovariance: Matrix | undefined;
  /** The control's counts where they are known: experiments of one cluster must agree on them. */
  readonly control: JointCounts | undefined;
}

/** Reads an experiment on one proxy, from effects or from joint counts. */
export function readPastExperiment(field: string, experiment: PastExperiment, scale: EffectScale): EffectRow {
  checkObject(field, experiment);
  return "control" in experiment
    ? readCounts(field, experiment, scale)
    : readEffects(field, experiment, [experiment.proxyEffect, experiment.macroEffect], scale);
}

/** Reads an experiment on several proxies. */
export function readJointPastExperiment(
  field: string,
  experiment: JointPastExperiment,
  scale: EffectScale,
): EffectRow {
  checkObject(field, experiment);
  const { proxyEffects, macroEffect } = experiment;
  if (!Array.isArray(proxyEffects) || proxyEffects.length === 0) {
    throw new DomainError(`${field}.proxyEffects`, proxyEffects, "must be a list of one effect or more");
  }
  return readEffects(field, experiment, [...proxyEffects, macroEffect], scale);
}

function readEffects(
  field: string,
  experiment: PastEffects | JointPastExperiment,
  effects: readonly number[],
  scale: EffectScale,
): EffectRow {
  if (experiment.scale !== undefined) {
    checkEffectScale(`${field}.scale`, experiment.scale);
    if (experiment.scale !== scale) {
      throw new DomainError(
        `${field}.scale`,
        experiment.scale,
        `must be "${scale}": scales are never mixed across experiments`,
      );
    }
  }
  const { name, cluster, covariance, controlCovariance } = experiment;
  return { name, cluster, effects, covariance, controlCovariance, control: undefined };
}

function readCounts(
  field: string,
  { name, cluster, control, treatment }: PastCounts,
  scale: EffectScale,
): EffectRow {
  checkArm(`${field}.control`, control, scale);
  checkArm(`${field}.treatment`, treatment, scale);
  const before = armMatrix(armCovariance(control, scale));
  const after = armMatrix(armCovariance(treatment, scale));
  return {
    name,
    cluster,
    effects: [
      rateEffect(microProportion(control), microProportion(treatment), scale),
      rateEffect(macroProportion(control), macroProportion(treatment), scale),
    ],
    covariance: before.map((row, i) => row.map((entry, j) => entry + after[i]![j]!)),
    controlCovariance: before,
    control,
  };
}

function checkArm(field: string, table: JointCounts, scale: EffectScale): void {
  checkJointCounts(field, table);
  if (scale !== "log-lift") return;
  const lacking =
    microProportion(table).conversions === 0
      ? "micro"
      : macroProportion(table).conversions === 0
        ? "macro"
        : null;
  if (lacking !== null) {
    throw new DomainError(
      field,
      table,
      `must count at least one ${lacking} conversion, without which a log lift is infinite: ` +
        'take scale "difference" for all experiments, or count more units',
    );
  }
}

function armMatrix({ n, proxy, macro, covariance }: ArmCovariance): number[][] {
  return [
    [proxy / n, covariance / n],
    [covariance / n, macro / n],
  ];
}
