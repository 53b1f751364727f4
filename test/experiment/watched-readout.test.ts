import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { analyzeExperiment } from "../../src/experiment/analyze-experiment.ts";
import { experimentDataSchema } from "../../src/experiment/experiment-data-schema.ts";
import type { ArmData, ExperimentData, MetricResult } from "../../src/experiment/experiment-data.ts";
import type { ExperimentPlan } from "../../src/experiment/experiment-plan.ts";
import { planExperiment } from "../../src/experiment/plan-experiment.ts";
import type { PlannedMonitoring } from "../../src/experiment/planned-monitoring.ts";
import { alwaysValidPValue } from "../../src/sequential/always-valid-p-value.ts";
import { analyzeGroupSequential } from "../../src/sequential/analyze-group-sequential.ts";
import { groupSequentialDesign } from "../../src/sequential/group-sequential-design.ts";
import { faultOf } from "../support/sound-result.ts";
import { watchedRejections } from "../support/watched-simulation.ts";

const LOOKS: PlannedMonitoring = { method: "group-sequential", looks: 4 };
const ANY_TIME: PlannedMonitoring = { method: "normal-mixture" };

const plan: ExperimentPlan = {
  name: "Green button",
  control: "grey",
  treatments: ["green"],
  n: 40_000,
  monitoring: LOOKS,
  metrics: [{ name: "order", role: "macro", kind: "proportion", baseline: 0.05, lift: 0.1 }],
};

type Pair = readonly [conversions: number, more: number];

function arms(n: number, conversions: readonly number[], further: readonly MetricResult[] = []): ArmData[] {
  return conversions.map((count, i) => ({
    name: ["grey", "green", "red"][i]!,
    n,
    results: [{ metric: "order", conversions: count }, ...further],
  }));
}

/** Looks at a quarter of the planned units, at two quarters, and so on. */
function data(
  looks: readonly Pair[],
  change: Partial<ExperimentPlan> = {},
  also: Partial<ExperimentData> = {},
): ExperimentData {
  const seen = looks.map((pair, k) => ({ arms: arms(10_000 * (k + 1), pair) }));
  return {
    name: plan.name,
    plan: { ...plan, ...change },
    earlierLooks: seen.slice(0, -1),
    arms: seen.at(-1)!.arms,
    ...also,
  };
}

type Readout = ReturnType<typeof analyzeExperiment>;
const read = (...args: Parameters<typeof data>): Readout["treatments"][number] =>
  analyzeExperiment(data(...args)).treatments[0]!;
const codes = (list: readonly { code: string }[]): string[] => list.map(({ code }) => code);

const QUIET: Pair[] = [
  [500, 505],
  [1000, 1010],
  [1500, 1520],
];
const CLEAR: Pair[] = [
  [500, 560],
  [1000, 1150],
];

