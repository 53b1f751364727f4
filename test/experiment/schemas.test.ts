import fc from "fast-check";
import { describe, expect, it } from "vitest";
import * as z from "zod/mini";
import { DomainError } from "../../src/core/domain-error.ts";
import { conversionDelaySchema, trafficSchema } from "../../src/experiment/calendar-schemas.ts";
import { experimentDataSchema } from "../../src/experiment/experiment-data-schema.ts";
import { experimentPlanSchema } from "../../src/experiment/experiment-plan-schema.ts";
import { fingerprint } from "../../src/experiment/fingerprint.ts";
import { fromJson, toJson } from "../../src/core/json.ts";
import { parseDocument } from "../../src/experiment/parse-document.ts";
import {
  effectCovarianceSchema,
  eventCountSchema,
  jointCountsSchema,
  meanSchema,
  proportionSchema,
  ratioSchema,
} from "../../src/experiment/summary-schemas.ts";
import { checkConversionDelay } from "../../src/models/conversion-delay.ts";
import { checkTraffic } from "../../src/models/traffic.ts";
import { checkEffectCovariance } from "../../src/proxy/effect-covariance.ts";
import { estimateEffectCovariance } from "../../src/proxy/estimate-effect-covariance.ts";
import { checkEventCount } from "../../src/summaries/count.ts";
import { checkJointCounts } from "../../src/summaries/joint-counts.ts";
import { checkMean } from "../../src/summaries/mean.ts";
import { checkProportion } from "../../src/summaries/proportion.ts";
import { checkRatio } from "../../src/summaries/ratio.ts";

const number = fc.oneof(
  fc.integer({ min: -2, max: 5 }),
  fc.double({ min: -1.5, max: 1.5 }),
  fc.constantFrom(Number.NaN, Infinity, -Infinity, 2 ** 53, 2 ** 53 - 1, 0.5, -0, "1", null),
);
const accepts = (action: () => void): boolean => {
  try {
    action();
    return true;
  } catch (error) {
    expect(error).toBeInstanceOf(DomainError);
    return false;
  }
};

