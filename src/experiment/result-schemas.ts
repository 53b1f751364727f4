import * as z from "zod/mini";
import type { Interval } from "../core/interval.ts";
import type { Result } from "../core/result.ts";
import type { Status } from "../core/status.ts";
import type { Warning } from "../core/warning.ts";

// What read-outs are made of. The shapes are checked by the compiler against the types: each field of a part needs a
// schema, and each word of a union its place.

/** Any number, infinite ones among them; results hold no NaN. */
export const numberSchema: z.ZodMiniType<number> = z.union([
  z.number(),
  z.literal(Infinity),
  z.literal(-Infinity),
]);
export const numberOrNullSchema: z.ZodMiniType<number | null> = z.nullable(numberSchema);

/** A part of a result: these fields and no others. */
export function partSchema<T>(fields: {
  readonly [Field in keyof T]-?: z.ZodMiniType<T[Field]>;
}): z.ZodMiniType<T> {
  return z.strictObject(fields) as unknown as z.ZodMiniType<T>;
}

/** One of some words. */
export function wordSchema<Word extends string>(words: Readonly<Record<Word, true>>): z.ZodMiniType<Word> {
  return z.enum(Object.keys(words) as Word[]);
}

const warningSchema: z.ZodMiniType<Warning> = partSchema<Warning>({
  code: z.string(),
  message: z.string(),
});
export const warningsSchema: z.ZodMiniType<readonly Warning[]> = z.array(warningSchema);
export const sentencesSchema: z.ZodMiniType<readonly string[]> = z.array(z.string());

/** What another function found: known by its kind, and taken as it is. Its whole shape stands in the JSON Schema. */
export function resultSchema<Found extends Result>(
  kinds: Readonly<Record<Found["kind"], true>>,
): z.ZodMiniType<Found> {
  const schema = z.looseObject({
    kind: wordSchema<Found["kind"]>(kinds),
    method: z.string(),
    warnings: warningsSchema,
    assumptions: sentencesSchema,
  });
  return schema as unknown as z.ZodMiniType<Found>;
}

export const statusSchema: z.ZodMiniType<Status> = wordSchema<Status>({
  ok: true,
  unbounded: true,
  undetermined: true,
});

export const intervalSchema: z.ZodMiniType<Interval> = partSchema<Interval>({
  lower: numberSchema,
  upper: numberSchema,
  confidenceLevel: numberSchema,
  method: z.string(),
  dualToTest: z.boolean(),
  excluded: z.nullable(
    partSchema<NonNullable<Interval["excluded"]>>({ lower: numberSchema, upper: numberSchema }),
  ),
});
