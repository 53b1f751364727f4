import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { answerRequest } from "../../src/cli/answer-request.ts";
import { fromJson, toJson } from "../../src/core/json.ts";
import { compareProportions } from "../../src/inference/compare-proportions.ts";
import { cli } from "../support/command-line.ts";

interface Answer {
  readonly id: unknown;
  readonly result?: unknown;
  readonly error?: {
    readonly name: string;
    readonly message: string;
    readonly field?: string;
    readonly value?: unknown;
    readonly expected?: string;
  };
}

/** The answers to lines of requests, as another program reads them. */
async function serve(lines: readonly string[]): Promise<Answer[]> {
  const { code, out, err } = await cli(["serve", "--stdio"], lines.join("\n"));
  expect({ code, err }).toEqual({ code: 0, err: "" });
  return out
    .trimEnd()
    .split("\n")
    .map((line) => fromJson(line) as Answer);
}

const sf = { function: "normal.sf", arguments: 2 };

describe("microlift serve", () => {
  it("answers each request with the very numbers of the library, in order", async () => {
    const inputs = [30, 45, 60].map((conversions) => ({
      control: { n: 1000, conversions: 30 },
      treatment: { n: 1000, conversions },
    }));
    const answers = await serve(
      inputs.map((input, id) => toJson({ id, function: "compareProportions", arguments: input })),
    );
    expect(answers).toEqual(inputs.map((input, id) => ({ id, result: compareProportions(input) })));
  });

  it("takes arguments as call does: a list holds several, and stays whole where a list is the argument", async () => {
    const answers = await serve([
      '{"id": 1, "function": "adjustPValues", "arguments": [0.01, 0.04]}',
      '{"id": 2, "function": "adjustPValues", "arguments": [[0.01, 0.04], "bonferroni"]}',
      '{"id": 3, "function": "beta.sf", "arguments": [0, 2, 5]}',
      '{"id": 4, "function": "normal.cdf", "arguments": "Infinity"}',
      '{"id": 5, "function": "normal.quantile", "arguments": 0}',
    ]);
    expect(answers.map(({ result }) => result)).toEqual([[0.02, 0.04], [0.02, 0.08], 1, 1, -Infinity]);
  });

  it("says null of a function that returns nothing", async () => {
    expect(await serve(['{"id": 1, "function": "toJson", "arguments": []}'])).toEqual([
      { id: 1, result: null },
    ]);
  });

  it("waits for functions that take their time", async () => {
    const input = { control: { n: 100, conversions: 3 }, treatment: { n: 100, conversions: 4 } };
    const [answer] = await serve([
      toJson({ id: 1, function: "toHtml", arguments: compareProportions(input) }),
    ]);
    expect(answer!.result).toContain("<!doctype html>");
  });

  it.each([[1], ["a"], [null], [0.1], [{ trace: ["x", "Infinity", "$Infinity"] }], [[]], [false]])(
    "gives the id back as it was: %j",
    async (id) => {
      const { out } = await cli(["serve", "--stdio"], JSON.stringify({ ...sf, id }));
      expect((JSON.parse(out) as Answer).id).toEqual(id);
    },
  );

  it("answers with null where there is no id, and refuses one that it cannot give back", async () => {
    const answers = await serve([JSON.stringify(sf), '{"id": 12345678901234567890}', '{"id": 1e999}']);
    expect(answers[0]).toEqual({ id: null, result: 0.022750131948179212 });
    for (const answer of answers.slice(1)) expect(answer).toMatchObject({ id: null, error: { field: "id" } });
  });

  it("is silent at blank lines, and lives through carriage returns and a byte order mark", async () => {
    const request = JSON.stringify({ ...sf, id: 1 });
    const answers = await serve([`\uFEFF${request}\r`, "", " \t", "\r", request]);
    expect(answers.map(({ id }) => id)).toEqual([1, 1]);
  });

  it.each([
    ["no JSON", null, "request", "must be JSON: expected a value at column 1"],
    ['{"id": 1', null, "request", "must be JSON: expected a comma or } at column 9"],
    ["[]", null, "request", "must be an object"],
    ["null", null, "request", "must be an object"],
    ['"text"', null, "request", "must be an object"],
    ["{}", null, "function", "is needed"],
    ['{"id": 7, "function": "beta.sf"}', 7, "arguments", "is needed"],
    ['{"id": 7, "function": 5, "arguments": []}', 7, "function", "must be a text that is not empty"],
    [
      '{"id": 7, "function": "beta.fs", "arguments": []}',
      7,
      "function",
      'must be the name of a public function (did you mean "beta.sf"?)',
    ],
    [
      '{"id": 7, "function": "constructor", "arguments": []}',
      7,
      "function",
      "must be the name of a public function",
    ],
    [
      '{"id": 7, "function": "beta.sf", "argument": []}',
      7,
      "argument",
      'is not a known field here (did you mean "arguments"?)',
    ],
    [
      '{"id": 7, "function": "beta.sf", "arguments": [], "__proto__": {"function": "x"}}',
      7,
      "__proto__",
      "is not a known field here",
    ],
    [
      '{"id": 7, "function": "proportionInterval", "arguments": {"n": 122, "conversions": 130}}',
      7,
      "conversions",
      "must be at most n = 122",
    ],
  ])("answers %s with the fault, and lives on", async (line, id, field, expected) => {
    const [fault, answer] = await serve([line, JSON.stringify({ ...sf, id: 8 })]);
    expect(fault).toMatchObject({ id, error: { name: "DomainError", field, expected } });
    expect(fault!.error!.message).toContain(expected);
    expect(answer).toEqual({ id: 8, result: 0.022750131948179212 });
  });

  it("says the value that was wrong, and leaves it out where there was none", async () => {
    const [wrong, missing] = await serve([
      '{"id": 1, "function": "normal.quantile", "arguments": "Infinity"}',
      '{"id": 1, "function": "compareProportions", "arguments": {}}',
    ]);
    expect(wrong!.error!.value).toBe(Infinity);
    expect(missing!.error).not.toHaveProperty("value");
  });

  it("answers whatever comes, line by line", async () => {
    const request = fc.record({
      id: fc.jsonValue(),
      function: fc.constantFrom(
        "beta.sf",
        "compareProportions",
        "toJson",
        "fromJson",
        "toText",
        "display",
        "nobody",
      ),
      arguments: fc.jsonValue(),
    });
    const line = fc.oneof(
      request.map((asked) => JSON.stringify(asked)),
      fc.json(),
      fc.string({ unit: "binary" }).map((text) => text.replaceAll("\n", "")),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(line, { maxLength: 8 }), async (lines) => {
        const { code, out, err } = await cli(["serve", "--stdio"], lines.join("\n"));
        expect({ code, err }).toEqual({ code: 0, err: "" });
        const asked = lines.filter((text) => text.trim() !== "");
        const answers = out.split("\n").slice(0, -1);
        expect(answers).toHaveLength(asked.length);
        for (const answer of answers) {
          const [id, outcome, ...others] = Object.keys(JSON.parse(answer) as object);
          expect([id, others]).toEqual(["id", []]);
          expect(["result", "error"]).toContain(outcome);
        }
      }),
      { numRuns: 25 },
    );
  });

  it("says of a fault of its own that it is one", async () => {
    const functions = new Map<string, () => unknown>([
      ["crash", () => structuredClone(() => undefined)],
      ["reject", async () => Promise.reject(new RangeError("Maximum call stack size exceeded"))],
    ]);
    for (const [name, kind] of [
      ["crash", "DataCloneError"],
      ["reject", "RangeError"],
    ]) {
      const line = new TextEncoder().encode(JSON.stringify({ id: 1, function: name, arguments: [] }));
      const { id, error } = JSON.parse((await answerRequest(line, functions))!) as Answer;
      expect({ id, fields: Object.keys(error!) }).toEqual({ id: 1, fields: ["name", "message"] });
      expect(error!.name).toBe(kind);
      expect(error!.message).toMatch(/is a fault of microlift .* Please report it/);
    }
  });

  it("waits for a reader that is slow before it reads on", async () => {
    const waiting: (() => void)[] = [];
    let read = 0;
    async function* lines(): AsyncGenerator<Uint8Array> {
      for (; read < 3; read++) yield new TextEncoder().encode(JSON.stringify({ ...sf, id: read }));
    }
    const out = (): Promise<void> => new Promise((resolve) => waiting.push(resolve));
    const served = cli(["serve", "--stdio"], "", { lines, out });
    for (const done of [0, 1, 2]) {
      await expect.poll(() => waiting.length).toBe(done + 1);
      expect(read).toBe(done);
      waiting[done]!();
    }
    expect((await served).code).toBe(0);
  });

  it("asks for the one way there is", async () => {
    const { code, err } = await cli(["serve"]);
    expect(code).toBe(2);
    expect(err).toContain("--stdio");
  });
});
