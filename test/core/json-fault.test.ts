import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { jsonFault } from "../../src/core/json-fault.ts";

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

describe("the place at which a text stops being JSON", () => {
  it.each([
    ["", 1, 1, "a value"],
    ["{", 1, 2, "a name in double quotes or }"],
    ['{\n  "alpha": 0.05\n  "power": 0.8\n}', 3, 3, "a comma or }"],
    ['{\n  "alpha": 0.05,\n}', 3, 1, "a name in double quotes"],
    ["[1, 2,]", 1, 7, "a value"],
    ["[1, 2", 1, 6, "a comma or ]"],
    ['{"a" 1}', 1, 6, "a colon"],
    ['{"a": NaN}', 1, 7, "a value"],
    ["{'a': 1}", 1, 2, "a name in double quotes or }"],
    ['["a\nb"]', 1, 2, "a value or ]"],
    ['["\\x"]', 1, 2, "a value or ]"],
    ["[01]", 1, 3, "a comma or ]"],
    ["{} {}", 1, 4, "the end"],
    ["1 // one", 1, 3, "the end"],
  ])("of %j is line %d, column %d", (text, line, column, expected) => {
    expect(isJson(text)).toBe(false);
    expect(jsonFault(text)).toEqual({ line, column, expected });
  });

  it.each([
    ['"' + "x".repeat(1e6), 1, "a value"],
    ['["' + "\\n".repeat(1e6) + "]", 2, "a value or ]"],
    ['"' + "x\\u0041".repeat(1e5) + "\\", 1, "a value"],
    ['"' + "x".repeat(1e6) + '" "', 1_000_004, "the end"],
    [" ".repeat(1e6), 1_000_001, "a value"],
    ["1".repeat(1e6) + "x", 1_000_001, "the end"],
    ["[".repeat(1e5), 100_001, "a value or ]"],
  ])("is found in a long text without trying its parts again and again", (text, column, expected) => {
    expect(jsonFault(text)).toEqual({ line: 1, column, expected });
  });

  it("is nowhere in JSON", () => {
    fc.assert(
      fc.property(fc.json(), fc.constantFrom(0, 2, "\t"), (text, indent) => {
        expect(jsonFault(text)).toBe(null);
        expect(jsonFault(` ${JSON.stringify(JSON.parse(text), null, indent)}\r\n`)).toBe(null);
      }),
    );
  });

  it("is somewhere exactly where JSON.parse throws", () => {
    const pieces = [
      "{",
      "}",
      "[",
      "]",
      ",",
      ":",
      '"a"',
      '"\\u00e9"',
      "1",
      "-0.5e3",
      "true",
      "null",
      " ",
      "\n",
      '"',
      "\\",
      "01",
      ".",
    ];
    const almost = fc.array(fc.constantFrom(...pieces), { maxLength: 12 }).map((parts) => parts.join(""));
    const damaged = fc
      .tuple(fc.json(), fc.nat(), fc.constantFrom("", ...pieces))
      .map(([text, place, piece]) => {
        const at = place % (text.length + 1);
        return text.slice(0, at) + piece + text.slice(at + 1);
      });
    fc.assert(
      fc.property(fc.oneof(almost, damaged), (text) => {
        const fault = jsonFault(text);
        expect(fault === null).toBe(isJson(text));
        if (fault === null) return;
        // All that stands before the place is the beginning of JSON: no earlier place is at fault.
        const lines = text.split("\n");
        expect(fault.line).toBeLessThanOrEqual(lines.length);
        expect(fault.column).toBeLessThanOrEqual(lines[fault.line - 1]!.length + 1);
      }),
      { numRuns: 1000 },
    );
  });

  it("is found in long texts and deep ones", () => {
    expect(jsonFault(`["${"x".repeat(1e6)}"`)).toEqual({
      line: 1,
      column: 1_000_004,
      expected: "a comma or ]",
    });
    expect(jsonFault("[".repeat(1e5))).toEqual({ line: 1, column: 100_001, expected: "a value or ]" });
  });
});
