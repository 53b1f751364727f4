import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { didYouMean, expectOneOf, nearest } from "../../src/core/did-you-mean.ts";

describe("the word that was meant", () => {
  it.each([
    ["basline", "baseline"],
    ["baselnie", "baseline"],
    ["alhpa", "alpha"],
    ["total_units_per_day", "totalUnitsPerDay"],
    ["TOTAL UNITS PER DAY", "totalUnitsPerDay"],
    ["metrik", "metrics"],
  ])("by %s is %s", (word, meant) => {
    expect(nearest(word, ["alpha", "baseline", "lift", "metrics", "totalUnitsPerDay"])).toBe(meant);
    expect(didYouMean(word, [meant])).toBe(` (did you mean "${meant}"?)`);
  });

  it.each([["sections"], [""], ["x"], ["β"], [undefined], [null], [5], [{}], ["alpha".repeat(100)]])(
    "by %s is nobody's guess",
    (word) => {
      expect(nearest(word, ["alpha", "baseline", "lift"])).toBe(null);
      expect(didYouMean(word, [])).toBe("");
    },
  );

  it("is found with one letter added, left out or replaced, in words of five letters and more", () => {
    const words = ["baseline", "allocation", "treatments", "margin", "monitoring"];
    fc.assert(
      fc.property(
        fc.constantFrom(...words),
        fc.nat(),
        fc.constantFrom("", "q", "qq"),
        (word, place, replacement) => {
          const at = place % word.length;
          const written = word.slice(0, at) + replacement + word.slice(at + 1);
          expect(nearest(written, words)).toBe(word);
        },
      ),
    );
  });

  it("is the nearest of several, and the first of those equally near", () => {
    expect(nearest("lower", ["power", "upper", "lowers"])).toBe("power");
    expect(nearest("greter", ["greater", "great"])).toBe("greater");
  });
});

describe("one of several words", () => {
  it("is expected in quotes, with the one that was meant", () => {
    expect(expectOneOf("two-sidd", ["two-sided", "less"])).toBe(
      'must be one of "two-sided", "less" (did you mean "two-sided"?)',
    );
    expect(expectOneOf("macros", ["macro"])).toBe('must be "macro"');
    expect(expectOneOf(undefined, ["a", "b"])).toBe('must be one of "a", "b"');
  });
});