describe("a test with planned looks", () => {
  const design = groupSequentialDesign({ looks: 4 });
  const looks = (pairs: readonly Pair[]): { control: object; treatment: object }[] =>
    pairs.map(([control, treatment], k) => ({
      control: { n: 10_000 * (k + 1), conversions: control },
      treatment: { n: 10_000 * (k + 1), conversions: treatment },
    }));
  const analyzed = (pairs: readonly Pair[]): ReturnType<typeof analyzeGroupSequential> =>
    analyzeGroupSequential({
      design,
      looks: looks(pairs) as never,
      planned: { control: 40_000, treatment: 40_000 },
    });

  it("is read by its boundaries, and by its stage-wise conclusion once it has ended", () => {
    const { conclusion, looks: seen } = analyzed(CLEAR);
    const [macro] = read(CLEAR).metrics;
    expect(macro!.sequential).toMatchObject({
      method: "group-sequential",
      decision: "reject",
      stoppedAt: 2,
      alpha: 0.05,
      pValue: conclusion!.pValue,
      difference: conclusion!.effects.difference,
      lift: conclusion!.effects.lift,
      nextLook: null,
    });
    expect(macro!.sequential!.looks.map(({ boundary }) => boundary)).toEqual(
      seen.map(({ efficacy }) => efficacy),
    );
    expect(macro).toMatchObject({ adjustment: "bonferroni", adjustedPValue: conclusion!.pValue });
  });

  it("shows the repeated p-value and interval while it goes on, and when to look again", () => {
    const { looks: seen } = analyzed(QUIET);
    const { decision, metrics } = read(QUIET, {}, { days: 30 });
    expect(metrics[0]!.sequential).toMatchObject({
      decision: "continue",
      pValue: seen[2]!.repeatedPValue,
      lift: { interval: seen[2]!.repeatedIntervals.lift },
      nextLook: { control: 40_000, treatment: 40_000 },
    });
    expect(decision).toMatchObject({ action: "keep-running", step: "looks", untilDay: 40 });
    expect(decision.reasons[0]!.message).toContain("its boundary is 2.36");
    expect(decision.reasons[0]!.message).toContain('40,000 final units of "grey"');
  });

  it("ships what has passed a boundary early, and says what that saved", () => {
    const { decision } = read(CLEAR);
    expect(decision).toMatchObject({ action: "ship", step: "macro" });
    expect(codes(decision.reasons)).toEqual(["MACRO_IMPROVED", "STOPPED_EARLY"]);
    expect(decision.reasons[1]!.message).toContain("40,000 of the planned units");
  });

  it("stops what has passed the other one, and turns both round where less is better", () => {
    const fell = CLEAR.map(([few, many]): Pair => [many, few]);
    const metrics = [{ ...plan.metrics[0]!, improvesWhen: "decrease", lift: -0.1 } as const];
    expect(read(fell).decision).toMatchObject({ action: "stop", step: "macro" });
    expect(read(fell, { metrics }).decision.action).toBe("ship");
    expect(read(CLEAR, { metrics }).decision.action).toBe("stop");
  });

  it("looks for one direction where the plan does", () => {
    const oneSided = { alternative: "less" } as const;
    expect(read(CLEAR, oneSided).decision.action).toBe("keep-running");
    const fell = read(
      CLEAR.map(([few, many]): Pair => [many, few]),
      oneSided,
    );
    expect(fell.decision.action).toBe("stop");
    expect(fell.metrics[0]!.sequential!.lift.interval.confidenceLevel).toBeCloseTo(0.9, 12);
  });

  it("gives up at a boundary of futility: as a recommendation, or because it binds", () => {
    const futile: Pair[] = [
      [500, 500],
      [1000, 990],
    ];
    for (const binding of [false, true]) {
      const { decision } = read(futile, { monitoring: { ...LOOKS, futility: { binding } } });
      expect(decision.action).toBe("stop");
      expect(codes(decision.reasons)).toEqual(["FUTILITY", "STOPPED_EARLY"]);
      expect(decision.reasons[0]!.message).toContain(binding ? "has it stop here" : "recommendation");
    }
    expect(read(futile).decision.action).toBe("keep-running");
  });

  it("can end without telling, and stops where the planned lift is ruled out by its own interval", () => {
    const still = read([...QUIET, [2000, 2090]]);
    expect(still.decision).toMatchObject({ action: "cannot-tell", step: "macro" });
    expect(still.metrics[0]!.sequential!.decision).toBe("accept");
    const flat = read([...QUIET, [2000, 1990]]);
    expect(codes(flat.decision.reasons)).toEqual(["PLANNED_LIFT_RULED_OUT"]);
    expect(flat.metrics[0]!.sequential!.lift.interval.upper).toBeLessThan(0.1);
  });

  it("still asks for an even split before it looks at anything else", () => {
    const [grey, green] = data(CLEAR).arms;
    const uneven = data(CLEAR, {}, { arms: [grey!, { ...green!, n: 22_000 }] });
    expect(analyzeExperiment(uneven).treatments[0]!.decision).toMatchObject({ action: "blocked" });
  });

  it("still asks for guardrails that hold", () => {
    const metrics = [
      ...plan.metrics,
      { name: "load", role: "guardrail", kind: "mean", baseline: 2, standardDeviation: 1, margin: 0.02 },
    ] as const;
    const load = (mean: number): MetricResult => ({ metric: "load", mean, variance: 1 });
    const document = data(CLEAR, { metrics });
    const withLoad = (mean: number): ExperimentData => ({
      ...document,
      arms: arms(20_000, CLEAR[1]!, [load(mean)]).map((arm, i) =>
        i === 0 ? { ...arm, results: [arm.results[0]!, load(2)] } : arm,
      ),
    });
    const decisions = [2, 1.95, 1.7].map(
      (mean) => analyzeExperiment(withLoad(mean)).treatments[0]!.decision.action,
    );
    expect(decisions).toEqual(["ship", "cannot-tell", "stop"]);
    expect(analyzeExperiment(withLoad(2)).assumptions.join(" ")).toContain("Guardrails decide at the look");
  });

  it("reads only units whose outcome is final, and waits for the first of them", () => {
    const metrics = [{ ...plan.metrics[0]!, attributionDays: 7 }];
    const [look] = [{ arms: arms(10_000, [500, 560]) }];
    const young = arms(20_000, [500, 560]).map((arm) => ({
      ...arm,
      results: [{ ...arm.results[0]!, n: 10_000 }],
    }));
    const document = data([[1, 1]], { metrics }, { arms: young, days: 14 });
    const { sequential } = analyzeExperiment(document).treatments[0]!.metrics[0]!;
    expect(sequential!.looks[0]).toMatchObject({
      matured: { control: 10_000, treatment: 10_000 },
      entered: { control: 20_000, treatment: 20_000 },
    });
    const early = analyzeExperiment({ ...document, arms: look!.arms, days: 5 }).treatments[0]!;
    expect(early.decision).toMatchObject({ action: "keep-running", step: "maturity" });
    const none = young.map((arm) => ({ ...arm, results: [{ metric: "order", n: 0, conversions: 0 }] }));
    const empty = analyzeExperiment({ ...document, arms: none }).treatments[0]!;
    expect(empty.decision).toMatchObject({ action: "keep-running", step: "looks" });
    expect(codes(empty.decision.reasons)).toEqual(["NOTHING_TO_LOOK_AT"]);
    expect(empty.metrics[0]!.sequential).toBeNull();
  });

  it("takes no notice of a look that saw nobody new", () => {
    const repeated = data([CLEAR[0]!, CLEAR[0]!]);
    const same = { ...repeated, arms: repeated.earlierLooks![0]!.arms };
    expect(analyzeExperiment(same).treatments[0]!.metrics[0]!.sequential!.looks).toHaveLength(1);
  });

  it("keeps its verdict when more comes in after the end", () => {
    const over = read([...QUIET, [2000, 2090], [2500, 2900]]);
    expect(over.decision.action).toBe("cannot-tell");
    expect(codes(over.metrics[0]!.sequential!.warnings)).toEqual(["LOOKS_AFTER_END"]);
    const after = read([...CLEAR, [1500, 1500]]);
    expect(after.decision.action).toBe("ship");
    expect(codes(after.metrics[0]!.sequential!.warnings)).toEqual(["LOOKS_AFTER_STOP"]);
  });

  it("tells when it was looked at otherwise than planned", () => {
    const monitoring: PlannedMonitoring = { method: "group-sequential", looks: 2, spending: "pocock" };
    const departed = analyzeExperiment(data(QUIET, { monitoring })).departures.map(({ message }) => message);
    expect(departed).toEqual([
      "2 looks were planned and 3 taken.",
      "Look 1 was planned at 50 % of the units and taken at 25 %.",
      "Look 2 was planned at 100 % of the units and taken at 50 %.",
    ]);
    const { sequential } = read(QUIET, { monitoring }).metrics[0]!;
    expect(sequential).toMatchObject({ decision: "accept", stoppedAt: 2 });
    expect(codes(sequential!.warnings)).toEqual(["LOOKS_AFTER_END"]);
    expect(analyzeExperiment(data(QUIET)).departures).toEqual([]);
  });

  it("has no repeated p-value before the end of a Haybittle–Peto design, and says so by its boundary alone", () => {
    const monitoring: PlannedMonitoring = { ...LOOKS, spending: "haybittle-peto" };
    const { decision, metrics } = read(QUIET, { monitoring });
    expect(metrics[0]).toMatchObject({ adjustedPValue: null, sequential: { pValue: null } });
    expect(decision.reasons[0]!.message).toContain("its boundary is 3.00. ");
  });

  it("shares alpha out among treatments first, and then among looks", () => {
    const seen = (k: number): ArmData[] => arms(10_000 * k, [500 * k, 560 * k, 505 * k]);
    const readout = analyzeExperiment({
      name: plan.name,
      plan: { ...plan, treatments: ["green", "red"] },
      earlierLooks: [{ arms: seen(1) }],
      arms: seen(2).toReversed(),
    });
    const [red, green] = readout.treatments.map(({ metrics }) => metrics[0]!);
    expect(green!.sequential!.alpha).toBe(0.025);
    expect(green!.adjustedPValue).toBe(2 * green!.sequential!.pValue!);
    expect(red!.sequential!.looks[1]!.boundary).toBe(green!.sequential!.looks[1]!.boundary);
    expect(readout.assumptions.join(" ")).toContain("Bonferroni");
  });

  it("reads means as it reads rates", () => {
    const metrics = [
      { name: "order", role: "macro", kind: "mean", baseline: 2, standardDeviation: 3, lift: 0.05 },
    ] as const;
    const seen = (k: number): ArmData[] =>
      [2, 2.1].map((mean, i) => ({
        name: ["grey", "green"][i]!,
        n: 10_000 * k,
        results: [{ metric: "order", mean, variance: 9 }],
      }));
    const document = data(CLEAR, { metrics }, { earlierLooks: [{ arms: seen(1) }], arms: seen(3) });
    const [treatment] = analyzeExperiment(document).treatments;
    expect(treatment!.decision.action).toBe("ship");
    expect(treatment!.metrics[0]!.sequential!.lift.estimate).toBeCloseTo(0.05, 3);
  });

  it("minds conversions that are still to come when all units are read at once", () => {
    const metrics = [{ ...plan.metrics[0]!, conversionDelay: { meanDays: 4 } }];
    const late = { metrics, totalUnitsPerDay: 4000 };
    expect(codes(analyzeExperiment(data(CLEAR, late)).warnings)).toEqual(["LATE_CONVERSIONS"]);
    expect(codes(analyzeExperiment(data(CLEAR, { ...late, monitoring: ANY_TIME })).warnings)).toEqual([]);
  });

  it("does not say that it is read once, on any line", () => {
    const readout = analyzeExperiment(data(CLEAR));
    expect(readout.method).toBe("group-sequential");
    const macro = readout.treatments[0]!.metrics[0]!;
    expect([...readout.assumptions, ...macro.sequential!.assumptions].join(" ")).not.toContain("read once");
  });
});

