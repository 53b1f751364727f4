import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { DomainError } from "../../src/core/domain-error.ts";
import { analyzeExperiment } from "../../src/experiment/analyze-experiment.ts";
import type { ArmData, DayData, ExperimentData } from "../../src/experiment/experiment-data.ts";
import type { ExperimentPlan } from "../../src/experiment/experiment-plan.ts";
import { experimentDataSchema } from "../../src/experiment/experiment-data-schema.ts";
import { experimentPlanSchema } from "../../src/experiment/experiment-plan-schema.ts";
import { parseDocument } from "../../src/experiment/parse-document.ts";
import { mutatedDocuments, writtenPath } from "../support/document-mutations.ts";
import { realDocument } from "../support/real-documents.ts";
import { faultOf } from "../support/sound-result.ts";
import { assistedPlan, posteriorPlan, watchedData, watchedPlan } from "../support/sound-documents.ts";

// Every field of real and of made-up documents dropped, mistyped and out of range. A document with one change is either
// sound, and then it stands in ACCEPTED, or a DomainError names the place that was changed or a field that it now
// contradicts: those stand in CONTRADICTED. Indices are left out of both.

/** As it is, with fewer of its parts: the others are alike. */
function shortened({ segmentations, dailySeries, earlierLooks, ...data }: ExperimentData): ExperimentData {
  return {
    ...data,
    ...(segmentations && {
      segmentations: segmentations.slice(0, 1).map((one) => ({ ...one, segments: one.segments.slice(0, 2) })),
    }),
    ...(dailySeries && { dailySeries: dailySeries.map((one) => ({ ...one, days: one.days.slice(0, 2) })) }),
    ...(earlierLooks && { earlierLooks: earlierLooks.slice(0, 1) }),
  };
}

const example = (name: string): unknown =>
  JSON.parse(readFileSync(resolve(import.meta.dirname, "../../examples", name), "utf8"));

const PLANS = { watchedPlan, posteriorPlan, assistedPlan, example: example("hillstrom-plan.json") };
const DATA = {
  watchedData,
  example: example("hillstrom-data.json"),
  hillstrom: shortened(realDocument("hillstrom")),
  udacity: shortened(realDocument("udacity")),
  "asos-always-valid": shortened(realDocument("asos-always-valid")),
};

/** What may be left out, and what is as sound as before. */
const ACCEPTED: Readonly<Record<"plan" | "data", Readonly<Record<string, readonly string[]>>>> = {
  plan: {
    dropped: [
      "$schema",
      "allocation",
      "alpha",
      "alternative",
      "decisionRule",
      "decisionRule.threshold",
      "decisionRule.thresholdOfCaring",
      "metrics[]",
      "metrics[].attributionDays",
      "metrics[].conversion",
      "metrics[].conversionDelay.windowDays",
      "metrics[].dispersion",
      "metrics[].effectPrior",
      "metrics[].effectPrior.family",
      "metrics[].effects",
      "metrics[].effects.largestPastProxyEffect",
      "metrics[].effects.meanMacro",
      "metrics[].effects.meanProxy",
      "metrics[].effects.pastExperiments[]",
      "metrics[].effects.pastExperiments[].scale",
      "metrics[].effects.population",
      "metrics[].effects.posterior",
      "metrics[].effects.posterior[].meanMacro",
      "metrics[].effects.posterior[].meanProxy",
      "metrics[].effects.scale",
      "metrics[].effects.source",
      "metrics[].improvesWhen",
      "metrics[].nested",
      "metrics[].previousStep",
      "metrics[].prior",
      "metrics[].proxyFor",
      "metrics[].varianceReduction",
      "metrics[].worthwhileLift",
      "monitoring",
      "monitoring.futility",
      "monitoring.futility.binding",
      "monitoring.informationRates[]",
      "multiplicity",
      "multiplicity.secondary",
      "multiplicity.segments",
      "multiplicity.treatments",
      "n",
      "power",
      "segmentations",
      "segmentations[]",
      "totalTraffic.rampUp",
      "totalTraffic.rampUp[]",
      "totalTraffic.startWeekday",
      "totalUnitsPerDay",
      "treatments[]",
      "views",
      "views[]",
    ],
    emptied: ["segmentations", "totalTraffic.rampUp"],
    "last entry twice": ["metrics[].effects.posterior", "totalTraffic.rampUp"],
    "a word": ["$schema", "control", "metrics[].name", "name", "segmentations[]", "treatments[]"],
    "-1": [
      "metrics[].effectPrior.mean",
      "metrics[].effects.elasticity",
      "metrics[].effects.meanMacro",
      "metrics[].effects.meanProxy",
      "metrics[].effects.pastExperiments[].macroEffect",
      "metrics[].effects.pastExperiments[].proxyEffect",
      "metrics[].effects.posterior[].meanMacro",
      "metrics[].effects.posterior[].meanProxy",
      "metrics[].effects.posterior[].rho",
      "metrics[].effects.rho",
      "metrics[].lift",
      "metrics[].prior.mu",
      "monitoring.futility.gamma",
      "monitoring.gamma",
    ],
    Infinity: ["metrics[].effects.population.degreesOfFreedom"],
  },
  data: {
    dropped: [
      "arms[].jointCounts",
      "arms[].jointCounts[]",
      "arms[].results[].n",
      "arms[].results[].variance",
      "arms[].share",
      "dailySeries",
      "dailySeries[]",
      "dailySeries[].days[]",
      "dataQuality",
      "dataQuality[]",
      "days",
      "earlierLooks",
      "earlierLooks[]",
      "earlierLooks[].arms[].jointCounts",
      "earlierLooks[].arms[].jointCounts[]",
      "earlierLooks[].arms[].results[]",
      "earlierLooks[].arms[].results[].variance",
      "earlierLooks[].arms[].share",
      "plannedN",
      "registeredFingerprint",
      "segmentations",
      "segmentations[]",
      "segmentations[].segments[]",
      "views",
    ],
    emptied: [
      "arms[].jointCounts",
      "dailySeries",
      "dataQuality",
      "earlierLooks",
      "earlierLooks[].arms[].jointCounts",
      "segmentations",
    ],
    "last entry twice": ["earlierLooks"],
    "a word": ["name", "registeredFingerprint", "segmentations[].name", "segmentations[].segments[].name"],
    "-1": [
      "arms[].results[].covariance",
      "arms[].results[].denominator.mean",
      "arms[].results[].mean",
      "arms[].results[].numerator.mean",
      "earlierLooks[].arms[].results[].covariance",
      "earlierLooks[].arms[].results[].denominator.mean",
      "earlierLooks[].arms[].results[].mean",
      "earlierLooks[].arms[].results[].numerator.mean",
      "segmentations[].segments[].arms[].results[].mean",
    ],
  },
};

