import { describe, expect, it } from "vitest";
import {
  checkCorrelation,
  checkCount,
  checkFinite,
  checkNonNegative,
  checkNumber,
  checkObject,
  checkOneOf,
  checkOpenUnit,
  checkPositive,
  checkProbability,
} from "../../src/core/checks.ts";
import { DomainError } from "../../src/core/domain-error.ts";

describe("DomainError", () => {
  it("names field, value and expectation, in the message and as properties", () => {
    const error = new DomainError("control.conversions", 130, "must be at most n = 122");
    expect(error.message).toBe("control.conversions = 130, must be at most n = 122");
    expect(error).toMatchObject({
      field: "control.conversions",
      value: 130,
      expected: "must be at most n = 122",
    });
    expect(error).toBeInstanceOf(Error);
    expect(error.name).toBe("DomainError");
  });

  it("shows strings in quotes, lists in brackets and objects in short", () => {
    expect(new DomainError("a", "x", "!").message).toBe('a = "x", !');
    expect(new DomainError("a", [1, "x", {}], "!").message).toBe('a = [1, "x", {…}], !');
    expect(new DomainError("a", null, "!").message).toBe("a = null, !");
  });
});

describe("the checks", () => {
  const cases: readonly [
    string,
    (field: string, value: number) => void,
    readonly number[],
    readonly number[],
  ][] = [
    ["checkFinite", checkFinite, [0, -1e308], [Number.NaN, Infinity, -Infinity]],
    ["checkNumber", checkNumber, [0, Infinity], [Number.NaN]],
    ["checkPositive", checkPositive, [5e-324, 1e308], [0, -1, Number.NaN, Infinity]],
    ["checkNonNegative", checkNonNegative, [0, 1e308], [-5e-324, Number.NaN, Infinity]],
    ["checkOpenUnit", checkOpenUnit, [5e-324, 1 - 2 ** -53], [0, 1, Number.NaN]],
    ["checkProbability", checkProbability, [0, 1], [-5e-324, 1 + 2 ** -52, Number.NaN]],
    ["checkCorrelation", checkCorrelation, [-1, 1], [-1.01, 1.01, Number.NaN]],
    ["checkCount", checkCount, [0, 2 ** 53 - 1], [-1, 0.5, 2 ** 53, Number.NaN, Infinity]],
  ];

  it.each(cases)("%s takes its domain and refuses the rest, strings included", (_, check, good, bad) => {
    for (const value of good) expect(() => check("x", value)).not.toThrow();
    for (const value of bad) expect(() => check("x", value)).toThrow(DomainError);
    expect(() => check("x", "0.5" as unknown as number)).toThrow(DomainError);
    expect(() => check("x", undefined as unknown as number)).toThrow(DomainError);
  });

  it("shows so much of a value as a person reads, and carries all of it", () => {
    const name = "x".repeat(10_000);
    const error = new DomainError("name", name, "must be shorter");
    expect(error.message.length).toBeLessThan(250);
    expect(error.message).toMatch(/x…, must be shorter$/);
    expect(error.value).toBe(name);
  });

  it("names the choices that were open", () => {
    expect(() => checkOneOf<string>("test", "t", ["score", "wald"])).toThrow(
      'test = "t", must be one of "score", "wald"',
    );
    expect(() => checkObject("control", undefined)).toThrow("control = undefined, must be an object");
  });
});