describe("a test that may be looked at any time", () => {
  const change = { monitoring: ANY_TIME };
  const tested = (pairs: readonly Pair[]): ReturnType<typeof alwaysValidPValue> => {
    let previous: ReturnType<typeof alwaysValidPValue> | undefined;
    pairs.forEach(([control, treatment], k) => {
      const n = 10_000 * (k + 1);
      previous = alwaysValidPValue({
        control: { n, conversions: control },
        treatment: { n, conversions: treatment },
        tightestN: 40_000,
        previous,
      });
    });
    return previous!;
  };

  it("is read by its always-valid p-value, which each look hands on to the next", () => {
    const now = tested(CLEAR);
    expect(now.pValue).toBeLessThan(0.05);
    const { decision, metrics } = read(CLEAR, change);
    expect(decision.action).toBe("ship");
    expect(metrics[0]!.sequential).toMatchObject({
      method: "normal-mixture",
      stoppedAt: 2,
      pValue: now.pValue,
      logPValue: now.logPValue,
      lift: { estimate: now.lift.estimate, interval: now.lift.running },
    });
    expect(analyzeExperiment(data(CLEAR, change)).method).toBe("always-valid");
  });

  it("goes on until its planned end, and no look is a departure", () => {
    const { decision } = read(QUIET, change, { days: 15 });
    expect(decision).toMatchObject({ action: "keep-running", step: "looks", untilDay: 20 });
    expect(decision.reasons[0]!.message).toContain("look again at any time");
    const ended = read([...QUIET, [2000, 2090]], { monitoring: { method: "asymptotic" } });
    expect(ended.decision.action).toBe("cannot-tell");
    expect(ended.metrics[0]!.sequential).toMatchObject({ decision: "accept", stoppedAt: 4, nextLook: null });
    expect(analyzeExperiment(data([...QUIET, [2000, 2090]], change)).departures).toEqual([]);
  });

  it("keeps the direction in which it first rejected", () => {
    const turned = read([...CLEAR, [1600, 1400]], change);
    expect(turned.decision.action).toBe("ship");
    expect(turned.metrics[0]!.sequential!.stoppedAt).toBe(2);
  });

  it("waits where nothing varies yet", () => {
    const { decision } = read([[0, 0]], change);
    expect(decision).toMatchObject({ action: "keep-running", step: "looks" });
    expect(decision.reasons[0]!.message).toContain("lack of variation");
  });
});

