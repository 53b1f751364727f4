import type ts from "typescript";
import { descriptionOf, isObjectType, membersOf, nameOf, type TypeProgram } from "./type-program.ts";

/** As much of a JSON Schema as zod emits for documents. */
export interface JsonSchema {
  readonly description?: string;
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly required?: readonly string[];
  readonly items?: JsonSchema;
  readonly anyOf?: readonly JsonSchema[];
  readonly oneOf?: readonly JsonSchema[];
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly [keyword: string]: unknown;
}

interface Words {
  readonly checker: ts.TypeChecker;
  /** What has a name, as far as it has been met. */
  readonly definitions: Map<string, JsonSchema>;
}

/**
 * A JSON Schema with the doc comments of the type that it is of as descriptions, and with what has a name as a type
 * under that name in `$defs`.
 */
export function describedSchema(
  schema: JsonSchema,
  type: ts.Type,
  { checker }: Pick<TypeProgram, "checker">,
): JsonSchema {
  const definitions = new Map<string, JsonSchema>();
  const described = withWords(schema, type, { checker, definitions });
  const sorted = [...definitions].toSorted(([a], [b]) => (a < b ? -1 : 1));
  return { ...described, $defs: Object.fromEntries(sorted) };
}

/** The schema of a value of the type, or a reference to it where the type has a name. */
function schemaOrReference(schema: JsonSchema, type: ts.Type, words: Words): JsonSchema {
  if (schema.properties === undefined) return withWords(schema, type, words);
  const member = memberFor(schema, type, words);
  const name = nameOf(member);
  const body = withWords(schema, member, words);
  if (name === null) return body;
  const known = words.definitions.get(name);
  if (known !== undefined && JSON.stringify(known) !== JSON.stringify(body)) return body;
  words.definitions.set(name, body);
  return { $ref: `#/$defs/${name}` };
}

/** The schema itself, its parts described. */
function withWords(schema: JsonSchema, type: ts.Type, words: Words): JsonSchema {
  const { properties, items, anyOf, oneOf } = schema;
  const element = elementOf(type);
  const each = (schemas: readonly JsonSchema[]): JsonSchema[] =>
    schemas.map((one) => schemaOrReference(one, type, words));
  return {
    ...schema,
    ...(properties && fieldsWithWords(properties, memberFor(schema, type, words), words)),
    ...(items && element && { items: schemaOrReference(items, element, words) }),
    ...(anyOf && { anyOf: each(anyOf) }),
    ...(oneOf && { oneOf: each(oneOf) }),
  };
}

function fieldsWithWords(
  properties: Readonly<Record<string, JsonSchema>>,
  type: ts.Type,
  words: Words,
): JsonSchema {
  const fields = Object.entries(properties).map(([field, schema]): [string, JsonSchema] => {
    const symbol = type.getProperty(field);
    if (symbol === undefined) return [field, schema];
    return [
      field,
      {
        ...schemaOrReference(schema, valueOf(symbol, words), words),
        ...descriptionOf(symbol, words.checker),
      },
    ];
  });
  return {
    ...descriptionOf(type.aliasSymbol ?? type.symbol, words.checker),
    properties: Object.fromEntries(fields),
  };
}

/** Of a union, the member that a schema of objects is of. */
function memberFor(schema: JsonSchema, type: ts.Type, words: Words): ts.Type {
  const members = membersOf(type).filter((member) => fits(schema, member, words));
  // What has fewer fields besides those of the schema is nearer to it.
  const [nearest] = members.toSorted((a, b) => a.getProperties().length - b.getProperties().length);
  if (nearest === undefined)
    throw new Error(`no type has the fields ${Object.keys(schema.properties!).join(", ")}`);
  return nearest;
}

/** Whether a type has every field that a schema demands, with the constants that it demands. */
function fits({ properties, required = [] }: JsonSchema, type: ts.Type, words: Words): boolean {
  return (
    isObjectType(type) &&
    required.every((field) => {
      const symbol = type.getProperty(field);
      if (symbol === undefined) return false;
      const { const: constant, enum: constants = constant === undefined ? [] : [constant] } =
        properties![field]!;
      const literals = membersOf(valueOf(symbol, words));
      return constants.every((one) =>
        literals.some((literal) => !literal.isLiteral() || literal.value === one),
      );
    })
  );
}

function valueOf(symbol: ts.Symbol, { checker }: Words): ts.Type {
  return checker.getNonNullableType(checker.getTypeOfSymbol(symbol));
}

function elementOf(type: ts.Type): ts.Type | undefined {
  return membersOf(type)
    .map((member) => member.getNumberIndexType())
    .find((element) => element !== undefined);
}
