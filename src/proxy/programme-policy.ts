import { checkOneOf, checkOpenUnit } from "../core/checks.ts";
import { checkEffectsAndSampling } from "./check-effects-and-sampling.ts";
import {
  assistedRule,
  checkDecisionRule,
  type DecisionRule,
  type DecisionSetting,
  macroRule,
  proxyRule,
} from "./decision-rule.ts";
import {
  type CompleteEffectNode,
  type EffectCovariance,
  effectNodes,
  effectScale,
} from "./effect-covariance.ts";
import { falseShipRate, shippingByPosterior } from "./false-ships.ts";
import {
  type ProgrammeCalendar,
  type TestSchedule,
  testSchedule,
  testsWithinYear,
  unitsKnownEarly,
  waitingDays,
} from "./programme-calendar.ts";
import { proxyOnly, type SampleSizes, sameUnits } from "./sample-sizes.ts";
import { expectedGain, shippingOutcome, type ShippingRule } from "./shipping-rule.ts";
import type { UnitCovariance } from "./unit-covariance.ts";
import { withWorstCorrelation } from "./worst-correlation.ts";
import { expm1 } from "../numerics/elementary/expm1.ts";

/** Who decides: sales alone, once they are in; the proxy alone; or both, with what there is of sales. */
export type ProgrammePolicy = "wait-for-sales" | "trust-the-proxy" | "assisted";

export const POLICIES = ["wait-for-sales", "trust-the-proxy", "assisted"] as const;

/**
 * A `DecisionRule`, or `posterior-probability`: ship when P(true macro effect > 0) exceeds the threshold, read as the
 * expected effect lying more than z(threshold) of its standard errors above 0, which for a known covariance it is.
 */
export type ProgrammeRule =
  DecisionRule | { readonly kind: "posterior-probability"; readonly threshold: number };

/** Checks the rule of a programme where it enters a public function. */
export function checkProgrammeRule(field: string, rule: ProgrammeRule): void {
  checkOneOf(`${field}.kind`, rule.kind, ["sign", "significance", "posterior-mean", "posterior-probability"]);
  if (rule.kind === "posterior-probability") checkOpenUnit(`${field}.threshold`, rule.threshold);
  else checkDecisionRule(field, rule);
}

/** What a programme stands on. */
export interface ProgrammeSetting {
  readonly nodes: readonly CompleteEffectNode[];
  readonly sampling: UnitCovariance;
  readonly rule: ProgrammeRule;
  readonly calendar: ProgrammeCalendar;
}

/**
 * Checks effects and sampling where they enter a public function.
 *
 * @param owner - path of what both belong to, with its dot
 */
export function checkedEffects(
  owner: string,
  { effects, sampling }: { readonly effects: EffectCovariance; readonly sampling: UnitCovariance },
): Pick<ProgrammeSetting, "nodes" | "sampling"> {
  checkEffectsAndSampling({ effects, sampling }, owner);
  return { nodes: effectNodes(effects), sampling: { ...sampling, scale: effectScale(effects) } };
}

/** How one policy decides tests of one size. */
export interface PlannedTest extends TestSchedule {
  readonly n: number;
  readonly sizes: SampleSizes;
  /** With the correlation that the rule was made at. */
  readonly sampling: UnitCovariance;
  readonly rule: ShippingRule;
  /** Tests of the first year, each by the share of the year after its decision. */
  readonly testsWithinYear: number;
}

/** Days after the last unit entered until a policy decides. */
export function policyDelayDays(policy: ProgrammePolicy, calendar: ProgrammeCalendar): number {
  if (policy === "wait-for-sales") return waitingDays(calendar.macroDelay);
  return policy === "assisted" ? calendar.assistedDelayDays : calendar.proxyDelayDays;
}

