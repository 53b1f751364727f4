import { describe, expect, it } from "vitest";
import { DomainError } from "../../src/core/domain-error.ts";
import { fromJson, toJson } from "../../src/core/json.ts";
import { analyzeExperiment } from "../../src/experiment/analyze-experiment.ts";
import type { ExperimentData } from "../../src/experiment/experiment-data.ts";
import { planExperiment } from "../../src/experiment/plan-experiment.ts";
import { parseSummaryRows } from "../../src/warehouse/parse-summary-rows.ts";

// Documents that nobody would write but who wants to see the reader fall: each is refused with the place, in few words.

const DATA = {
  name: "Green button",
  control: "grey",
  metrics: [{ name: "order", role: "macro", kind: "proportion" }],
  arms: [
    { name: "grey", n: 1000, results: [{ metric: "order", conversions: 100 }] },
    { name: "green", n: 1000, results: [{ metric: "order", conversions: 120 }] },
  ],
} as const satisfies ExperimentData;

const HUGE = "x".repeat(10_000_000);
const list = <T>(length: number, entry: (i: number) => T): T[] => Array.from({ length }, (_, i) => entry(i));

function nested(levels: number): unknown {
  let value: unknown = 1;
  for (let i = 0; i < levels; i++) value = i % 2 === 0 ? [value] : { a: value };
  return value;
}

const crowd: Record<string, number> = Object.fromEntries(list(1_000_000, (i) => [`k${i}`, i]));
const json = (from: string, to: string): unknown => JSON.parse(JSON.stringify(DATA).replace(from, to));

const selfish: Record<string, unknown> = { ...DATA };
selfish["arms"] = [selfish, selfish];
const bush: unknown[] = [];
bush.push(bush, bush);
const throwing = (trap: "get" | "ownKeys"): object =>
  new Proxy(DATA, {
    [trap]: () => {
      throw new Error("trapped");
    },
  });
const revoked = Proxy.revocable({}, {});
revoked.revoke();

const wrong: readonly (readonly [what: string, document: unknown, field: string | RegExp])[] = [
  ["a hundred levels", { ...DATA, days: nested(100) }, "data.days.a[0].a[0].…"],
  ["a hundred thousand levels", { ...DATA, arms: nested(100_000) }, /^data\.arms/],
  ["nothing but levels", nested(100_000), /^data/],
  ["a million fields", crowd, "data"],
  ["a million fields in place of a name", { ...DATA, name: crowd }, "data.name"],
  ["many unknown fields", { ...DATA, ...Object.fromEntries(list(5000, (i) => [`k${i}`, i])) }, "data.k0"],
  ["a million arms", { ...DATA, arms: list(1_000_000, () => DATA.arms[0]) }, "data.arms"],
  ["ten thousand wrong arms", { ...DATA, arms: list(10_000, () => 3) }, "data.arms[0]"],
  ["ten thousand arms of one name", { ...DATA, arms: list(10_000, () => DATA.arms[0]) }, /^data\.arms\[1\]/],
  ["a list without an end", { ...DATA, arms: Object.assign([], { length: 1e9 }) }, "data.arms"],
  ["a list with holes", { ...DATA, arms: Object.assign([...DATA.arms], { length: 5 }) }, "data.arms[2]"],
  ["a list with fields", { ...DATA, arms: Object.assign([...DATA.arms], { more: 1 }) }, "data.arms"],
  ["a name of 10 MB", { ...DATA, name: HUGE }, "data.name"],
  ["a control of 10 MB", { ...DATA, control: HUGE }, "data.control"],
  ["a role of 10 MB", { ...DATA, metrics: [{ ...DATA.metrics[0], role: HUGE }] }, "data.metrics[0].role"],
  ["a key of 10 MB", { ...DATA, [HUGE]: 1 }, /^data\.x+…$/],
  ["__proto__", json("{", '{"__proto__":{"polluted":1},'), "data.__proto__"],
  ["__proto__ below", json('"arms":[{', '"arms":[{"__proto__":{"n":1},'), "data.arms[0].__proto__"],
  ["constructor", json("{", '{"constructor":{"prototype":{"polluted":1}},'), "data.constructor"],
  ["prototype", json("{", '{"prototype":{"polluted":1},'), "data.prototype"],
  ["a number as text", json("1000", '"1000"'), "data.arms[0].n"],
  ["1e400", json("1000", "1e400"), "data.arms[0].n"],
  ["a bigint", { ...DATA, plannedN: 10n }, "data.plannedN"],
  ["a symbol", { ...DATA, name: Symbol("x") }, "data.name"],
  ["a function", { ...DATA, name: () => "x" }, "data.name"],
  ["an object without a prototype as a name", { ...DATA, name: Object.create(null) }, "data.name"],
  [
    "an accessor that throws",
    {
      ...DATA,
      get name(): string {
        throw new Error("trapped");
      },
    },
    "data.name",
  ],
  ["a proxy that gives nothing", throwing("get"), "data.name"],
  ["a proxy without fields", throwing("ownKeys"), "data"],
  ["a revoked proxy", revoked.proxy, "data"],
  ["itself", selfish, /^data\.arms\[0\]\.arms/],
  ["itself twice in each place", bush, /^data\[0\]\[0\]/],
  ["inherited fields", Object.create(DATA), "data.name"],
  ["a map", new Map(Object.entries(DATA)), "data.name"],
];

