import type { FunnelAnalysis, FunnelStepEffect } from "../experiment/funnel-analysis.ts";
import type { FunnelArm } from "../experiment/funnel-arm.ts";
import { answers, type Block, details, lead, picture, table, title } from "./block.ts";
import { closing, lookedFor, lowerFirst } from "./closing.ts";
import { effectSentence } from "./effect-text.ts";
import {
  amount,
  change,
  frequency,
  LIFT_ENDS,
  percent,
  pFigure,
  pValue,
  REAL_ENDS,
  signed,
  span,
  units,
} from "./figures.ts";
import { quoted } from "./labels.ts";
import { liftCells } from "./lift-cells.ts";
import { ln } from "../numerics/elementary/ln.ts";

/** Two arms along a funnel: which step carries the effect, and where most is lost. */
export function describeFunnel(funnel: FunnelAnalysis): Block[] {
  return [
    title(`Funnel to ${quoted(lastStep(funnel).name)}`),
    ...funnelBlocks(funnel),
    details([
      ["Units in control", units(funnel.control.n)],
      ["Units in treatment", units(funnel.treatment.n)],
      ["Coverage of intervals", percent(funnel.confidenceLevel)],
      ["The tests look for", lookedFor(funnel.alternative)],
      ["Adjustment over the steps", funnel.adjustment],
      ["Method", funnel.method],
    ]),
    ...closing(funnel),
  ];
}

/**
 * The same as a part of a larger report, which has its own end.
 *
 * @param isSettled - whether the report holds the last step to have moved: if not, nothing here says so
 */
export function funnelBlocks(funnel: FunnelAnalysis, isSettled = true): Block[] {
  return [
    ...(isSettled ? [lead(funnelFinding(funnel)), picture(funnel)] : []),
    answers([
      ["Did anything change on the way", isSettled ? anywhereSentence(funnel) : null],
      ["Which step carries it", isSettled ? carrierSentence(funnel) : null],
      ["Where most is lost", lossSentence(funnel)],
    ]),
    table(
      ["Step", "Control", "Treatment", "Lift", "Its interval", "Adjusted p"],
      funnel.steps.map(effectRow),
    ),
    table(
      ["From the step before", "Control", "Treatment", "Brought", "Interval"],
      funnel.steps.map((step, k) => partRow(funnel, step, k)),
    ),
    table(
      ["Lost in the treatment", "Dropped off", "Share", "At stake", "Interval"],
      funnel.treatment.steps.map(({ name, droppedOff, dropOffRate, atStake }) => [
        name,
        units(droppedOff),
        dropOffRate.estimate === null ? "none came" : percent(dropOffRate.estimate),
        atStake.estimate === null ? "unknown" : amount(atStake.estimate),
        atStake.estimate === null ? "-" : span(atStake.interval, amount, REAL_ENDS),
      ]),
    ),
  ];
}

function lastStep({ steps }: FunnelAnalysis): FunnelStepEffect {
  return steps.at(-1)!;
}

/** What a reader in a hurry takes away. */
export function funnelFinding(funnel: FunnelAnalysis): string {
  const { name, effect } = lastStep(funnel);
  const { estimate } = effect.difference;
  const isClear = funnel.total.pValue < 1 - funnel.confidenceLevel;
  const finding = isClear
    ? `${estimate! > 0 ? "More" : "Fewer"} units come to ${quoted(name)} in the treatment`
    : `No clear effect on ${quoted(name)}`;
  const carrier = funnel.carriedBy.step;
  const where = carrier === null ? "" : ` Most of it comes in at the step ${quoted(carrier)}.`;
  return `${finding}. Lift ${effectSentence(effect.lift, change, LIFT_ENDS)}${where}`;
}

function anywhereSentence({ anywhere, confidenceLevel }: FunnelAnalysis): string {
  const { pValue: p, logPValue } = anywhere;
  const often = `such differences from step to step come by chance ${frequency(p)} (${pValue(p, logPValue)})`;
  return p < 1 - confidenceLevel ? `Yes: ${often}.` : `It cannot be said: where nothing changed, ${often}.`;
}

function carrierSentence({ carriedBy, steps, treatment, total }: FunnelAnalysis): string {
  const step = steps.find(({ name }) => name === carriedBy.step);
  if (step === undefined) return carriedBy.reason ?? "The steps cannot be told apart.";
  return `${quoted(step.name)}: it brought ${signed(step.conversions!)} of the ${signed(total.conversions)} conversions among the ${units(treatment.n)} units of the treatment.`;
}

function lossSentence({ treatment }: FunnelAnalysis): string {
  const { bottleneck } = treatment;
  if (bottleneck.step === null) return bottleneck.reason ?? "The steps cannot be told apart.";
  const { droppedOff, atStake } = stepOf(treatment, bottleneck.step);
  return `At ${quoted(bottleneck.step)}: ${units(droppedOff)} units drop off there, and if they went on as the others do, ${amount(atStake.estimate!)} more would come to the end. That is more than can be won: who drops off wants less.`;
}

function stepOf(arm: FunnelArm, name: string): FunnelArm["steps"][number] {
  return arm.steps.find((step) => step.name === name)!;
}

function effectRow({ name, effect, adjustedPValue }: FunnelStepEffect): string[] {
  const { control, treatment, lift } = effect;
  return [
    name,
    percent(control.rate),
    percent(treatment.rate),
    ...liftCells(lift),
    pFigure(adjustedPValue, ln(adjustedPValue)),
  ];
}

function partRow({ control, treatment }: FunnelAnalysis, step: FunnelStepEffect, k: number): string[] {
  const rate = (arm: FunnelArm): string => {
    const { estimate } = arm.steps[k]!.conditionalRate;
    return estimate === null ? "none came" : percent(estimate);
  };
  const { contribution, conversions } = step;
  const brought = (difference: number): string => signed(difference * treatment.n);
  return [
    step.name,
    rate(control),
    rate(treatment),
    conversions === null ? "unknown" : signed(conversions),
    conversions === null ? "-" : span(contribution.interval, brought, REAL_ENDS),
  ];
}

/** Why a funnel of a document cannot be read. */
export function unreadFunnel(reason: string | null): string {
  return `The funnel cannot be read: ${lowerFirst(reason ?? "its counts do not allow it.")}`;
}
