import fc from "fast-check";
import {
  type Field,
  FIELD_NAMES,
  FIELDS,
  type FieldName,
  type NumberField,
  type PlannerInput,
} from "../../docs/planner/source/fields.ts";

/** Any plan that the fields take one by one, whether or not they go together. */
export function arbitraryInput(): fc.Arbitrary<PlannerInput> {
  const values = FIELD_NAMES.map((name): [FieldName, fc.Arbitrary<unknown>] => [name, valueOf(FIELDS[name])]);
  return fc.record(Object.fromEntries(values)) as unknown as fc.Arbitrary<PlannerInput>;
}

function valueOf(field: Field): fc.Arbitrary<unknown> {
  switch (field.kind) {
    case "number":
      return numberOf(field);
    case "choice":
      return fc.constantFrom(...Object.keys(field.choices));
    case "flag":
      return fc.boolean();
    case "text":
      return fc
        .string({ minLength: 1, maxLength: field.longest / 2, unit: "grapheme" })
        .filter((text) => text.trim() === text && text.length <= field.longest);
  }
}

/** Plans that mostly go together: rates, lifts and spreads as they are in shops. */
export function plausibleInput(): fc.Arbitrary<PlannerInput> {
  const share = (least: number, most: number): fc.Arbitrary<number> =>
    fc.double({ min: least, max: most, noNaN: true }).map((value) => Number(value.toPrecision(6)));
  return fc
    .tuple(
      arbitraryInput(),
      fc.record({
        baseline: share(0.001, 0.1),
        lift: share(0.005, 1),
        microRate: share(0.1, 0.4),
        microLift: share(0.005, 1),
        tauProxy: share(0.005, 0.3),
        tauMacro: share(0.005, 0.3),
        elasticity: share(-1, 2),
        directEffectSd: share(0.001, 0.2),
        alpha: share(0.001, 0.2),
        power: share(0.5, 0.99),
      }),
    )
    .map(([any, plausible]) => ({ ...any, ...plausible, macro: "sales", micro: "add to cart" }));
}

/** Numbers as people write them, with up to twelve digits, from all sizes of the range. */
function numberOf({ above, atLeast, below, atMost, isWhole }: NumberField): fc.Arbitrary<number> {
  const lower = above ?? atLeast!;
  const upper = below ?? atMost!;
  if (isWhole === true) return fc.integer({ min: lower, max: upper });
  const spread = fc.double({ min: lower, max: upper, noNaN: true });
  const small = fc.double({ min: -9, max: 0, noNaN: true }).map((power) => upper * 10 ** power);
  return fc
    .oneof(spread, small)
    .map((value) => Number(value.toPrecision(12)))
    .filter(
      (value) =>
        value >= lower && value <= upper && (above === undefined || value > above) && value !== below,
    )
    .map((value) => (value === 0 ? 0 : value));
}
