import ts from "typescript";
import type { JsonSchema } from "./described-schema.ts";
import { descriptionOf, isObjectType, membersOf, nameOf, type TypeProgram } from "./type-program.ts";

// Results are checked by the compiler and need no schema of their own: what they look like as JSON follows from their
// types.

const NUMBER: JsonSchema = {
  description: "A number; an infinite one is a text.",
  anyOf: [{ type: "number" }, { type: "string", enum: ["Infinity", "-Infinity"] }],
};

/** The JSON Schema of a value of the type as `toJson` writes it. */
export function schemaOfType(type: ts.Type, { checker }: TypeProgram): JsonSchema {
  const definitions = new Map<string, JsonSchema>([["Number", NUMBER]]);
  const named = new Map<string, ts.Type>();

  const schemaOf = (of: ts.Type): JsonSchema => {
    const members = membersOf(of).filter((member) => (member.flags & ts.TypeFlags.Undefined) === 0);
    const constants = members.flatMap(constantOf);
    const others = members.filter((member) => constantOf(member).length === 0).map(schemaOfMember);
    const schemas = constants.length === 0 ? others : [constantsSchema(constants), ...others];
    return schemas.length === 1 ? schemas[0]! : { anyOf: inOrder(schemas) };
  };

  const schemaOfMember = (member: ts.Type): JsonSchema => {
    if ((member.flags & ts.TypeFlags.Null) !== 0) return { type: "null" };
    if ((member.flags & ts.TypeFlags.Number) !== 0) return { $ref: "#/$defs/Number" };
    if ((member.flags & ts.TypeFlags.String) !== 0) return { type: "string" };
    if (!isObjectType(member)) throw new Error(`no JSON for ${checker.typeToString(member)}`);
    const element = member.getNumberIndexType();
    if (element !== undefined) return { type: "array", items: schemaOf(element) };
    const name = nameOf(member);
    const isTaken = name !== null && (named.get(name) ?? member) !== member;
    if (name === null || isTaken) return schemaOfObject(member);
    if (!named.has(name)) {
      named.set(name, member);
      definitions.set(name, schemaOfObject(member));
    }
    return { $ref: `#/$defs/${name}` };
  };

  const schemaOfObject = (object: ts.Type): JsonSchema => {
    const fields = object
      .getProperties()
      .map((symbol) => ({ symbol, value: checker.getTypeOfSymbol(symbol) }));
    const mayMiss = (value: ts.Type): boolean =>
      membersOf(value).some((member) => (member.flags & ts.TypeFlags.Undefined) !== 0);
    return {
      ...descriptionOf(object.aliasSymbol ?? object.symbol, checker),
      type: "object",
      properties: Object.fromEntries(
        fields.map(({ symbol, value }) => [
          symbol.name,
          { ...schemaOf(value), ...descriptionOf(symbol, checker) },
        ]),
      ),
      required: fields
        .filter(({ symbol, value }) => (symbol.flags & ts.SymbolFlags.Optional) === 0 && !mayMiss(value))
        .map(({ symbol }) => symbol.name),
      additionalProperties: false,
    };
  };

  const isRecord = isObjectType(type) && type.getNumberIndexType() === undefined;
  const schema = isRecord ? schemaOfObject(type) : schemaOf(type);
  const sorted = [...definitions].toSorted(([a], [b]) => (a < b ? -1 : 1));
  return { ...schema, $defs: Object.fromEntries(sorted) };
}

/** The one value of a literal type; none of others. */
function constantOf(type: ts.Type): readonly unknown[] {
  if (type.isStringLiteral() || type.isNumberLiteral()) return [type.value];
  if ((type.flags & ts.TypeFlags.BooleanLiteral) === 0) return [];
  return [(type as ts.Type & { readonly intrinsicName: string }).intrinsicName === "true"];
}

function constantsSchema(constants: readonly unknown[]): JsonSchema {
  const [first] = constants;
  if (constants.length === 2 && constants.every((one) => typeof one === "boolean"))
    return { type: "boolean" };
  const type = new Set(constants.map((one) => typeof one)).size === 1 ? { type: typeof first } : {};
  return constants.length === 1 ? { ...type, const: first } : { ...type, enum: inOrder(constants) };
}

/** The compiler numbers the members of a union as it meets them, which code elsewhere can change; null goes last. */
function inOrder<T>(members: readonly T[]): readonly T[] {
  const keyOf = (member: T): string => JSON.stringify(member).replace('{"type":"null"}', "~");
  return members.toSorted((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
}
