import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { root } from "../support/pages.ts";

// No code made of strings, and no write to a prototype: neither in the text of what is published nor where it is refused.

const dist = join(root, "dist");
// The file for browsers carries zod, which asks whether it may make code and goes on without it.
const files = readdirSync(dist).filter((name) => /\.c?js$/.test(name) && name !== "browser.js");

/** Freezes what a write to a prototype would change, and analyses the same experiment by each entry. */
const FROZEN = `
import { readFileSync } from "node:fs";
for (const { prototype } of [Object, Array, Function, String, Number, Boolean, Map, Set, Promise, RegExp, Date]) {
  Object.freeze(prototype);
}
const data = readFileSync("examples/hillstrom-data.json", "utf8");
for (const entry of ["index", "browser"]) {
  const { analyzeExperiment, fromJson, toJson } = await import(\`\${process.cwd()}/dist/\${entry}.js\`);
  console.log(toJson(analyzeExperiment(fromJson(data))));
}
`;

function node(options: readonly string[], code: string): string {
  return execFileSync(process.execPath, [...options, "--input-type=module", "--eval", code], {
    cwd: root,
    encoding: "utf8",
  });
}

describe("what is published", () => {
  it.each(files)("%s makes no code of strings and names no __proto__", (name) => {
    const text = readFileSync(join(dist, name), "utf8");
    expect(text.match(/(?<![\w.])(eval|Function)\s*\(|\bnew Function\b|\.__proto__/g)).toBeNull();
  });

  it("comes to the same read-out where code of strings, __proto__ and writes to prototypes are refused", () => {
    const strict = node(["--disallow-code-generation-from-strings", "--disable-proto=throw"], FROZEN);
    const asEver = node([], FROZEN.replace(/^for \(const \{ prototype[^}]*\}[^}]*\}\n/m, ""));
    expect(strict.split("\n")[0]!.length).toBeGreaterThan(10_000);
    expect(strict).toBe(asEver);
  });
});