/** What was changed, and the field that it contradicts, which is named in its stead. */
const CONTRADICTED: readonly string[] = [
  // A covariance and its mirror image.
  "-1: plan.metrics[].effects.pastExperiments[].covariance[][] → plan.metrics[].effects.pastExperiments[].covariance[][]",
  // Zod takes a prior whose fields fit none for one of a rate, and names those of its fields that a rate does not know.
  "Infinity: plan.metrics[].prior.kappa → plan.metrics[].prior.mu",
  "NaN: plan.metrics[].prior.kappa → plan.metrics[].prior.mu",
  "a word: plan.metrics[].prior.kappa → plan.metrics[].prior.mu",
  "dropped: plan.metrics[].prior.kappa → plan.metrics[].prior.mu",
  "dropped: plan.metrics[].prior.mu → plan.metrics[].prior.kappa",
  "null: plan.metrics[].prior.kappa → plan.metrics[].prior.mu",
  // What is named elsewhere is gone.
  "a word: plan.metrics[].name → plan.decisionRule.proxy",
  "a word: plan.metrics[].name → plan.metrics[].previousStep",
  "a word: plan.metrics[].name → plan.metrics[].proxyFor",
  "dropped: plan.metrics[] → plan.decisionRule.proxy",
  "dropped: plan.metrics[] → plan.metrics[].previousStep",
  // What was taken from the macro metric is gone.
  "dropped: plan.metrics[].attributionDays → plan.metrics[].attributionDays",
  "dropped: plan.metrics[].conversionDelay → plan.metrics[].attributionDays",
  // A parameter of what is no longer there.
  "dropped: plan.monitoring.futility.spending → plan.monitoring.futility.gamma",
  "dropped: plan.monitoring.spending → plan.monitoring.gamma",
  // One of two must be given.
  "dropped: plan.monitoring.informationRates → plan.monitoring.looks",
  // The look after it is no longer the last.
  "dropped: plan.monitoring.informationRates[] → plan.monitoring.informationRates[]",
  // Conversions come in by the traffic.
  "dropped: plan.totalTraffic → plan.metrics[].conversionDelay",
  // All parts and looks hold the arms of the test, which are those of its plan.
  "a word: data.arms[].name → data.arms",
  "a word: data.arms[].name → data.earlierLooks[].arms",
  "a word: data.arms[].name → data.plan.control",
  "a word: data.dailySeries[].days[].arms[].name → data.dailySeries[].days[].arms",
  "a word: data.earlierLooks[].arms[].name → data.earlierLooks[].arms",
  "a word: data.segmentations[].segments[].arms[].name → data.segmentations[].segments[].arms",
  "dropped: data.arms[] → data.earlierLooks[].arms",
  "dropped: data.arms[] → data.plan.control",
  // Units that were not final are now.
  "dropped: data.arms[].results[].n → data.arms[].jointCounts[]",
  // What the plan says must be said.
  "dropped: data.plan → data.metrics",
];

