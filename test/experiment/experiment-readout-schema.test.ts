import { readdirSync, readFileSync } from "node:fs";
import { Ajv2020 } from "ajv/dist/2020.js";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { fromJson, toJson } from "../../src/core/json.ts";
import { analyzeExperiment } from "../../src/experiment/analyze-experiment.ts";
import { experimentReadoutSchema } from "../../src/experiment/experiment-readout-schema.ts";
import { at, type Path, pathsIn, replaced } from "../support/replaced-values.ts";

const root = new URL("../../", import.meta.url);
const documents = new URL("test/reference/documents/", root);
const files = readdirSync(documents).filter((file) => file.endsWith(".json") && file !== "figures.json");
const readouts = files.map((file): [string, unknown] => {
  const document = fromJson(readFileSync(new URL(file, documents), "utf8"));
  return [file, analyzeExperiment(document as never)];
});
const published = JSON.parse(
  readFileSync(new URL("schemas/experiment-readout.schema.json", root), "utf8"),
) as object;
const validate = new Ajv2020({ strictTypes: false }).compile(published);

/** A place in the read-out of a document. */
type Place = readonly [file: string, path: Path];
const readoutOf = new Map(readouts);
const places = readouts.flatMap(([file, readout]) => pathsIn(readout).map((path): Place => [file, path]));

/** Whether a path leads into what another function found, which is known by its kind. */
function isTakenOver([file, path]: Place): boolean {
  return path.some((_, i) => {
    const above = at(readoutOf.get(file), path.slice(0, i));
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
      fc.property(fc.constantFrom(...own), value, ([file, path], other) => {
        const { error } = experimentReadoutSchema.safeParse(replaced(readoutOf.get(file), path, other));
        expect(error?.issues[0]?.path.slice(0, path.length)).toEqual(path);
      }),
      { numRuns: 200 },
    );
  });

  it("refuses nothing that the JSON Schema takes", () => {
    const value = fc.constantFrom<unknown>(undefined, null, "ok", "none", 0, -1, Infinity, true, [], {});
    const parts = places.filter(([, path]) => path.length > 0);
    fc.assert(
      fc.property(fc.constantFrom(...parts), value, ([file, path], other) => {
        const readout = readoutOf.get(file);
        // An infinity where a word belongs is written as a text.
        fc.pre(other !== Infinity || typeof at(readout, path) === "number");
        const text = toJson(replaced(readout, path, other));
        const isTaken = experimentReadoutSchema.safeParse(fromJson(text)).success;
        expect(isTaken || !validate(JSON.parse(text))).toBe(true);
      }),
      { numRuns: 200 },
    );
  });
});
