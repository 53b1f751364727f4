import { describe, expect, it } from "vitest";
import { DomainError } from "../../src/core/domain-error.ts";
import { toText } from "../../src/report/to-text.ts";
import type { AnyResult } from "../../src/report/any-result.ts";
import { samples } from "./samples.ts";

const CODES = /␛\[\d+m/g;

/** A page in colour, its escape characters as what can be read. */
function painted(result: AnyResult, width = 80): string {
  return toText(result, { width, color: true }).replaceAll("\u001b", "␛");
}

const readout = samples["experiment-readout"]!;
const plan = samples["experiment-plan"]!;

describe("a report in colour", () => {
  it("holds the very words and lines of the plain one, at every width", () => {
    for (const result of Object.values(samples)) {
      for (const width of [40, 80]) {
        const plain = toText(result, { width });
        expect(plain).not.toContain("\u001b");
        expect(painted(result, width).replaceAll(CODES, "")).toBe(plain);
      }
    }
  });

  it("ends every style on the line on which it begins, so that a pager may cut anywhere", () => {
    for (const line of painted(readout).split("\n")) {
      const codes = line.match(CODES) ?? [];
      const open = codes.filter((code) => /\[([12]|3\d)m$/.test(code) && code !== "␛[39m");
      expect(open.length * 2).toBe(codes.length);
    }
  });

  it("makes title, finding, questions and the heads of tables stand out", () => {
    const page = painted(plan);
    const strong = [...page.matchAll(/␛\[1m(.*?)␛\[22m/g)].map(([, text]) => text!);
    const [title] = toText(plan).split("\n");
    expect(strong[0]).toBe(title);
    expect(strong.length).toBeGreaterThan(3);
  });

  it("shows what to mind in the terminal's yellow, under a heading that says so", () => {
    const page = painted(readout);
    expect(page).toMatch(/What to mind␛\[22m\n[^\n]*\n\n␛\[33m- /);
  });

  it("is refused where it is neither wanted nor not", () => {
    expect(() => toText(plan, { color: "always" as never })).toThrow(DomainError);
  });
});