interface Findings {
  /** What was accepted, by `mutation: place`: the last document of each. */
  readonly accepted: ReadonlyMap<string, unknown>;
  /** `mutation: place → field`, where the field is another one. */
  readonly contradicted: ReadonlySet<string>;
  readonly faults: readonly string[];
}
const withoutIndices = (path: string): string => path.replace(/\[\d+\]/g, "[]");

function findings(
  root: "plan" | "data",
  documents: readonly unknown[],
  read: (document: unknown) => unknown,
): Findings {
  const accepted = new Map<string, unknown>();
  const contradicted = new Set<string>();
  const faults: string[] = [];
  for (const document of documents) {
    // What becomes of a plan inside of data is what becomes of the plan.
    for (const { mutation, path, document: changed } of mutatedDocuments(document, "plan")) {
      const place = writtenPath(root, path);
      const change = `${mutation}: ${withoutIndices(place)}`;
      try {
        read(changed);
        accepted.set(change, changed);
      } catch (error) {
        if (!(error instanceof DomainError)) faults.push(`${change}: ${String(error)}`);
        else if (!isAt(error.field, place, mutation)) {
          contradicted.add(`${change} → ${withoutIndices(error.field)}`);
        } else if (mutation === "an unknown field" && !error.message.includes(".unknown")) {
          faults.push(`${change}: ${error.message}`);
        }
      }
    }
  }
  return { accepted, contradicted, faults };
}

/** Whether a field is the place, or inside of it; an entry that is missing is a fault of its list. */
function isAt(field: string, place: string, mutation: string): boolean {
  if (field === place || field.startsWith(`${place}.`) || field.startsWith(`${place}[`)) return true;
  return mutation === "dropped" && `${field}[]` === place.replace(/\[\d+\]$/, "[]");
}

const found = new Map<string, Findings>();

/** Of all plans, or of all data, found once. */
function findingsOf(root: "plan" | "data"): Findings {
  if (!found.has(root)) {
    const [documents, schema] =
      root === "plan" ? [PLANS, experimentPlanSchema] : [DATA, experimentDataSchema];
    const read = (document: unknown): unknown => parseDocument<unknown>(root, schema, document);
    found.set(root, findings(root, Object.values(documents), read));
  }
  return found.get(root)!;
}

describe("a document with one value changed", () => {
  it.each(["plan", "data"] as const)(
    "is sound, or its error names the place or what it contradicts: %s",
    (root) => {
      const { accepted, contradicted, faults } = findingsOf(root);
      expect(faults).toEqual([]);
      const expected = Object.entries(ACCEPTED[root]).flatMap(([mutation, places]) =>
        places.map((place) => `${mutation}: ${root}.${place}`),
      );
      expect([...accepted.keys()].toSorted()).toEqual(expected.toSorted());
      const known = CONTRADICTED.filter((finding) => finding.includes(`: ${root}.`));
      expect([...contradicted].toSorted()).toEqual(known.toSorted());
    },
  );

  // Every seventh: a whole reading takes its time.
  it("is read soundly where it is accepted", () => {
    const { accepted } = findingsOf("data");
    const read = [...accepted.values()].filter((_, i) => i % 7 === 0);
    expect(read.length).toBeGreaterThan(4);
    for (const document of read) expect(faultOf(analyzeExperiment(document as ExperimentData))).toBeNull();
  });
});

const orders = { name: "order", role: "macro", kind: "proportion" } as const;
const carts = { name: "cart", role: "secondary", kind: "proportion" } as const;

/** An arm with as many orders and carts. */
function shop(name: string, n: number, order: number, cart: number): ArmData {
  const results = [
    { metric: "order", conversions: order },
    { metric: "cart", conversions: cart },
  ];
  return { name, n, results };
}
const both = (n: number, order: number, cart: number): ArmData[] => [
  shop("old", n, order, cart),
  shop("new", n, order, cart),
];
const sound: ExperimentData = {
  name: "shop",
  control: "old",
  days: 10,
  metrics: [{ ...orders, previousStep: "cart" }, carts],
  arms: both(1000, 30, 100),
};
const day = (number: number): DayData => ({ day: number, arms: both(300, 9, 30) });
const plan: ExperimentPlan = {
  name: "shop",
  control: "old",
  treatments: ["green"],
  metrics: [{ ...orders, baseline: 0.03, lift: 0.1 }],
};