function refusal(call: () => unknown): DomainError {
  let caught: unknown;
  try {
    call();
  } catch (error) {
    caught = error;
  }
  expect(caught).toBeInstanceOf(DomainError);
  return caught as DomainError;
}

describe("a document of", () => {
  it.each(wrong)("%s is refused in few words", (_, document, field) => {
    const error = refusal(() => analyzeExperiment(document as ExperimentData));
    if (typeof field === "string") expect(error.field).toBe(field);
    else expect(error.field).toMatch(field);
    expect(error.message.length).toBeLessThan(12_000);
    const ofPlan = refusal(() => planExperiment(document as never));
    expect(ofPlan.field).toMatch(/^plan/);
    expect(ofPlan.message.length).toBeLessThan(12_000);
  });

  it.each([
    ["frozen objects", Object.freeze(structuredClone(DATA))],
    ["objects without a prototype", Object.assign(Object.create(null) as object, DATA)],
    ["keys that are symbols", { ...DATA, [Symbol("x")]: 1 }],
    ["a prototype of their own", Object.assign(Object.create({ method: () => 1 }) as object, DATA)],
  ])("%s is read as any other", (_, document) => {
    expect(analyzeExperiment(document as ExperimentData)).toEqual(analyzeExperiment(DATA));
  });

  it("names that objects have of themselves is read as any other", () => {
    const names = { grey: "__proto__", green: "constructor", order: "toString" };
    const renamed = JSON.stringify(DATA).replace(/"(grey|green|order)"/g, (_, name: keyof typeof names) =>
      JSON.stringify(names[name]),
    );
    const { treatments, control } = analyzeExperiment(JSON.parse(renamed) as ExperimentData);
    expect(control.name).toBe("__proto__");
    expect(treatments[0]!.metrics[0]!.name).toBe("toString");
    expect(treatments[0]!.decision.action).toBe(analyzeExperiment(DATA).treatments[0]!.decision.action);
  });

  it("whatever it is, no prototype is written to", () => {
    const own = (): unknown =>
      [Object, Array, Function, Error].map(({ prototype }) => Reflect.ownKeys(prototype));
    const before = own();
    for (const [, document] of wrong) refusal(() => analyzeExperiment(document as ExperimentData));
    expect(own()).toEqual(before);
  });
});

describe("JSON that nobody would write", () => {
  it.each([
    ["a hundred thousand levels", `${"[".repeat(1e5)}${"]".repeat(1e5)}`, /fewer levels/],
    ["a text of 10 MB that never ends", `"${HUGE}`, /expected a value at line 1, column 1$/],
    ["10 MB of no JSON", HUGE, /expected a value at line 1, column 1$/],
  ])("of %s is refused in few words", (_, text, expected) => {
    const error = refusal(() => fromJson(text));
    expect(error.expected).toMatch(expected);
    expect(error.message.length).toBeLessThan(300);
  });

  it("has __proto__ as a field like any other", () => {
    const read = fromJson('{"__proto__": {"polluted": "Infinity"}}') as object;
    expect(Object.getPrototypeOf(read)).toBe(Object.prototype);
    expect(Object.keys(read)).toEqual(["__proto__"]);
  });

  it.each([
    ["what holds itself", bush],
    ["a hundred thousand levels", nested(100_000)],
    ["a bigint", { a: 1n }],
  ])("is not made of %s", (_, value) => {
    expect(refusal(() => toJson(value)).message.length).toBeLessThan(300);
  });
});

describe("rows that nobody would write", () => {
  const ROW = { experiment: "x", part: "all", segmentation: "", segment: "", day: null, arm: "a" };
  it.each([
    ["a list without an end", Object.assign([], { length: 1e6 }), "rows[0]"],
    ["a row that throws", [throwing("get")], "rows[0].part"],
    ["a part of 10 MB", [{ ...ROW, measure: "arm", part: HUGE }], "rows[0].part"],
    ["a measure of 10 MB", [{ ...ROW, measure: HUGE }], "rows[0].measure"],
    ["__proto__ for a measure", [{ ...ROW, measure: "__proto__" }], "rows[0].measure"],
    ["levels", [nested(100_001)], "rows[0]"],
  ])("of %s are refused in few words", (_, rows, field) => {
    const error = refusal(() => parseSummaryRows(rows));
    expect(error.field).toBe(field);
    expect(error.message.length).toBeLessThan(600);
  });
});