describe("a test that is read once", () => {
  it("is the same with the word for it as without", () => {
    const document = data([[500, 560]]);
    const { earlierLooks: _, ...once } = { ...document, arms: arms(40_000, [2000, 2200]) };
    const { monitoring: __, ...silent } = plan;
    const said = analyzeExperiment({ ...once, plan: { ...plan, monitoring: { method: "fixed-horizon" } } });
    const unsaid = analyzeExperiment({ ...once, plan: silent });
    expect({ ...said, fingerprint: "" }).toEqual({ ...unsaid, fingerprint: "" });
    expect(said.treatments[0]!.metrics[0]!.sequential).toBeNull();
  });

  it("is warned of where the plan counts on a variance that the reading does not have", () => {
    const metrics = [{ ...plan.metrics[0]!, varianceReduction: { covariateCorrelation: 0.6 } }];
    const { warnings } = analyzeExperiment(data(CLEAR, { metrics }));
    expect(codes(warnings)).toEqual(["VARIANCE_NOT_ADJUSTED"]);
    expect(analyzeExperiment(data(CLEAR)).warnings).toEqual([]);
  });
});

describe("whatever looks a document holds", () => {
  const monitoring = fc.constantFrom<PlannedMonitoring>(
    LOOKS,
    { ...LOOKS, futility: {} },
    { ...LOOKS, spending: "pocock" },
    { ...LOOKS, spending: "haybittle-peto" },
    { method: "group-sequential", looks: 2, futility: { binding: true } },
    ANY_TIME,
    { method: "asymptotic" },
  );
  // Units and conversions per look: mostly as in a shop, sometimes nobody, or everybody.
  const share = fc.oneof(
    { weight: 6, arbitrary: fc.integer({ min: 40, max: 60 }).map((x) => x / 1000) },
    { weight: 1, arbitrary: fc.constantFrom(0, 0.001, 1) },
  );
  const increment = fc.record({
    n: fc.oneof(
      { weight: 8, arbitrary: fc.integer({ min: 500, max: 15_000 }) },
      { weight: 1, arbitrary: fc.constantFrom(-1, 0, 1) },
    ),
    control: share,
    treatment: share,
  });
  const document = fc
    .record({
      monitoring,
      alternative: fc.constantFrom("two-sided", "greater", "less"),
      increments: fc.array(increment, { minLength: 1, maxLength: 6 }),
      badly: fc.constantFrom(0, 0, 0, 1),
    })
    .map(({ monitoring: watch, alternative, increments, badly }): ExperimentData => {
      const at = { n: 0, control: 0, treatment: 0 };
      const looks = increments.map(({ n, control, treatment }) => {
        at.n = Math.max(0, at.n + (n < 0 ? -badly : n));
        at.control = Math.min(at.n, at.control + Math.floor(control * Math.max(0, n)));
        at.treatment = Math.min(at.n, at.treatment + Math.floor(treatment * Math.max(0, n)));
        return { arms: arms(at.n, [at.control, at.treatment]) };
      });
      return {
        name: plan.name,
        plan: { ...plan, alternative, monitoring: watch },
        earlierLooks: looks.slice(0, -1),
        arms: looks.at(-1)!.arms,
      };
    });

  it("is refused by the schema or read without a gap, and then p, interval and decision agree", () => {
    let readouts = 0;
    fc.assert(
      fc.property(document, (one) => {
        const isAccepted = experimentDataSchema.safeParse(one).success;
        if (!isAccepted) {
          expect(() => analyzeExperiment(one)).toThrow(/look before|at least one unit/);
          return;
        }
        const readout = analyzeExperiment(one);
        expect(faultOf(readout)).toBeNull();
        const macro = readout.treatments[0]!.metrics[0]!;
        const { sequential } = macro;
        if (sequential === null) return;
        readouts++;
        const isRejected = sequential.decision === "reject";
        if (sequential.pValue !== null && sequential.decision !== "continue") {
          expect(sequential.pValue <= 0.05).toBe(isRejected);
        }
        if (sequential.pValue !== null) expect(macro.adjustedPValue).toBe(sequential.pValue);
        const { lower, upper } = sequential.difference.interval;
        const leavesOutZero = { "two-sided": lower > 0 || upper < 0, greater: lower > 0, less: upper < 0 };
        if (sequential.method === "group-sequential") {
          expect(leavesOutZero[sequential.alternative]).toBe(isRejected);
        }
        expect(sequential.stoppedAt === null).toBe(sequential.decision === "continue");
        expect(sequential.nextLook === null).toBe(sequential.decision !== "continue");
      }),
      { numRuns: 30 },
    );
    expect(readouts).toBeGreaterThan(15);
  });

  it("stops at the same look whether it is read look by look or all at once", () => {
    fc.assert(
      fc.property(document, (one) => {
        fc.pre(experimentDataSchema.safeParse(one).success);
        // A boundary of futility that does not bind is one to go on at.
        const { monitoring: watch } = one.plan!;
        fc.pre(watch?.method !== "group-sequential" || watch.futility?.binding !== false);
        fc.pre(watch?.method !== "group-sequential" || watch.futility === undefined);
        const looks = [...one.earlierLooks!, { arms: one.arms }];
        const sequentialAt = (k: number): number | null => {
          const upTo = { ...one, earlierLooks: looks.slice(0, k), arms: looks[k]!.arms };
          return analyzeExperiment(upTo).treatments[0]!.metrics[0]!.sequential?.stoppedAt ?? null;
        };
        const first = looks.map((_, k) => sequentialAt(k)).find((at) => at !== null) ?? null;
        expect(sequentialAt(looks.length - 1)).toBe(first);
      }),
      { numRuns: 10 },
    );
  });
});

describe("simulated, through the whole document", () => {
  // At a large alpha, so that few experiments tell; test/simulation has many, at 5 %.
  const { n: _, ...sized } = { ...plan, alpha: 0.2 };

  it.each([
    ["planned looks", { method: "group-sequential", looks: 3 }, 3, 120],
    ["looks at any time", ANY_TIME, 20, 40],
  ] as const)(
    "%s raise no more false alarms than alpha, and find what was planned",
    (_name, monitoring, looks, experiments) => {
      const watched = { ...sized, monitoring };
      const terms = { plan: watched, n: planExperiment(watched).n.control, looks, experiments };
      const slack = (p: number): number => 3.3 * Math.sqrt((p * (1 - p)) / experiments);
      const alarms = watchedRejections({ ...terms, lift: 0, seed: 11 });
      expect(alarms.rejected).toBeLessThan(0.2 + slack(0.2));
      const found = watchedRejections({ ...terms, lift: 0.1, seed: 12 });
      expect(Math.abs(found.rejectedUpwards - 0.8)).toBeLessThan(slack(0.8));
    },
  );
});
