import { checkCount, checkObject, checkOneOf, checkOpenUnit } from "../core/checks.ts";
import { DEFAULT_CONFIDENCE_LEVEL } from "../core/defaults.ts";
import { DomainError } from "../core/domain-error.ts";
import type { Result } from "../core/result.ts";
import type { Status } from "../core/status.ts";
import type { Warning } from "../core/warning.ts";
import { delayAssumptions } from "../models/conversion-delay.ts";
import { createRandom } from "../numerics/random.ts";
import { bestTest } from "./best-test-size.ts";
import { checkMagnitude } from "./check-magnitude.ts";
import { comparePolicies, type PolicyComparison } from "./compare-policies.ts";
import { effectAssumptions } from "./effect-assumptions.ts";
import { type EffectCovariance, effectScale, type EffectScale } from "./effect-covariance.ts";
import { DAYS_PER_YEAR, programmeCalendar, type ProgrammeCalendarInput } from "./programme-calendar.ts";
import { programmeCurve, type ProgrammePoint } from "./programme-curve.ts";
import {
  checkedEffects,
  checkProgrammeRule,
  type GainCounting,
  plannedTest,
  POLICIES,
  type PolicyOutcome,
  policyOutcome,
  type ProgrammePolicy,
  type ProgrammeRule,
  type ProgrammeSetting,
} from "./programme-policy.ts";
import { simulateProgramme, type SimulatedYears } from "./simulate-programme.ts";
import type { UnitCovariance } from "./unit-covariance.ts";

export interface ProgrammeGainInput extends ProgrammeCalendarInput {
  /** How true effects of the changes spread and go together; with a posterior, everything is averaged over it. */
  readonly effects: EffectCovariance;
  /** Sampling covariance of the two effect estimates times n per arm, on the scale of the effects. */
  readonly sampling: UnitCovariance;
  /** Units per arm of every test, above 0: read beside the best size of each policy. */
  readonly n?: number | undefined;
  /** When a change ships; `sign` unless said. Both estimates together ship by the sign of the expected macro effect. */
  readonly rule?: ProgrammeRule | undefined;
  /**
   * What the best size maximises and policies are compared by: what a year of testing gains for good (unless said), or
   * what comes in within the first year.
   */
  readonly counting?: GainCounting | undefined;
  /** The shortest test to consider, in days above 0 and below 365; 7 unless said, so that every weekday is in it. */
  readonly minimumTestDays?: number | undefined;
  /** Years to simulate beside the closed form: at `n`, or at the best size of each policy where there is none. */
  readonly simulate?: { readonly seed: number; readonly years: number } | undefined;
  /** Of the intervals over a posterior; 0.95 unless said. */
  readonly confidenceLevel?: number | undefined;
}

/** What a year of testing brings under each policy. */
export interface ProgrammeGain extends Result<"programme-gain"> {
  readonly method: ProgrammeRule["kind"];
  /** `undetermined` where waiting for sales is expected to gain nothing, so that no ratio to it exists. */
  readonly status: Status;
  readonly scale: EffectScale;
  readonly counting: GainCounting;
  readonly ideasPerYear: number;
  /** Side by side: waiting for sales, trusting the proxy, and both. */
  readonly policies: readonly ProgrammePolicyReading[];
  /** Trusting the proxy and both, each against waiting for sales, every policy at its own best size. */
  readonly comparisons: readonly PolicyComparison[];
  /** The same with every policy at `n`; empty where no n was given. */
  readonly comparisonsAtN: readonly PolicyComparison[];
  /** The gain of a year by the size of its tests, in rising order; the best sizes and `n` among them. */
  readonly curve: readonly ProgrammePoint[];
}

/** What one policy gains in a year. */
export interface ProgrammePolicyReading {
  readonly policy: ProgrammePolicy;
  /** At the size that gains most. */
  readonly best: PolicyOutcome;
  /** At the n asked for, or null. */
  readonly atN: PolicyOutcome | null;
  /** Null unless asked for. */
  readonly simulated: SimulatedYears | null;
}

/** A whole week, so that no weekday is left out. */
const SHORTEST_TEST_DAYS = 7;
/** Simulated tests of all years together: seconds of work. */
const MOST_SIMULATED_TESTS = 5e6;

/**
 * What a year of testing gains in macro conversions when one waits for sales, trusts the proxy, or decides by both: the
 * honest answer to how much faster a proxy makes one.
 *
 * Changes come from the effect covariance and are tested one after another on n units per arm; those that the policy
 * ships add up, on log-lifts as lifts that compound. A smaller n decides more changes less well, and ideas are finite:
 * each policy is read at the size that gains it most. Without a limit of ideas that is the shortest test that is
 * allowed, as gains per test fall slower than n.
 *
 * @param input - effects, sampling, units per day and arm (above 0), ideas per year (above 0), delays in days, a rule
 * @returns each policy at its best size and at `n`; how much more than waiting each gains, with intervals over the
 *   posterior and the probability that it does
 * @throws {DomainError} for broken covariances, different scales, traffic, ideas or sizes that are not above 0, a delay
 *   of the proxy longer than that of sales, or more than five million tests to simulate
 * @example
 * ```ts
 * import { programmeGain } from "microlift";
 * const { policies, comparisons } = programmeGain({
 *   effects: { tauProxy: 0.04, tauMacro: 0.04, rho: 0.8 },
 *   sampling: { proxy: 18, macro: 98, correlation: 0.43 },
 *   unitsPerDay: 1000,
 *   ideasPerYear: 30,
 *   macroDelay: { attributionDays: 21 },
 * });
 * policies[1]!.best.n; // 12166.666666666666
 * comparisons[0]!.ratio; // 1.4165…
 * ```
 * Source: derived for this library; the gain per test agrees with the closed form in the code of Chou et al. (2025).
 */
