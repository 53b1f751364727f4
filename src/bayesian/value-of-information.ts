import { checkCount, checkFinite, checkNonNegative, checkObject, checkPositive } from "../core/checks.ts";
import { DomainError } from "../core/domain-error.ts";
import type { Result } from "../core/result.ts";
import type { Warning } from "../core/warning.ts";
import { checkedAllocation } from "../models/allocation.ts";
import { UNIFORM_PRIOR } from "../models/beta-prior.ts";
import type { Proportion } from "../summaries/proportion.ts";
import { type ArmAhead, posteriorNow, TOO_MANY_COUNTS } from "./arm-ahead.ts";
import { type BetaPriorChoice, type BetaPriorChoices, type BetaPriors, checkedPriors } from "./beta-prior.ts";
import { meanDifference } from "./beta-effects.ts";
import { betterArm } from "./better-arm.ts";
import type { EachArm } from "./each-arm.ts";
import { informationGain } from "./information-gain.ts";
import { mostValuable } from "./most-valuable.ts";
import { checkedPlannedUnits, plannedUnits } from "./planned-arms.ts";
import { checkSeen } from "./update-rate.ts";

export interface ValueOfInformationOptions {
  /** What was seen so far; n = 0 is legal. */
  readonly control: Proportion;
  readonly treatment: Proportion;
  /** Of both arms, or one for each; uniform, Beta(1, 1), unless said. */
  readonly prior?: BetaPriorChoice | BetaPriorChoices | undefined;
  /** Future visitors that the decision is for, those still to come into the experiment included. */
  readonly population: number;
  /** More units of the control arm to think about, one number or several; the best number is searched for unless said. */
  readonly additional?: number | readonly number[] | undefined;
  /** Treatment units over control units to come; 1 unless said. */
  readonly allocation?: number | undefined;
  /** What a conversion is worth, above 0; 1 unless said. */
  readonly valuePerConversion?: number | undefined;
  /** What a unit of the experiment costs beside what it converts, at or above 0; 0 unless said. */
  readonly costPerUnit?: number | undefined;
  /** New units per day in the control arm, above 0. */
  readonly unitsPerDay?: number | undefined;
}

/** What it is worth to run an experiment on for a number of units. */
export interface RunningOn {
  /** More units of either arm. */
  readonly units: EachArm<number>;
  /** How long that takes; null where no `unitsPerDay` was given. */
  readonly days: number | null;
  /** By how much the rate of the arm chosen rises on average (expected value of sample information per visitor). */
  readonly gainPerVisitor: number;
  /** This gain for all visitors after the experiment, in units of value. */
  readonly gain: number;
  /** What the experiment costs: its units, and what those in the arm that looks worse now are expected to lose. */
  readonly cost: number;
  /** Gain − cost, against stopping now. */
  readonly netGain: number;
}

/** Whether it is worth while to run an experiment on. */
export interface ValueOfInformation extends Result<"value-of-information"> {
  readonly method: "enumeration";
  /** What knowing both rates for certain would be worth: no experiment is worth more. */
  readonly perfectInformation: { readonly gainPerVisitor: number; readonly gain: number };
  /** One for each number asked for; the best one alone where none was. */
  readonly choices: readonly RunningOn[];
  /** The choice of the largest net gain; stopping now, with no units, where none is above 0. */
  readonly best: RunningOn;
  readonly population: number;
  readonly prior: BetaPriors;
}

/**
 * What it is worth to run an experiment on two conversion rates on, against choosing the arm that looks better now.
 *
 * More data help only where they change the choice; their value is the average rise of the higher posterior mean, exactly,
 * over all that may be seen. Visitors of the experiment are part of the population: what is learned serves only those
 * after it, while half of its visitors get the arm that looks worse. Where no number of units is given, the best one is
 * found by trying 1, 2, 4, … and closing in on the best of these. A choice takes milliseconds for thousands of numbers of
 * conversions that may come, a quarter of a second for a million.
 *
 * @param options.control - conversions and units of the control so far; n = 0 is legal
 * @param options.treatment - the same of the treatment
 * @param options.prior - `{ alpha, beta }` with shapes from 1e-6 to 1e15, `"uniform"` (1 and 1, the default) or
 *   `"jeffreys"` (1/2 and 1/2), of both arms; or `{ control, treatment }` with one each
 * @param options.population - future visitors that the decision is for, a whole number of at least 1, those still to come
 *   into the experiment included
 * @param options.additional - more units of the control arm, a whole number from 0 or a list of them; the best one is
 *   searched for unless said
 * @param options.allocation - treatment units over control units to come, above 0; 1 unless said
 * @param options.valuePerConversion - above 0; 1 unless said, so that gains are conversions
 * @param options.costPerUnit - of running the experiment, for each of its units, at or above 0; 0 unless said
 * @param options.unitsPerDay - new units per day in the control arm, above 0; durations are null without it
 * @returns gain, cost and net gain of each choice, the best of them, and the value of perfect information
 * @throws {DomainError} for broken arms or options, more units than the population has, and units that may bring more than
 *   4 million numbers of conversions
 * @example
 * ```ts
 * import { valueOfInformation } from "microlift";
 * const worth = valueOfInformation({
 *   control: { n: 1000, conversions: 50 },
 *   treatment: { n: 1000, conversions: 60 },
 *   population: 1_000_000,
 *   unitsPerDay: 500,
 * });
 * worth.perfectInformation.gain; // 893.5
 * worth.best.units.control; // 9398
 * worth.best.netGain; // 663.0
 * ```
 * Source: Raiffa and Schlaifer (1961), Applied Statistical Decision Theory; Claxton (1999), Journal of Health Economics 18,
 * 341–364.
 */
