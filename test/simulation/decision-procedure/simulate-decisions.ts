import { analyzeExperiment, type TreatmentReadout } from "../../../src/experiment/analyze-experiment.ts";
import type { ArmData, EarlierLook, MetricResult } from "../../../src/experiment/experiment-data.ts";
import type { ExperimentPlan, PlannedMetric } from "../../../src/experiment/experiment-plan.ts";
import { planExperiment } from "../../../src/experiment/plan-experiment.ts";
import { createRandom, type Random } from "../../../src/numerics/random.ts";
import { planOf, type World } from "./worlds.ts";

/** What may become of a test; of several treatments, of at least one. */
const OUTCOMES = [
  "ship",
  /** Stopped for a guardrail. */
  "guardrailStop",
  /** The macro metric improved, and harm to a guardrail could not be ruled out. */
  "guardrailOpen",
  "blocked",
  /** A secondary metric is significant after its adjustment. */
  "secondaryFlag",
] as const;

/** Shares of simulated tests that end in some way. */
export type Outcomes = Readonly<Record<(typeof OUTCOMES)[number], number>>;

/** Runs tests in a world from their plan to their decisions, each look as one document. */
export function simulateDecisions(world: World, experiments: number, seed: number): Outcomes {
  const plan = planOf(world);
  const { n } = planExperiment(plan);
  const random = createRandom(seed);
  const ended = Array.from({ length: experiments }, () => runTest(world, plan, n.control, random));
  const shareOf = (outcome: keyof Outcomes): number =>
    ended.filter((outcomes) => outcomes.has(outcome)).length / experiments;
  return Object.fromEntries(OUTCOMES.map((outcome) => [outcome, shareOf(outcome)])) as Outcomes;
}

/** One test, looked at until every treatment has its decision. */
function runTest(
  { looks = 1, lifts = {}, lost }: World,
  plan: ExperimentPlan,
  n: number,
  random: Random,
): Set<keyof Outcomes> {
  const arms = [
    new SimulatedArm(plan.control, plan.metrics, {}),
    ...plan.treatments.map((name) => new SimulatedArm(name, plan.metrics, lifts)),
  ];
  const earlierLooks: EarlierLook[] = [];
  const decided = new Set<string>();
  const outcomes = new Set<keyof Outcomes>();
  for (let look = 1; look <= looks && decided.size < plan.treatments.length; look++) {
    const planned = Math.ceil((n * look) / looks);
    const sizes = lost === undefined ? arms.map(() => planned) : brokenSplit(planned, lost, random);
    arms.forEach((arm, j) => arm.enter(sizes[j]! - arm.n, random));
    const data = arms.map((arm) => arm.data());
    const before = looks > 1 ? { earlierLooks: [...earlierLooks] } : {};
    const readout = analyzeExperiment({ name: plan.name, plan, arms: data, ...before });
    earlierLooks.push({ arms: data.map((arm) => ({ ...arm, results: arm.results.slice(0, 1) })) });
    for (const treatment of readout.treatments) {
      if (decided.has(treatment.name) || treatment.decision.action === "keep-running") continue;
      decided.add(treatment.name);
      outcomesOf(treatment, readout.alpha).forEach((outcome) => outcomes.add(outcome));
    }
  }
  if (decided.size < plan.treatments.length) throw new Error("a test went on beyond its planned end");
  return outcomes;
}

function outcomesOf({ decision, metrics }: TreatmentReadout, alpha: number): (keyof Outcomes)[] {
  const { action, step } = decision;
  const isFlagged = metrics.some(
    ({ role, adjustedPValue }) => role === "secondary" && (adjustedPValue ?? 1) < alpha,
  );
  const found: Record<keyof Outcomes, boolean> = {
    ship: action === "ship",
    guardrailStop: action === "stop" && step === "guardrails",
    guardrailOpen: action === "cannot-tell" && step === "guardrails",
    blocked: action === "blocked",
    secondaryFlag: isFlagged,
  };
  return OUTCOMES.filter((outcome) => found[outcome]);
}

/** Two arms that chance splits up, one of which loses units; so many enter that both have those that were planned. */
function brokenSplit(planned: number, lost: number, random: Random): [control: number, treatment: number] {
  const total = Math.ceil((2.05 * planned) / (1 - lost));
  const control = random.binomial(total, 0.5);
  return [control, random.binomial(total - control, 1 - lost)];
}

/** An arm that units enter. Metrics are independent of each other, but that orders are among the carts. */
class SimulatedArm {
  n = 0;
  readonly #name: string;
  readonly #metrics: readonly (PlannedMetric & { readonly level: number })[];
  readonly #sums = new Map<string, number>();

  constructor(name: string, metrics: readonly PlannedMetric[], lifts: NonNullable<World["lifts"]>) {
    this.#name = name;
    this.#metrics = metrics.map((metric) => ({
      ...metric,
      level: metric.baseline * (1 + (lifts[metric.name] ?? 0)),
    }));
  }

  enter(units: number, random: Random): void {
    this.n += units;
    const levelOf = (name: string): number => this.#metrics.find((metric) => metric.name === name)!.level;
    const carts = random.binomial(units, levelOf("cart"));
    for (const { name, kind, level, standardDeviation } of this.#metrics) {
      const added =
        name === "cart"
          ? carts
          : name === "order"
            ? random.binomial(carts, level / levelOf("cart"))
            : kind === "proportion"
              ? random.binomial(units, level)
              : units * level + Math.sqrt(units) * standardDeviation! * random.normal();
      this.#sums.set(name, (this.#sums.get(name) ?? 0) + added);
    }
  }

  data(): ArmData {
    const results = this.#metrics.map(({ name, kind, standardDeviation }): MetricResult => {
      const sum = this.#sums.get(name)!;
      return kind === "proportion"
        ? { metric: name, conversions: sum }
        : { metric: name, mean: sum / this.n, variance: standardDeviation! ** 2 };
    });
    return { name: this.#name, n: this.n, results };
  }
}
