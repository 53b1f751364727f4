import { describe, expect, it } from "vitest";
import { firstMissing, recut } from "../support/shown-output.ts";

const printed = "Title\n=====\n\nalpha  0.05\nunits  1,200\n\nend\n";

describe("what a page shows of an output", () => {
  it.each([
    ["all of it", printed],
    ["its beginning", "Title\n=====\n…\n"],
    ["its end", "…\nend\n"],
    ["parts of it", "Title\n…\nunits  1,200\n…\n"],
    ["a line that stands twice at its end", "…\n\nend\n"],
  ])("agrees where it is %s", (_, shown) => expect(firstMissing(shown, printed)).toBeNull());

  it.each([
    ["an end left out without a sign", "Title\n=====\n", "Title"],
    ["a beginning left out without a sign", "alpha  0.05\n…\n", "alpha  0.05"],
    ["another figure", "…\nunits  1,300\n…\n", "units  1,300"],
    ["another order", "…\nunits  1,200\n…\nalpha  0.05\n…\n", "alpha  0.05"],
    ["nothing left of it", "", ""],
    ["nothing but a cut", "…\n", "…"],
  ])("does not with %s", (_, shown, missing) => expect(firstMissing(shown, printed)).toBe(missing));

  it("is cut anew at the same words", () => {
    expect(recut("Title\n…\nunits    900\n…\n", printed)).toBe("Title\n…\nunits  1,200\n…\n");
    expect(recut("…\nunits  1,200\n…\n", printed)).toBe("…\nunits  1,200\n…\n");
    expect(recut("…\nvisitors  900\n…\n", printed)).toBe(printed);
    expect(recut("old\n", printed)).toBe(printed);
  });
});
