import * as z from "zod/mini";
import { experimentDataSchema } from "../src/experiment/experiment-data-schema.ts";
import { experimentPlanSchema } from "../src/experiment/experiment-plan-schema.ts";
import { describedSchema, type JsonSchema } from "./described-schema.ts";
import { schemaOfType } from "./schema-of-type.ts";
import { typeProgram } from "./type-program.ts";

// The published JSON Schemas. Of documents: shapes and ranges from zod, words from the doc comments of the types. Of
// read-outs: all of it from the types.

/** A name and no address: the files lie in the package, as `microlift/schemas/….json`. */
const NAMESPACE = "urn:microlift:schemas:";
const BETWEEN_FIELDS =
  "Rules between fields (names that must be known, counts that must fit, a single macro metric) cannot be said here: " +
  'planExperiment and analyzeExperiment check them. An infinite number is the text "Infinity" or "-Infinity".';
const WRITTEN = "What analyzeExperiment returns, as toJson writes it.";

const PLAN = "src/experiment/experiment-plan.ts";
const DATA = "src/experiment/experiment-data.ts";
const READOUT = "src/experiment/analyze-experiment.ts";

/** Every published schema by its file name. */
export function jsonSchemas(): ReadonlyMap<string, JsonSchema> {
  const program = typeProgram([PLAN, DATA, READOUT]);
  const plan = describedSchema(
    emitted(experimentPlanSchema),
    program.typeIn(PLAN, "ExperimentPlan"),
    program,
  );
  const data = describedSchema(
    emitted(experimentDataSchema),
    program.typeIn(DATA, "ExperimentData"),
    program,
  );
  const readout = schemaOfType(program.typeIn(READOUT, "ExperimentReadout"), program);
  return new Map([
    published("experiment-plan", "Plan of an experiment", BETWEEN_FIELDS, plan),
    published("experiment-data", "Observed experiment", BETWEEN_FIELDS, data),
    published("experiment-readout", "Read-out of an experiment", WRITTEN, readout),
  ]);
}

function published(name: string, title: string, comment: string, schema: JsonSchema): [string, JsonSchema] {
  const file = `${name}.schema.json`;
  const $schema = "https://json-schema.org/draft/2020-12/schema";
  return [file, { $schema, $id: NAMESPACE + name, title, $comment: comment, ...schema }];
}

function emitted(schema: z.ZodMiniType): JsonSchema {
  const { $schema: _, ...shape } = z.toJSONSchema(schema, { io: "input", override: writeInfinity });
  return shape as JsonSchema;
}

/** JSON has no infinities; `toJson` writes them as texts. */
function writeInfinity({ jsonSchema }: { readonly jsonSchema: z.core.JSONSchema.BaseSchema }): void {
  if (jsonSchema.const === Infinity) Object.assign(jsonSchema, { type: "string", const: "Infinity" });
}
