import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  FIELD_NAMES,
  FIELDS,
  INITIAL_INPUT,
  isInUse,
  type PlannerInput,
} from "../../docs/planner/source/fields.ts";
import { readLink, writeLink } from "../../docs/planner/source/plan-link.ts";
import { readTyped, typedText } from "../../docs/planner/source/read-value.ts";
import { arbitraryInput } from "./arbitrary-input.ts";

/** A plan as a link can hold it: fields that play no part have their defaults. */
function asLinked(input: PlannerInput): PlannerInput {
  const entries = FIELD_NAMES.map((name) => [
    name,
    isInUse(name, input.effects) ? input[name] : INITIAL_INPUT[name],
  ]);
  return Object.fromEntries(entries) as PlannerInput;
}

describe("the link of a plan", () => {
  it("holds every plan, whatever its names and numbers", () => {
    fc.assert(
      fc.property(arbitraryInput(), (input) => {
        expect(readLink(`#${writeLink(input)}`)).toEqual({ input: asLinked(input), refused: [] });
      }),
    );
  });

  it("has readable names in the order of the page, and says the defaults too", () => {
    expect(writeLink(INITIAL_INPUT)).toBe(
      "name=My+test&totalUnitsPerDay=4000&macro=sales&baseline=0.02&lift=0.1&attributionDays=7&micro=add+to+cart" +
        "&microRate=0.1&microLift=0.1&nested=true&effects=unknown&treatments=1&allocation=1&alternative=two-sided" +
        "&alpha=0.05&power=0.8",
    );
  });

  it("takes what is good of a link and leaves the defaults for the rest, without a word where there is nothing", () => {
    expect(readLink("")).toEqual({ input: INITIAL_INPUT, refused: [] });
    expect(readLink("#")).toEqual({ input: INITIAL_INPUT, refused: [] });
    const { input, refused } = readLink("#lift=0.2&baseline=often");
    expect(input).toEqual({ ...INITIAL_INPUT, lift: 0.2 });
    expect(refused).toEqual([
      "Rate of sales today: “often” is not used, since it must be a number; instead stands 2\u00a0%.",
    ]);
  });

  it.each([
    ["baseline=1e999", "must be at least 0.0001 % and below 100 %"],
    ["baseline=-0.02", "must be at least 0.0001 % and below 100 %"],
    ["baseline=0", "must be at least 0.0001 % and below 100 %"],
    ["baseline=1e-999", "must be at least 0.0001 % and below 100 %"],
    ["baseline=NaN", "must be a number"],
    ["baseline=Infinity", "must be a number"],
    ["baseline=0x10", "must be a number"],
    ["baseline=", "must be a number"],
    ["baseline=0,02", "must be a number without commas"],
    ["baseline=2%", "must be a number"],
    ["baseline=0.0200000000000000000000000000000001", "must be a number"],
    ["baseline=0.12345678901234567", "at most 15 digits"],
    ["lift=-0.1", "must be at least 0.01 %"],
    ["treatments=1.5", "must be a whole number"],
    ["treatments=1e6", "must be a whole number"],
    ["rho=2", "must be at least -1 and at most 1"],
    ["nested=perhaps", "must be true or false"],
    ["effects=toString", "must be one of unknown, past, believed"],
    ["alternative=two-sidd", "must be one of two-sided, greater"],
    ["name=", "must not be empty"],
    [`name=${"x".repeat(61)}`, "must have at most 60 letters"],
    ["name=a%0Ab", "must be one line of plain text"],
    ["name=%E2%80%AEevil", "must be one line of plain text"],
    ["liftt=0.1", 'Nothing here is called “liftt” (did you mean "lift"?)'],
    ["__proto__=1", "Nothing here is called “__proto__”"],
    ["constructor=1", "Nothing here is called “constructor”"],
    ["<script>alert(1)</script>=1", "Nothing here is called “<script>alert(1)</script>”"],
    [`lift=0.1&name=${"x".repeat(3000)}`, "longer than 2000 letters"],
  ])("refuses %s, and says so", (fragment, reason) => {
    const { input, refused } = readLink(fragment);
    expect(input).toEqual(INITIAL_INPUT);
    expect(refused).toHaveLength(1);
    expect(refused[0]!.replaceAll("\u00a0", " ")).toContain(reason);
  });

  it("counts the first of two entries of a name", () => {
    const { input, refused } = readLink("lift=0.2&lift=0.3");
    expect(input.lift).toBe(0.2);
    expect(refused).toEqual(["Lift of sales to see: the link gives it twice; the first counts."]);
  });

  it("survives any text", () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 60 }), (text) => {
        const { input } = readLink(`${text}&lift=${text}&name=${text}`);
        expect(readLink(writeLink(input))).toEqual({ input: asLinked(input), refused: [] });
      }),
    );
  });
});

describe("what is typed", () => {
  it("reads back as it is shown, in per cent too", () => {
    fc.assert(
      fc.property(arbitraryInput(), (input) => {
        const typed = FIELD_NAMES.map((name) =>
          readTyped(FIELDS[name], typedText(FIELDS[name], input[name])),
        );
        expect(typed).toEqual(FIELD_NAMES.map((name) => ({ value: input[name] })));
      }),
    );
  });

  it.each([
    ["0.7", 0.007],
    ["5.7 %", 0.057],
    [" 2 ", 0.02],
    ["2.", 0.02],
    [".5", 0.005],
    ["1e-3", 0.00001],
  ])("takes a rate of %s per cent as %d", (text, value) => {
    expect(readTyped(FIELDS.baseline, text)).toEqual({ value });
  });
});
