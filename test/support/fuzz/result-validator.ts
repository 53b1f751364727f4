import Ajv from "ajv";
import type ts from "typescript";
import { schemaOfType } from "../../../scripts/schema-of-type.ts";
import type { TypeProgram } from "../../../scripts/type-program.ts";

/** What is wrong with a result by its declared type; null where it has exactly what the type says. */
export type ResultValidator = (result: unknown) => string | null;

/** Holds results of a function to the type that it declares. */
export function resultValidator(type: ts.Type, program: TypeProgram): ResultValidator {
  const schema = schemaOfType(type, program);
  // Infinity is an answer, and stands in a result as a number; NaN is found elsewhere.
  const ajv = new Ajv({ strict: false, strictNumbers: false, validateFormats: false });
  const accepts = ajv.compile(schema);
  return (result) => {
    if (accepts(withPlainArrays(result))) return null;
    const [first] = accepts.errors!;
    return `result${first!.instancePath} ${first!.message} ${JSON.stringify(first!.params)}`;
  };
}

/** To a schema, a column of numbers is a list. */
function withPlainArrays(value: unknown): unknown {
  if (ArrayBuffer.isView(value)) return Array.from(value as Float64Array);
  if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, part]: [string, unknown]) => [key, withPlainArrays(part)]),
  );
}
