import { resolve } from "node:path";
import ts from "typescript";

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

const root = resolve(import.meta.dirname, "..");

/** Gives JSON Schemas the words of the types that they are of. */
export type Describe = (schema: JsonSchema, file: string, typeName: string) => JsonSchema;

/**
 * Makes a function that takes a JSON Schema and the TypeScript type it is of, and gives the schema with the doc
 * comments of the type as descriptions, and with what has a name as a type under that name in `$defs`.
 */
export function describerOf(files: readonly string[]): Describe {
  const { config } = ts.readConfigFile(resolve(root, "tsconfig.json"), (name) => ts.sys.readFile(name)) as {
    config: { compilerOptions: object };
  };
  const { options } = ts.convertCompilerOptionsFromJson(config.compilerOptions, root);
  const program = ts.createProgram(
    files.map((file) => resolve(root, file)),
    options,
  );
  const checker = program.getTypeChecker();
  return (schema, file, typeName) => {
    const module = checker.getSymbolAtLocation(program.getSourceFile(resolve(root, file))!)!;
    const exported = checker.getExportsOfModule(module).find((symbol) => symbol.name === typeName)!;
    const definitions = new Map<string, JsonSchema>();
    const described = withWords(schema, checker.getDeclaredTypeOfSymbol(exported), { checker, definitions });
    const sorted = [...definitions].toSorted(([a], [b]) => (a < b ? -1 : 1));
    return { ...described, $defs: Object.fromEntries(sorted) };
  };
}

interface Words {
  readonly checker: ts.TypeChecker;
  /** What has a name, as far as it has been met. */
  readonly definitions: Map<string, JsonSchema>;
}

/** The schema of a value of the type, or a reference to it where the type has a name. */
function schemaOrReference(schema: JsonSchema, type: ts.Type, words: Words): JsonSchema {
  if (schema.properties === undefined) return withWords(schema, type, words);
  const member = memberFor(schema, type, words);
  const { name } = member.aliasSymbol ?? member.symbol;
  const body = withWords(schema, member, words);
  const isNamed = /^[A-Z]/.test(name);
  const known = words.definitions.get(name);
  if (!isNamed || (known !== undefined && JSON.stringify(known) !== JSON.stringify(body))) return body;
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
      { ...schemaOrReference(schema, valueOf(symbol, words), words), ...descriptionOf(symbol, words) },
    ];
  });
  return {
    ...descriptionOf(type.aliasSymbol ?? type.symbol, words),
    properties: Object.fromEntries(fields),
  };
}

function descriptionOf(symbol: ts.Symbol, { checker }: Words): JsonSchema {
  const text = ts.displayPartsToString(symbol.getDocumentationComment(checker));
  return text === "" ? {} : { description: text.replaceAll(/\s+/g, " ") };
}

/** Of a union, the member that a schema of objects is of. */
function memberFor(schema: JsonSchema, type: ts.Type, words: Words): ts.Type {
  const members = (type.isUnion() ? type.types : [type]).filter((member) => fits(schema, member, words));
  // What has fewer fields besides those of the schema is nearer to it.
  const [nearest] = members.toSorted((a, b) => a.getProperties().length - b.getProperties().length);
  if (nearest === undefined)
    throw new Error(`no type has the fields ${Object.keys(schema.properties!).join(", ")}`);
  return nearest;
}

/** Whether a type has every field that a schema demands, with the constants that it demands. */
function fits({ properties, required = [] }: JsonSchema, type: ts.Type, words: Words): boolean {
  const isObject = (type.flags & (ts.TypeFlags.Object | ts.TypeFlags.Intersection)) !== 0;
  return (
    isObject &&
    required.every((field) => {
      const symbol = type.getProperty(field);
      if (symbol === undefined) return false;
      const { const: constant, enum: constants = constant === undefined ? [] : [constant] } =
        properties![field]!;
      const value = valueOf(symbol, words);
      const literals = value.isUnion() ? value.types : [value];
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
  const members = type.isUnion() ? type.types : [type];
  return members.map((member) => member.getNumberIndexType()).find((element) => element !== undefined);
}