describe("a document that contradicts itself", () => {
  it("is compared with one that does not", () => {
    expect(() => analyzeExperiment(sound)).not.toThrow();
  });

  it.each<readonly [string, Partial<ExperimentData>, field: string, says: string]>([
    [
      "steps that lead in a circle",
      { metrics: [sound.metrics![0]!, { ...carts, previousStep: "order" }] },
      "data.metrics[0].previousStep",
      "must not lead back",
    ],
    [
      "a step before itself",
      { metrics: [{ ...orders, previousStep: "order" }, carts] },
      "data.metrics[0].previousStep",
      "must not lead back",
    ],
    [
      "a proxy that is its own macro metric",
      { metrics: [orders, { ...carts, role: "proxy", proxyFor: "cart" }] },
      "data.metrics[1].proxyFor",
      "nothing stands in for itself",
    ],
    [
      "a proxy for another proxy",
      { metrics: [orders, { ...carts, role: "proxy", proxyFor: "search" }] },
      "data.metrics[1].proxyFor",
      'must name the macro metric, "order"',
    ],
    [
      "a funnel whose steps grow",
      { arms: [shop("old", 1000, 30, 100), shop("new", 1000, 120, 100)] },
      "data.arms[1].results[1].conversions",
      "at least",
    ],
    [
      "a funnel whose steps grow in one segment",
      {
        segmentations: [
          {
            name: "device",
            measured: "before-exposure",
            segments: [{ name: "mobile", arms: both(300, 20, 10) }],
          },
        ],
      },
      "data.segmentations[0].segments[0].arms[0].results[1].conversions",
      "at least",
    ],
    [
      "segments that overlap",
      {
        segmentations: [
          {
            name: "device",
            measured: "before-exposure",
            segments: [
              { name: "mobile", arms: both(600, 10, 30) },
              { name: "desktop", arms: both(500, 10, 30) },
            ],
          },
        ],
      },
      "data.segmentations[0].segments[1].arms[0].n",
      "no unit may be in two",
    ],
    [
      "segments that the treatment made",
      {
        segmentations: [
          {
            name: "carts",
            measured: "after-exposure",
            basedOn: "cart",
            segments: [{ name: "with", arms: both(100, 30, 100) }],
          },
        ],
      },
      "data.segmentations[0].measured",
      'which may move "cart"',
    ],
    ["a plan for other arms", { plan }, "data.arms", 'one of the planned treatments, "green"'],
    [
      "a plan for another metric",
      {
        plan: { ...plan, treatments: ["new"], metrics: [{ ...plan.metrics[0]!, name: "lead" }] },
        metrics: undefined as never,
      },
      "data.arms[0].results[0].metric",
      'not "order"',
    ],
    [
      "days that repeat",
      { dailySeries: [{ by: "day-of-entry", days: [day(1), day(1)] }] },
      "data.dailySeries[0].days[1].day",
      "must be after day 1",
    ],
    [
      "days that go backwards",
      { dailySeries: [{ by: "day-of-entry", days: [day(2), day(1)] }] },
      "data.dailySeries[0].days[1].day",
      "must be after day 2",
    ],
    [
      "a day beyond those that the test has run",
      { dailySeries: [{ by: "day-of-entry", days: [day(9), day(11)] }] },
      "data.dailySeries[0].days[1].day",
      "must be at most 10",
    ],
    [
      "two series of the same days",
      {
        dailySeries: [
          { by: "day-of-entry", days: [day(1)] },
          { by: "day-of-entry", days: [day(2)] },
        ],
      },
      "data.dailySeries[1].by",
      "given twice",
    ],
    [
      "more units in its days than in the test",
      { dailySeries: [{ by: "day-of-entry", days: [day(1), day(2), day(3), day(4)] }] },
      "data.dailySeries[0].days[3].arms[0].n",
      "no unit may be in two",
    ],
    [
      "an earlier look at a test that is read once",
      { earlierLooks: [{ arms: both(500, 10, 40) }] },
      "data.earlierLooks",
      "read once",
    ],
  ])("is named with its path: %s", (_, change, field, says) => {
    const document = Object.fromEntries(
      Object.entries({ ...sound, ...change }).filter(([, value]) => value !== undefined),
    );
    let error: unknown;
    try {
      analyzeExperiment(document as never);
    } catch (thrown) {
      error = thrown;
    }
    expect(error).toBeInstanceOf(DomainError);
    expect((error as DomainError).field).toBe(field);
    expect((error as DomainError).message).toContain(says);
  });
});