/** Plans tests of n units per arm. */
export function plannedTest(policy: ProgrammePolicy, setting: ProgrammeSetting, n: number): PlannedTest {
  const { nodes, calendar, rule } = setting;
  const sizes = policySizes(policy, setting, n);
  const sampling = withWorstCorrelation(nodes, setting.sampling, sizes);
  const schedule = testSchedule(calendar, n, policyDelayDays(policy, calendar));
  const decide = (own: DecisionRule): ShippingRule =>
    shippingRule(policy, { nodes, sampling, rule: own }, sizes);
  return {
    ...schedule,
    n,
    sizes,
    sampling,
    rule:
      rule.kind === "posterior-probability"
        ? shippingByPosterior(nodes, decide({ kind: "posterior-mean" }), {
            kind: "probability",
            threshold: rule.threshold,
          })
        : decide(rule),
    testsWithinYear: testsWithinYear(schedule),
  };
}

function policySizes(
  policy: ProgrammePolicy,
  { sampling, calendar }: ProgrammeSetting,
  n: number,
): SampleSizes {
  if (policy === "wait-for-sales") return sameUnits(n);
  if (policy === "trust-the-proxy") return proxyOnly(n);
  // On log-lifts the unit covariance is two over the odds; differences leave the odds open, which are small.
  const odds = sampling.scale === "difference" ? 0 : 2 / sampling.macro;
  const nMacro = unitsKnownEarly(calendar, n, odds);
  return { nProxy: n, nMacro, nOverlap: nMacro };
}

function shippingRule(policy: ProgrammePolicy, setting: DecisionSetting, sizes: SampleSizes): ShippingRule {
  if (policy === "wait-for-sales") return macroRule(setting, sizes.nMacro);
  return policy === "trust-the-proxy" ? proxyRule(setting, sizes.nProxy) : assistedRule(setting, sizes);
}

/** What a policy earns at one size. */
export interface PolicyOutcome extends TestSchedule {
  /** Units per arm of each test. */
  readonly n: number;
  /** Units per arm whose sales are known at the decision, or what those known in part are worth. */
  readonly nMacro: number;
  /** Expected true macro effect of a change tested, counted when it ships and 0 when not. */
  readonly gainPerTest: number;
  /** gainPerTest times the tests of a year: by how much a year of testing moves the macro metric, for good. */
  readonly gainPerYear: number;
  /** Mean over the first year of what has been gained so far: late ships count for the days left. */
  readonly gainWithinYear: number;
  /** gainPerYear as a lift, exp(·) − 1: log-lifts of changes add up, and so their lifts compound. Null on differences. */
  readonly liftPerYear: number | null;
  /** Share of changes decided rightly: shipped when the true macro effect is positive, and only then. */
  readonly accuracy: number;
  readonly shipShare: number;
  readonly shipsPerYear: number;
  /** Share of the changes shipped that lose macro conversions. */
  readonly wrongShipShare: number;
  readonly wrongShipsPerYear: number;
  /** Share of the changes without any macro effect that ship. */
  readonly falseShipRate: number;
}

/** Reads what a policy earns with tests planned. */
export function policyOutcome({ nodes, sampling }: ProgrammeSetting, test: PlannedTest): PolicyOutcome {
  const { n, sizes, rule, testDays, decisionDays, testsPerYear } = test;
  const { gain, accuracy, shipShare, wrongShipShare } = shippingOutcome(nodes, rule);
  const gainPerYear = gain * testsPerYear;
  const shipsPerYear = shipShare * testsPerYear;
  return {
    n,
    nMacro: sizes.nMacro,
    testDays,
    decisionDays,
    testsPerYear,
    gainPerTest: gain,
    gainPerYear,
    gainWithinYear: gain * test.testsWithinYear,
    liftPerYear: sampling.scale === "difference" ? null : expm1(gainPerYear),
    accuracy,
    shipShare,
    shipsPerYear,
    wrongShipShare,
    wrongShipsPerYear: shipsPerYear * wrongShipShare,
    falseShipRate: falseShipRate(nodes, rule),
  };
}

/** How gains of a year are counted. */
export type GainCounting = "year-of-testing" | "within-the-year";

/** Tests of a year as they are counted. */
export function testsCounted(test: PlannedTest, counting: GainCounting): number {
  return counting === "year-of-testing" ? test.testsPerYear : test.testsWithinYear;
}

/** Expected gain of a year, as it is counted. */
export function yearlyGain(
  nodes: readonly CompleteEffectNode[],
  test: PlannedTest,
  counting: GainCounting,
): number {
  return expectedGain(nodes, test.rule) * testsCounted(test, counting);
}