describe("the schemas accept what the checks accept, and nothing else", () => {
  it("for proportions", () => {
    fc.assert(
      fc.property(fc.record({ n: number, conversions: number }), (value) => {
        expect(proportionSchema.safeParse(value).success).toBe(
          accepts(() => checkProportion("x", value as never)),
        );
      }),
      { numRuns: 2000 },
    );
  });

  it("for means", () => {
    const caps = fc.oneof(number, fc.record({ lower: number, upper: number }, { requiredKeys: [] }));
    const mean = fc.record(
      { n: number, mean: number, variance: number, skewness: number, winsorized: caps },
      { requiredKeys: ["n", "mean", "variance"] },
    );
    fc.assert(
      fc.property(mean, (value) => {
        expect(meanSchema.safeParse(value).success).toBe(accepts(() => checkMean("x", value as never)));
      }),
      { numRuns: 5000 },
    );
  });

  it("for ratios", () => {
    const likely = fc.oneof(
      { weight: 5, arbitrary: fc.integer({ min: 0, max: 3 }) },
      { weight: 1, arbitrary: number },
    );
    const moments = fc.record({ mean: likely, variance: likely });
    fc.assert(
      fc.property(
        fc.record({ n: likely, numerator: moments, denominator: moments, covariance: likely }),
        (value) => {
          expect(ratioSchema.safeParse(value).success).toBe(accepts(() => checkRatio("x", value as never)));
        },
      ),
      { numRuns: 2000 },
    );
  });

  it("for counts of events", () => {
    const count = fc.record(
      { n: number, events: number, variance: number },
      { requiredKeys: ["n", "events"] },
    );
    fc.assert(
      fc.property(count, (value) => {
        expect(eventCountSchema.safeParse(value).success).toBe(
          accepts(() => checkEventCount("x", value as never)),
        );
      }),
      { numRuns: 2000 },
    );
  });

  it("for joint counts", () => {
    const count = fc.oneof(
      { weight: 4, arbitrary: fc.integer({ min: 0, max: 3 }) },
      { weight: 1, arbitrary: number },
    );
    fc.assert(
      fc.property(fc.record({ neither: count, macroOnly: count, microOnly: count, both: count }), (value) => {
        expect(jointCountsSchema.safeParse(value).success).toBe(
          accepts(() => checkJointCounts("x", value as never)),
        );
      }),
      { numRuns: 2000 },
    );
  });

  it("for traffic", () => {
    const likely = fc.oneof(
      { weight: 6, arbitrary: fc.constantFrom(0, 0.5, 1, 2) },
      { weight: 1, arbitrary: number },
    );
    const week = fc.array(likely, { minLength: 6, maxLength: 8 });
    const rampUp = fc.oneof(fc.array(fc.record({ days: likely, share: likely }), { maxLength: 2 }), number);
    const startWeekday = fc.constantFrom("monday", "sunday", "Monday", 1);
    const traffic = fc.oneof(
      fc.record({ unitsPerDay: likely, rampUp }, { requiredKeys: ["unitsPerDay"] }),
      fc.record({ unitsPerWeekday: week, startWeekday, rampUp }, { requiredKeys: ["unitsPerWeekday"] }),
      fc.record(
        { firstDayUnits: likely, growthExponent: likely, rampUp },
        { requiredKeys: ["firstDayUnits"] },
      ),
      fc.record(
        { cumulativeUnits: fc.array(likely, { maxLength: 3 }), rampUp },
        { requiredKeys: ["cumulativeUnits"] },
      ),
    );
    fc.assert(
      fc.property(traffic, (value) => {
        expect(trafficSchema.safeParse(value).success).toBe(accepts(() => checkTraffic("x", value as never)));
      }),
      { numRuns: 5000 },
    );
  });

  it("for conversion delays", () => {
    const likely = fc.oneof(
      { weight: 6, arbitrary: fc.constantFrom(0, 0.1, 0.5, 1, 2) },
      { weight: 1, arbitrary: number },
    );
    const points = fc.array(likely, { maxLength: 3 });
    const delay = fc.oneof(
      fc.record({ attributionDays: likely }),
      fc.record({ meanDays: likely, windowDays: likely }, { requiredKeys: ["meanDays"] }),
      fc.record({ shape: likely, scaleDays: likely, windowDays: likely }, { requiredKeys: ["scaleDays"] }),
      fc.record({ logMean: likely, logSd: likely, windowDays: likely }, { requiredKeys: ["logSd"] }),
      fc.record({ days: points, shares: points, windowDays: likely }, { requiredKeys: ["days", "shares"] }),
    );
    fc.assert(
      fc.property(delay, (value) => {
        expect(conversionDelaySchema.safeParse(value).success).toBe(
          accepts(() => checkConversionDelay("x", value as never)),
        );
      }),
      { numRuns: 5000 },
    );
  });

  it("for effect covariances", () => {
    const part = fc.oneof(
      { weight: 5, arbitrary: fc.constantFrom(0.1, 0.5, 1) },
      { weight: 1, arbitrary: number },
    );
    const distribution = { tauProxy: part, tauMacro: part, rho: part };
    const effects = fc.record(
      {
        ...distribution,
        meanMacro: part,
        scale: fc.constantFrom("difference", "log-lift", "odds"),
        source: fc.constantFrom("assumed", "learned", "guessed"),
        posterior: fc.array(fc.record({ ...distribution, weight: part }), { maxLength: 2 }),
      },
      { requiredKeys: ["tauProxy", "tauMacro", "rho"] },
    );
    fc.assert(
      fc.property(effects, (value) => {
        expect(effectCovarianceSchema.safeParse(value).success).toBe(
          accepts(() => checkEffectCovariance("x", value as never)),
        );
      }),
      { numRuns: 2000 },
    );
  });

  it("for the populations of effects, infinite degrees of freedom among them", () => {
    const population = fc.oneof(
      fc.record({ family: fc.constant("normal") }),
      fc.record({ family: fc.constant("spike-and-normal"), probabilityOfNoEffect: number }),
      fc.record({ family: fc.constant("student-t"), degreesOfFreedom: number }),
      fc.record({ family: fc.constant("two-normals"), wideProbability: number, spreadRatio: number }),
      fc.record({
        family: fc.constant("scale-mixture"),
        components: fc.array(fc.record({ weight: number, spread: number }), { maxLength: 3 }),
      }),
    );
    fc.assert(
      fc.property(population, (value) => {
        const effects = { tauProxy: 0.04, tauMacro: 0.03, rho: 0.5, population: value };
        expect(effectCovarianceSchema.safeParse(effects).success).toBe(
          accepts(() => checkEffectCovariance("x", effects as never)),
        );
      }),
      { numRuns: 2000 },
    );
  });

  it("for the whole result that learned a covariance, as it is", () => {
    const learned = estimateEffectCovariance({
      experiments: [0.05, -0.03, 0.02].map((effect) => ({
        proxyEffect: effect,
        macroEffect: effect / 2,
        covariance: [
          [0.0001, 0],
          [0, 0.0004],
        ],
      })),
    });
    const { success, data } = effectCovarianceSchema.safeParse(fromJson(toJson(learned)));
    expect(success).toBe(true);
    expect(data).toMatchObject({ source: "learned", rho: learned.rho });
  });
});

