import { describe, expect, it } from "vitest";
import { fromJson, toJson } from "../../src/core/json.ts";
import { analyzeExperiment } from "../../src/experiment/analyze-experiment.ts";
import type { ExperimentData } from "../../src/experiment/experiment-data.ts";
import { createRandom, type Random } from "../../src/numerics/random.ts";
import hillstrom from "../../examples/hillstrom-data.json" with { type: "json" };
import { experimentDocument } from "../support/documents.ts";

const small = { treatments: 2, metrics: 7 };
const documents: [string, ExperimentData][] = [
  ["the e-mails of Hillstrom", hillstrom as ExperimentData],
  ["two treatments and metrics of every kind", experimentDocument(small)],
  ["segments", experimentDocument({ ...small, segments: 4 })],
  ["a daily series", experimentDocument({ ...small, treatments: 1, days: 12 })],
  ["looks", experimentDocument({ ...small, looks: 4 })],
  ["posteriors", { ...experimentDocument(small), views: ["frequentist", "bayesian"] }],
];

describe.each(documents)("a document with %s", (_, document) => {
  const bytes = toJson(analyzeExperiment(document));

  it("gives the same bytes again", () => {
    expect(toJson(analyzeExperiment(document))).toBe(bytes);
  });

  it("gives the same bytes with its keys in another order", () => {
    const random = createRandom(3);
    for (let i = 0; i < 3; i++) {
      expect(toJson(analyzeExperiment(shuffled(document, random) as ExperimentData))).toBe(bytes);
    }
  });

  it("gives the same bytes after a way through JSON", () => {
    expect(toJson(analyzeExperiment(fromJson(toJson(document)) as ExperimentData))).toBe(bytes);
  });

  it("gives the same bytes frozen, and is not written to", () => {
    const copy = structuredClone(document);
    expect(toJson(analyzeExperiment(frozen(copy)))).toBe(bytes);
    expect(copy).toEqual(document);
  });

  it("gives a read-out that is the same after a way through JSON", () => {
    expect(toJson(fromJson(bytes))).toBe(bytes);
  });
});

/** The same value, with the keys of every object in another order. */
function shuffled(value: unknown, random: Random): unknown {
  if (Array.isArray(value)) return value.map((entry) => shuffled(entry, random));
  if (typeof value !== "object" || value === null) return value;
  const placed = Object.entries(value).map(([key, entry]) => ({ key, entry, at: random.uniform() }));
  placed.sort((a, b) => a.at - b.at);
  return Object.fromEntries(placed.map(({ key, entry }) => [key, shuffled(entry, random)]));
}

function frozen<T>(value: T): T {
  if (typeof value === "object" && value !== null) Object.values(Object.freeze(value)).forEach(frozen);
  return value;
}
