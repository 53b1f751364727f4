import { readFileSync } from "node:fs";
import { Ajv2020, type ValidateFunction } from "ajv/dist/2020.js";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type * as z from "zod/mini";
import type { JsonSchema } from "../../scripts/described-schema.ts";
import { fromJson, toJson } from "../../src/core/json.ts";
import { experimentDataSchema } from "../../src/experiment/experiment-data-schema.ts";
import { experimentPlanSchema } from "../../src/experiment/experiment-plan-schema.ts";
import { at, pathsIn, replaced } from "../support/replaced-values.ts";
import { wholeData, wholePlan } from "../support/whole-documents.ts";

const read = (path: string): unknown =>
  JSON.parse(readFileSync(new URL(`../../${path}`, import.meta.url), "utf8")) as unknown;
const ajv = new Ajv2020({ strict: true, strictTypes: false });

interface Kind {
  readonly file: string;
  readonly schema: z.ZodMiniType;
  readonly whole: unknown;
  readonly example: string;
}
const kinds: readonly (Kind & { readonly published: JsonSchema; readonly validate: ValidateFunction })[] = [
  {
    file: "experiment-plan.schema.json",
    schema: experimentPlanSchema,
    whole: wholePlan,
    example: "examples/hillstrom-plan.json",
  },
  {
    file: "experiment-data.schema.json",
    schema: experimentDataSchema,
    whole: wholeData,
    example: "examples/hillstrom-data.json",
  },
].map((kind: Kind) => {
  const published = read(`schemas/${kind.file}`) as JsonSchema;
  return { ...kind, published, validate: ajv.compile(published) };
});

function faultsOf(validate: ValidateFunction, document: unknown): unknown[] {
  return validate(document) ? [] : validate.errors!;
}

/** Whether zod finds nothing but faults between fields, which a JSON Schema cannot say. */
function hasShape(schema: z.ZodMiniType, document: unknown): boolean {
  const parsed = schema.safeParse(document);
  return parsed.success || parsed.error.issues.every(isBetweenFields);
}

function isBetweenFields(issue: z.core.$ZodIssue): boolean {
  if (issue.code === "invalid_union") return issue.errors.some((errors) => errors.every(isBetweenFields));
  return issue.code === "custom";
}

describe("the published JSON Schemas of documents", () => {
  describe.each(kinds)("$file", ({ published, validate, schema, whole, example }) => {
    it("says what it is, and what it cannot say", () => {
      expect(published["$schema"]).toBe("https://json-schema.org/draft/2020-12/schema");
      expect(published["$id"]).toMatch(/^urn:microlift:schemas:/);
      expect(published["title"]).not.toBe("");
      expect(published["$comment"]).toContain("cannot be said here");
      expect(published.description).not.toBe("");
    });

    it("takes the example", () => {
      expect(faultsOf(validate, read(example))).toEqual([]);
    });

    it("takes a document with every field, infinities among them, as toJson writes it", () => {
      expect(hasShape(schema, whole)).toBe(true);
      const missing = Object.keys(published.properties!).filter((field) => !(field in (whole as object)));
      expect(missing.filter((field) => field !== "totalUnitsPerDay")).toEqual([]);
      expect(faultsOf(validate, JSON.parse(toJson(whole)))).toEqual([]);
    });

    it("refuses a document with a field that it does not know, wherever it stands", () => {
      // What was learned of effects may come with all that its result says.
      const closed = pathsIn(whole).filter((path) => {
        const holder = at(whole, path);
        return typeof holder === "object" && !Array.isArray(holder) && !("tauMacro" in (holder as object));
      });
      const open = closed.filter((path) =>
        validate(JSON.parse(toJson(replaced(whole, [...path, "unknown"], 1)))),
      );
      expect(open).toEqual([]);
    });

    it("refuses what zod refuses, and nothing else, where one value is dropped or replaced", () => {
      const paths = pathsIn(whole).filter((path) => path.length > 0);
      const value = fc.constantFrom<unknown>(
        undefined,
        null,
        "",
        "word",
        -1,
        0,
        0.5,
        1,
        1.5,
        2 ** 53,
        1e31,
        Infinity,
        -Infinity,
        true,
        [],
        {},
        [{}],
      );
      fc.assert(
        fc.property(fc.constantFrom(...paths), value, (path, other) => {
          // An infinity where a name belongs is written as a text, which a name may be.
          fc.pre(Math.abs(other as number) !== Infinity || typeof at(whole, path) === "number");
          const text = toJson(replaced(whole, path, other));
          expect(validate(JSON.parse(text))).toBe(hasShape(schema, fromJson(text)));
        }),
        { numRuns: 500 },
      );
    });
  });
});
