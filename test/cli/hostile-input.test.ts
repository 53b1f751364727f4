import { describe, expect, it } from "vitest";
import { cli } from "../support/command-line.ts";

// What nobody would send but who wants to see the commands fall: each answers with few words and exit code 1, or with
// an error in its place where a stream of documents goes on.

const DATA = {
  name: "Green button",
  control: "grey",
  metrics: [{ name: "order", role: "macro", kind: "proportion" }],
  arms: [
    { name: "grey", n: 1000, results: [{ metric: "order", conversions: 100 }] },
    { name: "green", n: 1000, results: [{ metric: "order", conversions: 120 }] },
  ],
};
const TEXT = JSON.stringify(DATA);
const HUGE = "x".repeat(10_000_000);
const levels = (count: number): string => `${"[".repeat(count)}${"]".repeat(count)}`;
const crowd = (count: number): string =>
  `{${Array.from({ length: count }, (_, i) => `"k${i}":${i}`).join(",")}}`;

const hostile: readonly (readonly [what: string, document: string])[] = [
  ["a hundred levels", levels(100)],
  ["a hundred thousand levels", levels(100_000)],
  ["a hundred thousand levels as arms", TEXT.replace(/"arms":.*/, `"arms":${levels(100_000)}}`)],
  ["brackets that do not close", "[".repeat(1_000_000)],
  ["a million keys", crowd(1_000_000)],
  ["many keys in place of a name", TEXT.replace('"Green button"', crowd(50_000))],
  ["__proto__", TEXT.replace("{", '{"__proto__":{"polluted":1},')],
  ["constructor", TEXT.replace("{", '{"constructor":{"prototype":{"polluted":1}},')],
  ["a name of 10 MB", TEXT.replace("Green button", HUGE)],
  ["a key of 10 MB", TEXT.replace("{", `{"${HUGE}":1,`)],
  ["10 MB that are no JSON", HUGE],
  ["a number as text", TEXT.replace('"conversions":100', '"conversions":"100"').replace("1000", '"1000"')],
  ["a number beyond all doubles", TEXT.replace("1000", "1e400")],
  ["nothing", ""],
  ["a zero byte", "\u0000"],
  ["an escape sequence as a key", TEXT.replace("{", String.raw`{"\u001b[2J\u001b]0;owned\u0007":1,`)],
];

/** One line, not long, without a stack, and nothing that moves the cursor. */
function expectBounded(text: string): void {
  const lines = text.trimEnd().split("\n");
  expect(lines.length).toBeLessThanOrEqual(12);
  expect(text.length).toBeLessThan(25_000);
  expect(text).not.toMatch(/\n\s+at |node:internal|\.ts:\d+/);
  // eslint-disable-next-line no-control-regex
  expect(text).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f]/);
}

describe("the command", () => {
  it.each(
    ["analyze", "plan", "proxy"].flatMap((command) =>
      hostile.map(([what, document]) => [command, what, document] as const),
    ),
  )("%s refuses %s", async (command, _, document) => {
    const { code, out, err, files } = await cli([command, "-"], document);
    expect(code).toBe(1);
    expect(out).toBe("");
    expect(err).not.toBe("");
    expectBounded(err);
    expect(files.size).toBe(0);
  });

  it("analyze --ndjson answers each such line with an error, and goes on", async () => {
    const lines = hostile.map(([, document]) => document).filter((document) => document !== "");
    const { out } = await cli(["analyze", "--ndjson", "-"], [...lines, TEXT].join("\n"));
    const answers = out.trimEnd().split("\n");
    expect(answers.length).toBe(lines.length + 1);
    for (const answer of answers.slice(0, -1)) {
      expect(JSON.parse(answer)).toHaveProperty("error");
      expectBounded(answer);
    }
    expect(JSON.parse(answers.at(-1)!)).not.toHaveProperty("error");
  });
});
