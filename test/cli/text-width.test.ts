import { describe, expect, it } from "vitest";
import { textWidth } from "../../src/cli/text-width.ts";

describe("the width of a text without a screen", () => {
  const size = { fontSize: 100 };

  it("knows narrow and wide letters", () => {
    expect(textWidth(size, "ill")).toBeCloseTo(90);
    expect(textWidth(size, "WWW")).toBeCloseTo(300);
    expect(textWidth(size, "漢字")).toBeCloseTo(280);
  });

  it("is wider in bold, and never above the limit", () => {
    expect(textWidth({ ...size, fontWeight: 600 }, "proxy")).toBeGreaterThan(textWidth(size, "proxy"));
    expect(textWidth({ ...size, limit: 120 }, "proxy")).toBe(120);
    expect(textWidth({ ...size, limit: 0 }, "proxy")).toBeGreaterThan(120);
  });

  it("is that of the smallest common size where none is given, and nothing for nothing", () => {
    expect(textWidth({}, "m")).toBe(11);
    expect(textWidth(size, " ")).toBe(0);
  });
});
