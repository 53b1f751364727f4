import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { hillstromRows } from "../../examples/rows/hillstrom-rows.ts";
import { toCsv } from "../../examples/rows/to-csv.ts";
import { udacityRows } from "../../examples/rows/udacity-rows.ts";
import { analyzeExperiment } from "../../src/experiment/analyze-experiment.ts";
import type { ExperimentData } from "../../src/experiment/experiment-data.ts";
import { type ExperimentConfig, readExperimentConfig } from "../../src/warehouse/experiment-config.ts";
import { parseSummaryRows } from "../../src/warehouse/parse-summary-rows.ts";
import type { RowsOfExperiment } from "../../src/warehouse/experiment-config.ts";
import { summarySql } from "../../src/warehouse/summary-sql.ts";
import { root } from "../support/pages.ts";
import { realDocument } from "../support/real-documents.ts";
import { relativeError } from "../support/relative-error.ts";
import { openDuckDb, type SqlEngine } from "../support/sql-engines.ts";

// The rows are generated; what is read out of them is what was published of the real experiments.

/** Relative; of a p-value of 1e-7, fourteen times the error of what it was made of. */
const TOLERANCE = 1e-12;

/** A published document with the arms as the rows name them. */
function renamed(document: unknown): unknown {
  const text = JSON.stringify(document)
    .replaceAll('"No e-mail"', '"No E-Mail"')
    .replaceAll('"Men\'s e-mail"', '"Mens E-Mail"');
  return JSON.parse(text);
}

const read = (path: string): unknown => JSON.parse(readFileSync(join(root, path), "utf8"));

/** Every number or text in a value, by its path. */
function leaves(value: unknown, path = ""): Map<string, unknown> {
  if (typeof value !== "object" || value === null) return new Map([[path, value]]);
  return new Map(Object.entries(value).flatMap(([key, part]) => [...leaves(part, `${path}.${key}`)]));
}

/** What of a value is not as expected: texts and whole numbers to the letter, others within the tolerance. */
function differences(actual: unknown, expected: unknown): string[] {
  const [found, wanted] = [leaves(actual), leaves(expected)];
  return [...new Set([...found.keys(), ...wanted.keys()])].flatMap((path) => {
    const [a, b] = [found.get(path), wanted.get(path)];
    const isSame =
      typeof a === "number" && typeof b === "number" && !Number.isInteger(b)
        ? relativeError(a, b) < TOLERANCE
        : a === b;
    return isSame ? [] : [`${path}: ${String(a)}, and not ${String(b)}`];
  });
}

describe("rows in a CSV file", () => {
  let folder: string;
  let engine: SqlEngine;
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "microlift-rows-"));
    engine = await openDuckDb();
    for (const [name, rows] of Object.entries({ hillstrom: hillstromRows(), udacity: udacityRows() })) {
      const file = join(folder, `${name}.csv`);
      writeFileSync(file, toCsv(rows));
      await engine.run(`CREATE TABLE ${name} AS FROM read_csv('${file}')`);
    }
  });
  afterAll(async () => {
    await engine.close();
    rmSync(folder, { recursive: true });
  });

  async function documentOf(
    name: string,
    also: Partial<Pick<RowsOfExperiment, "measures" | "covariates" | "segmentations">> = {},
  ): Promise<ExperimentData> {
    const config = read(`examples/rows/${name}.json`) as ExperimentConfig;
    const { definition, summaries } = readExperimentConfig({ ...config, rows: { ...config.rows, ...also } });
    return parseSummaryRows(await engine.rows(summarySql({ ...summaries, dialect: "duckdb" })), definition);
  }

  it("give Hillstrom's read-out in all figures", async () => {
    const { dataQuality, ...document } = await documentOf("hillstrom");
    const published = renamed(read("examples/hillstrom-data.json")) as ExperimentData;
    expect(differences(analyzeExperiment(document), analyzeExperiment(published))).toEqual([]);
    expect(dataQuality).toContainEqual({ check: "exposures", count: 42_613 });
    expect(dataQuality!.filter(({ count }) => count > 0)).toHaveLength(1);
    // Without times nobody knows whether windows are over.
    expect(dataQuality!.map(({ check }) => check)).not.toContain("immature-units");
  });

  it("give Hillstrom's channels, one by one", async () => {
    const { segmentations } = await documentOf("hillstrom", {
      segmentations: [{ name: "channel", column: "channel" }],
    });
    const [published] = realDocument("hillstrom").segmentations!;
    expect(differences(segmentations, [renamed(published)])).toEqual([]);
  });

  it("give the covariances of Hillstrom's spend of the year before, by which spend is adjusted", async () => {
    const config = read("examples/rows/hillstrom.json") as ExperimentConfig;
    const { measures } = config.rows;
    const { arms } = await documentOf("hillstrom", {
      covariates: [{ name: "history", column: "history" }],
      measures: measures.map((measure) =>
        measure.metric === "spend (USD)" ? { ...measure, covariate: "history" } : measure,
      ),
    });
    // From the published rows by fractions of Python 3.11, with the coefficient 0.0012171788592184654.
    expect(
      differences(
        arms.map(({ results }) => results.at(-1)),
        [
          { metric: "spend (USD)", mean: 0.6539781271514851, variance: 134.27615372452837 },
          { metric: "spend (USD)", mean: 1.4214277947580822, variance: 315.0269521730247 },
        ],
      ),
    ).toEqual([]);
  });

  it("give Udacity's read-out, day by day, while the last fourteen days mature", async () => {
    const { dataQuality, ...document } = await documentOf("udacity");
    const [series] = document.dailySeries!;
    expect(series!.days).toHaveLength(23);
    // Beside the published ones stands the guardrail by day.
    const days = series!.days.map(({ day, arms }) => ({
      day,
      arms: arms.map((arm) => ({ ...arm, results: arm.results.slice(0, 2) })),
    }));
    const published = realDocument("udacity");
    expect(differences({ ...document, dailySeries: [{ ...series, days }] }, published)).toEqual([]);
    expect(dataQuality).toContainEqual({ check: "immature-units", metric: "payment", count: 22_150 });
  });
});
