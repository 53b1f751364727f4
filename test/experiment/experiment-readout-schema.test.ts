import { readFileSync } from "node:fs";
import { Ajv2020 } from "ajv/dist/2020.js";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { fromJson, toJson } from "../../src/core/json.ts";
import { analyzeExperiment } from "../../src/experiment/analyze-experiment.ts";
import type { DataQualityCount } from "../../src/experiment/data-quality.ts";
import { experimentReadoutSchema } from "../../src/experiment/experiment-readout-schema.ts";
import { experimentDocument } from "../support/documents.ts";
import { REAL_DOCUMENTS, realDocument } from "../support/real-documents.ts";
import { at, type Path, pathsIn, replaced } from "../support/replaced-values.ts";

const dirtyRows: readonly DataQualityCount[] = [
  { check: "exposures", count: 100_000 },
  { check: "units-in-several-arms", count: 9 },
  { check: "values-missing", metric: "load time", count: 4 },
];
const readouts: readonly (readonly [string, unknown])[] = [
  ...REAL_DOCUMENTS.map((name) => [name, realDocument(name)] as const),
  ["of all kinds", experimentDocument({ treatments: 2, metrics: 8, segments: 2, days: 4 })] as const,
  [
    "of dirty rows",
    { ...experimentDocument({ treatments: 1, metrics: 3 }), dataQuality: dirtyRows },
  ] as const,
  ["of all kinds, watched", experimentDocument({ treatments: 1, metrics: 7, looks: 3 })] as const,
].map(([name, document]) => [name, analyzeExperiment(document)]);
const published = new URL("../../schemas/experiment-readout.schema.json", import.meta.url);
const validate = new Ajv2020({ strictTypes: false }).compile(
  JSON.parse(readFileSync(published, "utf8")) as object,
);

/** A place in the read-out of a document. */
type Place = readonly [name: string, path: Path];
const readoutOf = new Map(readouts);
/** As they are stored. */
const storedOf = new Map(readouts.map(([name, readout]) => [name, JSON.parse(toJson(readout)) as unknown]));
const places = readouts.flatMap(([name, readout]) => pathsIn(readout).map((path): Place => [name, path]));

/** Whether a path leads into what another function found, which is known by its kind. */
function isTakenOver([name, path]: Place): boolean {
  return path.some((_, i) => {
    const above = at(readoutOf.get(name), path.slice(0, i));
    return i > 0 && typeof above === "object" && above !== null && "warnings" in above && "kind" in above;
  });
}

describe("the schema of read-outs", () => {
  it.each(readouts)("takes the read-out of %s back from its JSON, with nothing lost", (_, readout) => {
    expect(experimentReadoutSchema.parse(fromJson(toJson(readout)))).toEqual(readout);
  });

  it("names the path of what is missing or of another type", () => {
    // Of a prior, which has one of several shapes, only its place can be named.
    const own = places.filter(
      (place) =>
        typeof place[1].at(-1) === "string" &&
        !/prior$/i.test(String(place[1].at(-2))) &&
        !isTakenOver(place),
    );
    const value = fc.constantFrom<unknown>(undefined, { unknown: 1 });
    fc.assert(
      fc.property(fc.constantFrom(...own), value, ([name, path], other) => {
        const { error } = experimentReadoutSchema.safeParse(replaced(readoutOf.get(name), path, other));
        expect(error?.issues[0]?.path.slice(0, path.length)).toEqual(path);
      }),
      { numRuns: 200 },
    );
  });

  it("refuses nothing that the JSON Schema takes", () => {
    const value = fc.constantFrom<unknown>(undefined, null, "ok", "none", 0, -1, Infinity, true, [], {});
    const parts = places.filter(([, path]) => path.length > 0);
    fc.assert(
      fc.property(fc.constantFrom(...parts), value, ([name, path], other) => {
        const readout = readoutOf.get(name);
        // An infinity where a word belongs is written as a text.
        fc.pre(other !== Infinity || typeof at(readout, path) === "number");
        const stored = replaced(storedOf.get(name), path, other === Infinity ? "Infinity" : other);
        const isTaken = experimentReadoutSchema.safeParse(replaced(readout, path, other)).success;
        expect(isTaken || !validate(stored)).toBe(true);
      }),
      { numRuns: 200 },
    );
  });
});

describe("the JSON Schema of read-outs", () => {
  it.each(readouts)("takes the read-out of %s, as toJson writes it", (_, readout) => {
    expect(validate(JSON.parse(toJson(readout))) ? [] : validate.errors).toEqual([]);
  });

  it("refuses a read-out that lacks a field, has one more, or holds a value of another type", () => {
    // Arms, beliefs and priors keep the shape that the document gave them, which may leave fields out.
    const given = /^(effects|control|treatment|effectPrior)$/;
    const fields = places.filter(
      ([, path]) => typeof path.at(-1) === "string" && !path.some((key) => given.test(String(key))),
    );
    fc.assert(
      fc.property(fc.constantFrom(...fields), ([name, path]) => {
        const refuses = (place: Path, value: unknown): boolean =>
          !validate(replaced(storedOf.get(name), place, value));
        expect(refuses(path, undefined)).toBe(true);
        expect(refuses(path, { unknown: true })).toBe(true);
        expect(refuses([...path.slice(0, -1), "unknown"], 1)).toBe(true);
      }),
    );
  });
});