const plan = {
  name: "Green button",
  control: "grey",
  treatments: ["green"],
  metrics: [
    { name: "order", role: "macro", kind: "proportion", baseline: 0.02, lift: 0.1 },
    { name: "cart", role: "proxy", kind: "proportion", baseline: 0.1, lift: 0.1, nested: true },
  ],
};
type Change = (document: ReturnType<typeof copy>) => void;
// oxlint-disable-next-line typescript/no-explicit-any -- a document from outside has no type
const copy = (value: unknown): any => structuredClone(value);

describe("a plan from outside", () => {
  const faults: readonly [string, Change, string][] = [
    ["no name", (d) => delete d.name, "plan.name"],
    ["a number for a name", (d) => (d.name = 5), "plan.name"],
    ["a misspelt option", (d) => (d.alhpa = 0.05), "plan.alhpa"],
    ["a percentage for alpha", (d) => (d.alpha = 5), "plan.alpha"],
    ["two arms of one name", (d) => d.treatments.push("grey"), "plan.treatments[1]"],
    ["two metrics of one name", (d) => (d.metrics[1].name = "order"), "plan.metrics[1].name"],
    ["no macro metric", (d) => (d.metrics[0].role = "secondary"), "plan.metrics"],
    ["two macro metrics", (d) => (d.metrics[1] = { ...d.metrics[0], name: "x" }), "plan.metrics"],
    ["a lift out of the rate's range", (d) => (d.metrics[1].lift = 9.5), "plan.metrics[1].lift"],
    ["a baseline of 0", (d) => (d.metrics[0].baseline = 0), "plan.metrics[0].baseline"],
    ["a mean without a deviation", (d) => (d.metrics[0].kind = "mean"), "plan.metrics[0].standardDeviation"],
    [
      "a guardrail without a margin",
      (d) => (d.metrics[1] = { name: "x", role: "guardrail", kind: "proportion", baseline: 0.1 }),
      "plan.metrics[1].margin",
    ],
    ["a margin without a guardrail", (d) => (d.metrics[0].margin = 0.1), "plan.metrics[0].margin"],
    [
      "effects of a macro metric",
      (d) => (d.metrics[0].effects = { tauProxy: 1, tauMacro: 1, rho: 0 }),
      "plan.metrics[0].effects",
    ],
    [
      "a proxy that is known after sales",
      (d) => {
        d.metrics[0].attributionDays = 7;
        d.metrics[1].attributionDays = 8;
      },
      "plan.metrics[1].attributionDays",
    ],
    [
      "a rule on an unknown proxy",
      (d) => (d.decisionRule = { kind: "proxy-assisted", proxy: "wish" }),
      "plan.decisionRule.proxy",
    ],
    ["an unknown rule", (d) => (d.decisionRule = { kind: "coin" }), "plan.decisionRule.kind"],
    [
      "beliefs that lack one",
      (d) => (d.metrics[1].effects = { elasticity: 1, tauProxy: 0.1 }),
      "plan.metrics[1].effects.directEffectSd",
    ],
    [
      "beliefs in which nothing moves",
      (d) => (d.metrics[1].effects = { elasticity: 0, tauProxy: 1, directEffectSd: 0 }),
      "plan.metrics[1].effects.directEffectSd",
    ],
    ["a nested proxy rarer than sales", (d) => (d.metrics[1].baseline = 0.01), "plan.metrics[1].baseline"],
    [
      "a margin that leaves the rate's range",
      (d) =>
        (d.metrics[1] = {
          name: "x",
          role: "guardrail",
          kind: "proportion",
          baseline: 0.9,
          margin: 0.5,
          improvesWhen: "decrease",
        }),
      "plan.metrics[1].margin",
    ],
    ["a power below alpha", (d) => (d.power = 0.01), "plan.power"],
    ["a string for traffic", (d) => (d.totalUnitsPerDay = "1000"), "plan.totalUnitsPerDay"],
  ];

  it.each(faults)("with %s is refused, and the field is named", (_, change, field) => {
    const document = copy(plan);
    change(document);
    try {
      parseDocument("plan", experimentPlanSchema, document);
      expect.unreachable("the document is broken");
    } catch (error) {
      expect(error).toBeInstanceOf(DomainError);
      expect((error as DomainError).field).toBe(field);
    }
  });

  it("that is sound is taken as it is", () => {
    expect(parseDocument("plan", experimentPlanSchema, copy(plan))).toEqual(plan);
  });

  it("names every fault, not only the first", () => {
    const document = copy(plan);
    document.alpha = 5;
    document.metrics[1].baseline = -1;
    expect(() => parseDocument("plan", experimentPlanSchema, document)).toThrow(
      /alpha.*metrics\[1\]|metrics\[1\].*alpha/s,
    );
  });

  it("has a JSON Schema, for editors and other languages", () => {
    for (const schema of [experimentPlanSchema, experimentDataSchema]) {
      const json = z.toJSONSchema(schema);
      expect(json).toMatchObject({ type: "object", additionalProperties: false });
      expect(json.required).toContain("name");
    }
  });
});

