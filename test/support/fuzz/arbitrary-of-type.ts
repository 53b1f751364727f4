import fc from "fast-check";
import ts from "typescript";
import { isObjectType, membersOf, nameOf, type TypeProgram } from "../../../scripts/type-program.ts";
import { numberOf } from "./numbers-by-name.ts";
import { BY_TYPE } from "./summaries.ts";

/** Values of a declared type: words that it lists, numbers that belong to the field's name. */
export function arbitraryOfType(
  type: ts.Type,
  name: string,
  { checker }: TypeProgram,
): fc.Arbitrary<unknown> {
  const known = new Map<string, fc.Arbitrary<unknown>>();

  const arbitraryOf = (of: ts.Type, field: string): fc.Arbitrary<unknown> => {
    const members = membersOf(of).filter((member) => (member.flags & ts.TypeFlags.Undefined) === 0);
    return fc.oneof(...members.map((member) => arbitraryOfMember(member, field)));
  };

  const arbitraryOfMember = (member: ts.Type, field: string): fc.Arbitrary<unknown> => {
    if (member.isStringLiteral() || member.isNumberLiteral()) return fc.constant(member.value);
    if ((member.flags & ts.TypeFlags.BooleanLiteral) !== 0)
      return fc.constant(checker.typeToString(member) === "true");
    if ((member.flags & ts.TypeFlags.Null) !== 0) return fc.constant(null);
    if ((member.flags & ts.TypeFlags.Number) !== 0) return numberOf(field);
    if (!isObjectType(member)) return fc.constantFrom("a", "b", "c", "control", "treatment");
    const own = BY_TYPE[nameOf(member) ?? ""];
    if (own !== undefined) return own;
    const key = `${field} ${(member as ts.Type & { readonly id: number }).id}`;
    if (!known.has(key)) known.set(key, arbitraryOfObject(member, field));
    return known.get(key)!;
  };

  const arbitraryOfObject = (object: ts.Type, field: string): fc.Arbitrary<unknown> => {
    if (checker.isTupleType(object))
      return fc.tuple(
        ...checker.getTypeArguments(object as ts.TypeReference).map((part) => arbitraryOf(part, field)),
      );
    const element = object.getNumberIndexType();
    if (element !== undefined)
      return fc.array(arbitraryOf(element, `${field}[]`), { minLength: 1, maxLength: 4 });
    const entry = object.getStringIndexType();
    if (entry !== undefined) return fc.dictionary(fc.constantFrom("a", "b", "c"), arbitraryOf(entry, field));
    const parts: Record<string, fc.Arbitrary<unknown>> = {};
    const optional: string[] = [];
    for (const symbol of object.getProperties()) {
      const part = checker.getTypeOfSymbol(symbol);
      if (membersOf(part).every((member) => (member.flags & ts.TypeFlags.Undefined) !== 0)) continue;
      if ((symbol.flags & ts.SymbolFlags.Optional) !== 0) optional.push(symbol.name);
      parts[symbol.name] = arbitraryOf(part, symbol.name);
    }
    return keptFields(optional).chain((kept) =>
      fc.record(
        Object.fromEntries(
          Object.entries(parts).filter(([key]) => !optional.includes(key) || kept.includes(key)),
        ),
      ),
    );
  };

  return arbitraryOf(type, name);
}

/** Options of which a call gives one; `+` joins those that go together. */
const ONE_OF: readonly (readonly string[])[] = [
  ["lift", "difference"],
  ["n", "control+treatment"],
  ["totalUnitsPerDay", "unitsPerDay", "traffic", "totalTraffic"],
  ["past", "standardDeviation"],
  ["looks", "informationRates"],
  ["thresholdOfCaring", "probabilityToBeat"],
  ["explainedVariance", "covariateCorrelation"],
  ["standardError", "baseline+n"],
];

/** Which optional fields a value has: one of each choice, and most of the others left to their defaults. */
function keptFields(optional: readonly string[]): fc.Arbitrary<readonly string[]> {
  const choices = ONE_OF.filter((choice) =>
    choice.every((option) => option.split("+").every((field) => optional.includes(field))),
  );
  const chosen = choices.map((choice) => fc.constantFrom(...choice).map((option) => option.split("+")));
  const free = optional.filter(
    (field) => !choices.flat().some((option) => option.split("+").includes(field)),
  );
  const isKept = fc.integer({ min: 0, max: 3 }).map((dice) => dice === 0);
  return fc
    .tuple(fc.tuple(...chosen), fc.tuple(...free.map(() => isKept)))
    .map(([given, kept]) => [...given.flat(), ...free.filter((_, i) => kept[i])]);
}