export function valueOfInformation(options: ValueOfInformationOptions): ValueOfInformation {
  checkObject("options", options);
  const { control, treatment, prior = UNIFORM_PRIOR, population, additional } = options;
  const { valuePerConversion = 1, costPerUnit = 0, unitsPerDay } = options;
  checkSeen("control", control);
  checkSeen("treatment", treatment);
  const priors = checkedPriors(prior);
  checkCount("population", population, 1);
  checkPositive("valuePerConversion", valuePerConversion);
  checkNonNegative("costPerUnit", costPerUnit);
  checkFinite("valuePerConversion · population", valuePerConversion * population);
  checkFinite("costPerUnit · population", costPerUnit * population);
  if (unitsPerDay !== undefined) checkPositive("unitsPerDay", unitsPerDay);
  const allocation = checkedAllocation(options.allocation);

  const arms = {
    control: { seen: control, prior: priors.control, remaining: 0 },
    treatment: { seen: treatment, prior: priors.treatment, remaining: 0 },
  };
  const lead = meanDifference(posteriorNow(arms.control), posteriorNow(arms.treatment));
  const { expectedLoss } = betterArm(posteriorNow(arms.control), posteriorNow(arms.treatment));
  const runningOn = (units: EachArm<number>): RunningOn | null => {
    const gainPerVisitor = informationGain(withRemaining(arms, units));
    if (gainPerVisitor === null) return null;
    const inExperiment = units.control + units.treatment;
    const gain = valuePerConversion * gainPerVisitor * (population - inExperiment);
    const inWorseArm = lead > 0 ? units.control : units.treatment;
    const cost = costPerUnit * inExperiment + valuePerConversion * Math.abs(lead) * inWorseArm;
    const days = unitsPerDay === undefined ? null : units.control / unitsPerDay;
    return { units, days, gainPerVisitor, gain, cost, netGain: gain - cost };
  };
  const stopping = runningOn({ control: 0, treatment: 0 })!;
  const warnings: Warning[] = [];
  const choices =
    additional === undefined
      ? [searched(runningOn, population, allocation, stopping, warnings)]
      : listed("additional", additional).map(([field, n]) =>
          asked(runningOn, field, n, allocation, population),
        );
  const perfect = Math.min(expectedLoss.control, expectedLoss.treatment);
  return {
    kind: "value-of-information",
    method: "enumeration",
    perfectInformation: { gainPerVisitor: perfect, gain: valuePerConversion * perfect * population },
    choices,
    best: choices.reduce((best, choice) => (choice.netGain > best.netGain ? choice : best), stopping),
    population,
    prior: priors,
    warnings,
    assumptions: [
      "Units are independent of each other, and all to come convert at the rates of those seen.",
      "The two rates are independent before the data.",
      "Whenever the experiment ends, the arm with the higher posterior mean is taken for all visitors after it.",
    ],
  };
}

function withRemaining({ control, treatment }: EachArm<ArmAhead>, units: EachArm<number>): EachArm<ArmAhead> {
  return {
    control: { ...control, remaining: units.control },
    treatment: { ...treatment, remaining: units.treatment },
  };
}

type Evaluate = (units: EachArm<number>) => RunningOn | null;

function listed(field: string, additional: number | readonly number[]): (readonly [string, number])[] {
  if (typeof additional === "number") return [[field, additional]];
  if (!Array.isArray(additional) || additional.length === 0) {
    throw new DomainError(field, additional, "must be a whole number or a list of at least one");
  }
  return additional.map((n: number, i) => [`${field}[${i}]`, n]);
}

function asked(
  runningOn: Evaluate,
  field: string,
  n: number,
  allocation: number,
  population: number,
): RunningOn {
  const units = checkedPlannedUnits(field, n, allocation, 0);
  if (units.control + units.treatment > population) {
    throw new DomainError(field, n, `must leave at most population = ${population} units in both arms`);
  }
  const choice = runningOn(units);
  if (choice === null) throw new DomainError(field, n, TOO_MANY_COUNTS);
  return choice;
}

function searched(
  runningOn: Evaluate,
  population: number,
  allocation: number,
  stopping: RunningOn,
  warnings: Warning[],
): RunningOn {
  const { best, isLimited } = mostValuable((n) => {
    const units = plannedUnits(n, allocation);
    return units.control + units.treatment > population ? "beyond" : runningOn(units);
  }, stopping);
  if (isLimited) {
    warnings.push({
      code: "SEARCH_LIMITED",
      message: `More than ${best.units.control} units of the control arm were not looked at: what they may bring is too much to list.`,
    });
  }
  return best;
}