export function programmeGain(input: ProgrammeGainInput): ProgrammeGain {
  checkObject("input", input);
  const { effects, n, counting = "year-of-testing", confidenceLevel = DEFAULT_CONFIDENCE_LEVEL } = input;
  const { rule = { kind: "sign" } } = input;
  checkObject("rule", rule);
  checkProgrammeRule("rule", rule);
  const setting = { ...checkedEffects("", input), rule, calendar: programmeCalendar(input) };
  checkOneOf("counting", counting, ["year-of-testing", "within-the-year"]);
  checkOpenUnit("confidenceLevel", confidenceLevel);
  if (n !== undefined) checkMagnitude("n", n);
  const minimumTestDays = checkedTestDays(input.minimumTestDays);

  const best = POLICIES.map((policy) => bestTest(policy, setting, counting, minimumTestDays));
  const atN = n === undefined ? null : POLICIES.map((policy) => plannedTest(policy, setting, n));
  const simulated = simulations(input, setting, atN ?? best, counting);
  const level = effects.posterior === undefined ? null : confidenceLevel;
  const compare = ([waiting, trusting, assisted]: typeof best): PolicyComparison[] => [
    comparePolicies(setting.nodes, "trust-the-proxy", trusting!, waiting!, counting, level),
    comparePolicies(setting.nodes, "assisted", assisted!, waiting!, counting, level),
  ];
  const policies = POLICIES.map((policy, i) => ({
    policy,
    best: policyOutcome(setting, best[i]!),
    atN: atN === null ? null : policyOutcome(setting, atN[i]!),
    simulated: simulated === null ? null : simulated[i]!,
  }));
  const comparisons = compare(best);
  return {
    kind: "programme-gain",
    method: setting.rule.kind,
    status: comparisons[0]!.ratio === null ? "undetermined" : "ok",
    scale: effectScale(effects),
    counting,
    ideasPerYear: setting.calendar.ideasPerYear,
    policies,
    comparisons,
    comparisonsAtN: atN === null ? [] : compare(atN),
    curve: programmeCurve(
      setting,
      counting,
      minimumTestDays,
      [...best.map(({ n: size }) => size), n ?? 0],
      level,
    ),
    warnings: warnings(policies, comparisons, minimumTestDays),
    assumptions: [
      ...effectAssumptions(effects),
      "Effects of changes add up on the scale of the effects, and last; tests run one after another, each unit in one of them.",
      "A year of testing counts every change for good; within the year each counts from its decision on.",
      ...delayAssumptions(setting.calendar.macroDelay),
    ],
  };
}

function checkedTestDays(days: number = SHORTEST_TEST_DAYS): number {
  checkMagnitude("minimumTestDays", days);
  if (days < DAYS_PER_YEAR) return days;
  throw new DomainError("minimumTestDays", days, `must be below ${DAYS_PER_YEAR}`);
}

function simulations(
  { simulate }: ProgrammeGainInput,
  { nodes }: ProgrammeSetting,
  tests: readonly ReturnType<typeof plannedTest>[],
  counting: GainCounting,
): SimulatedYears[] | null {
  if (simulate === undefined) return null;
  checkObject("simulate", simulate);
  checkCount("simulate.seed", simulate.seed);
  checkCount("simulate.years", simulate.years, 2);
  const all = tests.reduce((sum, test) => sum + simulate.years * (1 + test.testsPerYear), 0);
  if (all > MOST_SIMULATED_TESTS) {
    throw new DomainError(
      "simulate.years",
      simulate.years,
      `must leave at most ${MOST_SIMULATED_TESTS} tests to simulate, not ${Math.round(all)}`,
    );
  }
  const random = createRandom(simulate.seed);
  return tests.map((test) => simulateProgramme(nodes, test, counting, simulate.years, random.split()));
}

function warnings(
  policies: readonly ProgrammePolicyReading[],
  comparisons: readonly PolicyComparison[],
  minimumTestDays: number,
): Warning[] {
  const found: Warning[] = [];
  const shortest = policies.filter(({ best }) => best.testDays <= minimumTestDays * (1 + 1e-9));
  if (shortest.length > 0) {
    found.push({
      code: "SHORTEST_TEST",
      message: `At the shortest test allowed, ${minimumTestDays} days, a year gains most (${shortest.map(({ policy }) => policy).join(", ")}): there are more ideas than traffic tests well.`,
    });
  }
  if (comparisons[0]!.difference < 0) {
    found.push({
      code: "PROXY_LOSES",
      message: "Trusting the proxy alone is expected to gain less in a year than waiting for sales.",
    });
  }
  for (const { policy, best } of policies) {
    if (best.gainPerTest > 0) continue;
    found.push({
      code: "NO_GAIN",
      message: `By ${policy} a test gains nothing, or loses, at any size: better not to decide that way.`,
    });
  }
  return found;
}
