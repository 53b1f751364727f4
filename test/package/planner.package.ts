import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { plannerPage } from "../../scripts/build-planner.ts";

const PAGE = new URL("../../docs/planner/index.html", import.meta.url);
/** Vega and the library, with everything that they need: more would be something that nobody asked for. */
const LARGEST_BYTES = 1_400_000;

describe("docs/planner/index.html", () => {
  it("is what the sources make, byte for byte: `npm run planner`", async () => {
    const built = await plannerPage();
    // Compared as a whole, since a difference of a megabyte in one line tells nothing.
    expect(built === readFileSync(PAGE, "utf8")).toBe(true);
    expect(await plannerPage()).toHaveLength(built.length);
    expect(Buffer.byteLength(built)).toBeLessThan(LARGEST_BYTES);
  });

  it("asks for nothing from elsewhere", () => {
    const page = readFileSync(PAGE, "utf8");
    const [head] = page.split("<script>");
    expect(head).not.toMatch(/<(?:link|iframe|object|embed|base)\b|\s(?:src|href)="(?!#)|url\(|@import/);
  });
});
