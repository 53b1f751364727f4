import { describe, expect, it } from "vitest";
import { analysisTerms } from "../../src/experiment/analysis-terms.ts";
import { dataFaults } from "../../src/experiment/data-faults.ts";
import type { DataQualityCount } from "../../src/experiment/data-quality.ts";
import { departures } from "../../src/experiment/departures.ts";
import type { ExperimentData } from "../../src/experiment/experiment-data.ts";
import { judgeProxies } from "../../src/experiment/judge-proxies.ts";
import { readDataQuality } from "../../src/experiment/read-data-quality.ts";
import { readMetrics } from "../../src/experiment/read-metrics.ts";
import { readSegmentations } from "../../src/experiment/read-segmentations.ts";
import { readSeries } from "../../src/experiment/read-series.ts";
import { type DocumentSize, experimentDocument } from "../support/documents.ts";

/** How often fields of a document are read; what is searched for again and again grows with the square. */
function readsOf(data: ExperimentData, task: (data: ExperimentData) => void): number {
  let reads = 0;
  const seen = new Map<object, object>();
  const counting = <T>(value: T): T => {
    if (typeof value !== "object" || value === null) return value;
    const known = seen.get(value);
    if (known !== undefined) return known as T;
    const counted = new Proxy(value, {
      get(target, key) {
        reads += 1;
        return counting(Reflect.get(target, key) as unknown);
      },
    });
    seen.set(value, counted);
    return counted;
  };
  task(counting(data));
  return reads;
}

const tasks: Record<string, (data: ExperimentData) => void> = {
  "looking for faults": dataFaults,
  "reading metrics": (data) => readMetrics(analysisTerms(data)),
  "judging proxies": (data) => each(data, judgeProxies),
  "reading segments": (data) =>
    each(data, (terms, arm) => readSegmentations(data.segmentations ?? [], terms, arm)),
  "reading days": (data) => each(data, (terms, arm) => readSeries(data.dailySeries ?? [], terms, arm)),
  "reading counts of rows": (data) => readDataQuality(data, analysisTerms(data).index),
  "naming departures": (data) =>
    departures({ ...data, metrics: data.plan!.metrics }, analysisTerms({ ...data })),
};

type Terms = ReturnType<typeof analysisTerms>;

function each(data: ExperimentData, task: (terms: Terms, arm: Terms["control"]) => void): void {
  const terms = analysisTerms(data);
  for (const arm of terms.treatments) task(terms, arm);
}

/** A document with two counts for each metric. */
function countedDocument(size: DocumentSize): ExperimentData {
  const data = experimentDocument(size);
  const dataQuality = data.plan!.metrics.flatMap(({ name: metric }): DataQualityCount[] => [
    { check: "values-missing", metric, count: 0 },
    { check: "immature-units", metric, count: 0 },
  ]);
  return { ...data, dataQuality };
}

const BASE: DocumentSize = { treatments: 2, metrics: 25, segments: 2, days: 3 };
const growths: [string, DocumentSize][] = [
  ["metrics", { ...BASE, metrics: 100 }],
  ["treatments", { ...BASE, treatments: 8 }],
  ["segments", { ...BASE, segments: 8 }],
  ["days", { ...BASE, days: 12 }],
];

describe.each(Object.entries(tasks))("%s", (_, task) => {
  it.each(growths)("reads a document with four times the %s at most five times as often", (__, grown) => {
    const before = readsOf(countedDocument(BASE), task);
    expect(readsOf(countedDocument(grown), task)).toBeLessThan(5 * before);
  });
});
