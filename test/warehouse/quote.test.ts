import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { quoteName, quoteText } from "../../src/warehouse/quote.ts";
import { SQL_DIALECTS, type SqlDialect } from "../../src/warehouse/sql-dialect.ts";
import { HOSTILE_WORDS } from "../support/hostile-words.ts";
import { type SqlToken, sqlTokens } from "../support/polyglot.ts";

const pieces = fc.array(
  fc.oneof(
    fc.constantFrom(...HOSTILE_WORDS),
    fc.constantFrom(
      "'",
      '"',
      "`",
      "\\",
      ";",
      "--",
      "/*",
      "*/",
      "$",
      "{",
      "}",
      "#",
      " ",
      ".",
      "\\n",
      "\\x27",
      "\\u0027",
    ),
    fc.string({ unit: "grapheme", maxLength: 4 }),
  ),
  { minLength: 1, maxLength: 6 },
);
const words = pieces
  .map((parts) => parts.join(""))
  .filter((word) => word !== "" && word.length <= 1000 && !/[\p{Cc}\p{Cs}]/u.test(word));

const name = (text: string): SqlToken => ({ type: "QUOTED_IDENTIFIER", text });
const string = (text: string): SqlToken => ({ type: "STRING", text });

/** The parser takes three double quotes for another kind of quotation, which these engines do not have. */
function isReadByParser(dialect: SqlDialect, word: string): boolean {
  const isDouble = dialect === "postgres" || dialect === "snowflake" || dialect === "redshift";
  return !(isDouble && word.startsWith('"'));
}

describe.each(SQL_DIALECTS)("in %s", (dialect) => {
  it("a name stays one name, and a text one text", () => {
    fc.assert(
      fc.property(words, (word) => {
        const texts = sqlTokens(dialect, `SELECT ${quoteText(dialect, word, "text")} FROM`);
        expect(texts.slice(1, -1)).toEqual([string(word)]);
        const isVariable = dialect === "spark" && word.includes("${");
        if (isVariable || !isReadByParser(dialect, word)) return;
        const names = sqlTokens(dialect, `SELECT ${quoteName(dialect, word, "name")} FROM`);
        expect(names.slice(1, -1)).toEqual([name(word)]);
      }),
      { numRuns: 300 },
    );
  });

  it.each(["a\nb", "a\0", "a\u0085b", "\uD800", "x".repeat(1001)])(
    "%j is neither a name nor a text",
    (word) => {
      expect(() => quoteName(dialect, word, "arm")).toThrow("arm = ");
      expect(() => quoteText(dialect, word, "control")).toThrow("control = ");
    },
  );
});

it("Spark's variables are no part of a name, and their signs are taken apart in a text", () => {
  expect(() => quoteName("spark", "${env:HOME}", "arm")).toThrow(
    'arm = "${env:HOME}", must be a name without "${"',
  );
  expect(quoteText("spark", "${env:HOME}", "control")).toBe("(chr(36) || '{env:HOME}')");
});