const data = {
  name: "Green button",
  control: "grey",
  metrics: [
    { name: "order", role: "macro", kind: "proportion" },
    { name: "cart", role: "proxy", kind: "proportion" },
    { name: "value", role: "secondary", kind: "mean" },
  ],
  arms: ["grey", "green"].map((name) => ({
    name,
    n: 1000,
    results: [
      { metric: "order", conversions: 20 },
      { metric: "cart", conversions: 100 },
      { metric: "value", mean: 1.5, variance: 30 },
    ],
    jointCounts: [{ micro: "cart", neither: 898, macroOnly: 2, microOnly: 82, both: 18 }],
  })),
};

describe("data from outside", () => {
  const faults: readonly [string, Change, string][] = [
    [
      "conversions above n",
      (d) => (d.arms[0].results[0].conversions = 1001),
      "data.arms[0].results[0].conversions",
    ],
    [
      "half a conversion",
      (d) => (d.arms[0].results[0].conversions = 1.5),
      "data.arms[0].results[0].conversions",
    ],
    ["more matured units than units", (d) => (d.arms[1].results[2].n = 1001), "data.arms[1].results[2].n"],
    ["an unknown metric", (d) => (d.arms[0].results[0].metric = "sale"), "data.arms[0].results[0].metric"],
    ["a metric missing", (d) => d.arms[0].results.pop(), "data.arms[0].results"],
    [
      "a metric twice",
      (d) => d.arms[0].results.push({ metric: "order", conversions: 3 }),
      "data.arms[0].results[3].metric",
    ],
    [
      "a mean for a proportion",
      (d) => (d.arms[0].results[0] = { metric: "order", mean: 1, variance: 1 }),
      "data.arms[0].results[0].conversions",
    ],
    [
      "conversions for a mean",
      (d) => (d.arms[0].results[2] = { metric: "value", conversions: 1 }),
      "data.arms[0].results[2].mean",
    ],
    ["a negative variance", (d) => (d.arms[0].results[2].variance = -1), "data.arms[0].results[2].variance"],
    ["an unknown control", (d) => (d.control = "blue"), "data.control"],
    ["one arm", (d) => d.arms.pop(), "data.arms"],
    ["two arms of one name", (d) => (d.arms[1].name = "grey"), "data.arms[1].name"],
    [
      "joint counts off the margin",
      (d) => (d.arms[0].jointCounts[0].both = 19),
      "data.arms[0].jointCounts[0]",
    ],
    [
      "joint counts of other units",
      (d) => (d.arms[0].jointCounts[0].neither = 899),
      "data.arms[0].jointCounts[0]",
    ],
    [
      "joint counts of no metric",
      (d) => (d.arms[0].jointCounts[0].micro = "wish"),
      "data.arms[0].jointCounts[0].micro",
    ],
    [
      "sales past a nested step",
      (d) => (d.metrics[1].nested = true),
      "data.arms[0].jointCounts[0].macroOnly",
    ],
    [
      "fewer nested conversions than sales",
      (d) => {
        d.metrics[1].nested = true;
        d.arms[0].results[1].conversions = 19;
        delete d.arms[0].jointCounts;
        delete d.arms[1].jointCounts;
      },
      "data.arms[0].results[1].conversions",
    ],
    ["a variance of one unit", (d) => (d.arms[0].results[2].n = 1), "data.arms[0].results[2].variance"],
    ["no metrics and no plan", (d) => delete d.metrics, "data.metrics"],
    ["a share of 0", (d) => (d.arms[0].share = 0), "data.arms[0].share"],
  ];

  it.each(faults)("with %s is refused, and the field is named", (_, change, field) => {
    const document = copy(data);
    change(document);
    expect(experimentDataSchema.safeParse(data).success).toBe(true);
    try {
      parseDocument("data", experimentDataSchema, document);
      expect.unreachable("the document is broken");
    } catch (error) {
      expect(error).toBeInstanceOf(DomainError);
      const shown = error as DomainError;
      expect([shown.field, ...shown.message.matchAll(/; ([^:]+):/g)].flat()).toContain(field);
    }
  });

  const watchedPlan = { ...plan, n: 4000, monitoring: { method: "group-sequential", looks: 4 } };
  const seen = (n: number): object[] =>
    ["grey", "green"].map((name) => ({
      name,
      n,
      results: [
        { metric: "order", conversions: n / 50 },
        { metric: "cart", conversions: n / 10 },
      ],
    }));
  const watched = {
    name: "Green button",
    plan: watchedPlan,
    earlierLooks: [{ arms: seen(1000) }, { arms: seen(2000) }],
    arms: seen(3000),
  };
  const lookFaults: readonly [string, Change, string][] = [
    ["looks at a test without monitoring", (d) => delete d.plan.monitoring, "data.earlierLooks"],
    [
      "looks at a test that is read once",
      (d) => (d.plan.monitoring = { method: "fixed-horizon" }),
      "data.earlierLooks",
    ],
    [
      "looks without a plan",
      (d) => {
        delete d.plan;
        Object.assign(d, { control: "grey", metrics: data.metrics.slice(0, 2) });
      },
      "data.earlierLooks",
    ],
    ["another alpha than planned", (d) => (d.alpha = 0.1), "data.alpha"],
    ["another alternative than planned", (d) => (d.alternative = "less"), "data.alternative"],
    ["more treatments than planned", (d) => d.arms.push({ ...d.arms[1], name: "red" }), "data.arms"],
    [
      "a look that lacks an arm",
      (d) => (d.earlierLooks[0].arms[1].name = "red"),
      "data.earlierLooks[0].arms",
    ],
    ["a look at one arm", (d) => d.earlierLooks[1].arms.pop(), "data.earlierLooks[1].arms"],
    [
      "a look without the macro metric",
      (d) => d.earlierLooks[1].arms[0].results.shift(),
      "data.earlierLooks[1].arms[0].results",
    ],
    [
      "a look at a metric unknown",
      (d) => (d.earlierLooks[0].arms[0].results[1].metric = "sale"),
      "data.earlierLooks[0].arms[0].results[1].metric",
    ],
    ["units that were lost", (d) => (d.earlierLooks[0].arms[0].n = 2001), "data.earlierLooks[1].arms[0].n"],
    ["units that were lost by now", (d) => (d.arms[1].n = 1999), "data.arms[1].n"],
    ["final units that were lost", (d) => (d.arms[1].results[0].n = 1999), "data.arms[1].results[0].n"],
    [
      "conversions that were lost",
      (d) => (d.earlierLooks[1].arms[0].results[0].conversions = 19),
      "data.earlierLooks[1].arms[0].results[0].conversions",
    ],
    [
      "units whose final outcome has changed",
      (d) => (d.arms[0].results[0].conversions = 1041),
      "data.arms[0].results[0].conversions",
    ],
    [
      "more looks than a design may have",
      (d) => (d.earlierLooks = Array.from({ length: 50 }, () => d.earlierLooks[0])),
      "data.earlierLooks",
    ],
    ["a look that is no object", (d) => (d.earlierLooks[0] = 5), "data.earlierLooks[0]"],
    ["a misspelt look", (d) => (d.earlierLooks[0].arm = []), "data.earlierLooks[0].arm"],
    ["arms that are all empty", (d) => d.arms.forEach((arm: { n: number }) => (arm.n = 0)), "data.arms"],
  ];

  it.each(lookFaults)("with %s is refused, and the field is named", (_, change, field) => {
    expect(parseDocument("data", experimentDataSchema, copy(watched))).toEqual(watched);
    const document = copy(watched);
    change(document);
    try {
      parseDocument("data", experimentDataSchema, document);
      expect.unreachable("the document is broken");
    } catch (error) {
      expect(error).toBeInstanceOf(DomainError);
      const shown = error as DomainError;
      expect([shown.field, ...shown.message.matchAll(/; ([^:]+):/g)].flat()).toContain(field);
    }
  });

  it("may hold less of earlier looks than the macro metric, and not less than that", () => {
    const document = copy(watched);
    for (const look of document.earlierLooks)
      look.arms.forEach((arm: { results: object[] }) => arm.results.pop());
    expect(experimentDataSchema.safeParse(document).success).toBe(true);
  });

  it("is no object at all", () => {
    for (const junk of [null, 5, "plan", [], undefined]) {
      expect(() => parseDocument("data", experimentDataSchema, junk)).toThrow(DomainError);
    }
  });
});

