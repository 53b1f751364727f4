import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, it, vi } from "vitest";

// examples/charts.ts does what a user does who wants pictures.

const folder = mkdtempSync(join(tmpdir(), "microlift-charts-"));
afterAll(() => rmSync(folder, { recursive: true }));

it("draws each result into a file of its own, and says the finding of each", async () => {
  const said: string[] = [];
  vi.spyOn(console, "log").mockImplementation((line: string) => void said.push(line));
  vi.stubGlobal("process", { ...process, argv: ["node", "examples/charts.ts", folder] });
  await import("../../examples/charts.ts");
  vi.unstubAllGlobals();
  vi.restoreAllMocks();

  const files = readdirSync(folder).toSorted();
  expect(files).toEqual(["readout.svg", "sales.svg", "visits.svg"]);
  expect(said.map((line) => line.split(": ")[0])).toEqual(files.map((file) => join(folder, file)));
  for (const file of files) {
    const svg = readFileSync(join(folder, file), "utf8");
    expect(svg).toMatch(/^<svg [\s\S]*<\/svg>\s*$/);
    expect(svg).not.toMatch(/NaN|undefined|Infinity/);
  }
});
