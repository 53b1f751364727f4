import type { Interval } from "../core/interval.ts";
import type { CompleteEffectNode } from "./effect-covariance.ts";
import { posteriorInterval } from "./posterior-interval.ts";
import {
  type GainCounting,
  type PlannedTest,
  type ProgrammePolicy,
  testsCounted,
  yearlyGain,
} from "./programme-policy.ts";
import { shareOfNodes } from "./share-of-nodes.ts";
import { nodeGain } from "./shipping-rule.ts";

/** How much more a policy earns in a year than waiting for sales does. */
export interface PolicyComparison {
  readonly policy: Exclude<ProgrammePolicy, "wait-for-sales">;
  /** Units per arm of the policy's tests, and of those that wait for sales. */
  readonly n: number;
  readonly waitingN: number;
  /** Expected gain of a year, less that of waiting. */
  readonly difference: number;
  /** Over that of waiting: above 1 the policy sells more. Null where waiting is expected to gain nothing. */
  readonly ratio: number | null;
  /** Over the posterior of the effect covariance; null without one. */
  readonly differenceInterval: Interval | null;
  /**
   * The same. A world where waiting gains nothing counts as Infinity if the policy gains more there and as −Infinity if
   * not, so that above 1 always means more.
   */
  readonly ratioInterval: Interval | null;
  /** Posterior probability that the policy gains more; 0 or 1 without a posterior. */
  readonly probabilityGainsMore: number;
}

/** Compares two ways of testing, with sizes and rules that stay what the average over the nodes made them. */
export function comparePolicies(
  nodes: readonly CompleteEffectNode[],
  policy: PolicyComparison["policy"],
  test: PlannedTest,
  waiting: PlannedTest,
  counting: GainCounting,
  confidenceLevel: number | null,
): PolicyComparison {
  const expected = { own: yearlyGain(nodes, test, counting), waiting: yearlyGain(nodes, waiting, counting) };
  const [tests, waitingTests] = [testsCounted(test, counting), testsCounted(waiting, counting)];
  const worlds = nodes.map((node) => ({
    own: nodeGain(node, test.rule) * tests,
    waiting: nodeGain(node, waiting.rule) * waitingTests,
  }));
  const interval = (values: readonly number[]): Interval | null =>
    confidenceLevel === null ? null : posteriorInterval(nodes, values, confidenceLevel);
  return {
    policy,
    n: test.n,
    waitingN: waiting.n,
    difference: expected.own - expected.waiting,
    ratio: expected.waiting > 0 ? expected.own / expected.waiting : null,
    differenceInterval: interval(worlds.map((world) => world.own - world.waiting)),
    ratioInterval: interval(worlds.map(ratioOf)),
    probabilityGainsMore: shareOfNodes(nodes, (_, i) => worlds[i]!.own > worlds[i]!.waiting),
  };
}

function ratioOf({ own, waiting }: { readonly own: number; readonly waiting: number }): number {
  if (waiting > 0) return own / waiting;
  return own > waiting ? Infinity : -Infinity;
}