describe("JSON with infinities", () => {
  it("brings back what it was given", () => {
    const value = fc.letrec((tie) => ({
      any: fc.oneof(
        { depthSize: "small" },
        fc.double({ noNaN: true }).map((x) => (Object.is(x, -0) ? 0 : x)),
        fc.constantFrom(
          Infinity,
          -Infinity,
          "Infinity",
          "-Infinity",
          "$Infinity",
          "$$-Infinity",
          "$",
          null,
          true,
        ),
        fc.string(),
        fc.array(tie("any")),
        fc.dictionary(
          fc.string().filter((key) => key !== "__proto__"),
          tie("any"),
        ),
      ),
    })).any;
    fc.assert(
      fc.property(value, (x) => {
        expect(fromJson(toJson(x))).toEqual(x);
      }),
    );
  });

  it("writes infinity as a text that other languages read as a number", () => {
    expect(toJson({ upper: Infinity, lower: -Infinity })).toBe('{"upper":"Infinity","lower":"-Infinity"}');
  });

  it("refuses NaN and what is no JSON", () => {
    expect(() => toJson({ p: Number.NaN })).toThrow("p = NaN");
    expect(() => fromJson("{")).toThrow("must be JSON");
  });
});

describe("the fingerprint", () => {
  it("ignores the order of keys and undefined ones, and sees every value", () => {
    expect(fingerprint({ a: 1, b: [2, "x"] })).toBe(fingerprint({ b: [2, "x"], a: 1, c: undefined }));
    expect(fingerprint({ a: 1, b: [2, "x"] })).not.toBe(fingerprint({ a: 1, b: ["x", 2] }));
    expect(fingerprint({ a: 1 })).not.toBe(fingerprint({ a: "1" }));
    expect(fingerprint("")).toMatch(/^[0-9a-f]{16}$/);
  });
});
