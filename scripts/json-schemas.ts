import * as z from "zod/mini";
import { experimentDataSchema } from "../src/experiment/experiment-data-schema.ts";
import { experimentPlanSchema } from "../src/experiment/experiment-plan-schema.ts";
import { describerOf, type JsonSchema } from "./described-schema.ts";

// The published JSON Schemas: shapes and ranges from zod, words from the doc comments of the types.

const ADDRESS = "https://unpkg.com/microlift/schemas/";
const COMMENT =
  "Rules between fields (names that must be known, counts that must fit, a single macro metric) cannot be said here: " +
  'planExperiment and analyzeExperiment check them. An infinite number is the text "Infinity" or "-Infinity".';

interface Published {
  readonly name: string;
  readonly title: string;
  readonly schema: z.ZodMiniType;
  /** The type that the schema is of: its file, and its name there. */
  readonly file: string;
  readonly type: string;
}

const PUBLISHED: readonly Published[] = [
  {
    name: "experiment-plan",
    title: "Plan of an experiment",
    schema: experimentPlanSchema,
    file: "src/experiment/experiment-plan.ts",
    type: "ExperimentPlan",
  },
  {
    name: "experiment-data",
    title: "Observed experiment",
    schema: experimentDataSchema,
    file: "src/experiment/experiment-data.ts",
    type: "ExperimentData",
  },
];

/** Every published schema by its file name. */
export function jsonSchemas(): ReadonlyMap<string, JsonSchema> {
  const describe = describerOf(PUBLISHED.map(({ file }) => file));
  return new Map(
    PUBLISHED.map(({ name, title, schema, file, type }) => {
      const { $schema, ...shape } = z.toJSONSchema(schema, { io: "input", override: writeInfinity });
      const fileName = `${name}.schema.json`;
      const described = describe(shape as JsonSchema, file, type);
      return [fileName, { $schema, $id: ADDRESS + fileName, title, $comment: COMMENT, ...described }];
    }),
  );
}

/** JSON has no infinities; `toJson` writes them as texts. */
function writeInfinity({ jsonSchema }: { readonly jsonSchema: z.core.JSONSchema.BaseSchema }): void {
  if (jsonSchema.const === Infinity) Object.assign(jsonSchema, { type: "string", const: "Infinity" });
}
