import { describe, expect, it } from "vitest";
import { DomainError } from "../../src/core/domain-error.ts";
import * as microlift from "../../src/index.ts";
import type { Callable } from "../support/public-functions.ts";
import { at, type Path, replaced } from "../support/replaced-values.ts";

// A matrix is laid out after its shape is known to be right: one of lists far too long has no room in memory.

const TIMES = 100_000;

/** Calls of public functions, and the list in their arguments that is repeated. */
const CALLS: readonly (readonly [name: string, args: readonly unknown[], path: Path])[] = [
  [
    "pairEffects",
    [
      {
        covariance: [
          [0.0016, 0.0004, 0.0004],
          [0.0004, 0.0009, 0.0003],
          [0.0004, 0.0003, 0.0004],
        ],
        proxies: ["cart", "search"],
      },
      "search",
    ],
    [0, "covariance"],
  ],
  [
    "compositeEffects",
    [
      {
        scale: "difference",
        covariance: [
          [1.6e-5, 4e-6, 2.56e-6],
          [4e-6, 9e-6, 1.2e-6],
          [2.56e-6, 1.2e-6, 6.4e-7],
        ],
      },
      [0.7, 0.3],
    ],
    [0, "covariance"],
  ],
  [
    "compositeSampling",
    [
      {
        scale: "difference",
        covariance: [
          [0.18, 0.05, 0.036],
          [0.05, 0.42, 0.02],
          [0.036, 0.02, 0.0392],
        ],
      },
      [0.5, 0.5],
    ],
    [1],
  ],
  [
    "estimateJointEffectCovariance",
    [
      {
        experiments: [
          {
            proxyEffects: [0.08, 0.02],
            macroEffect: 0.06,
            covariance: [
              [0.0004, 0.0001, 0.0001],
              [0.0001, 0.0009, 0.0001],
              [0.0001, 0.0001, 0.0004],
            ],
          },
          {
            proxyEffects: [-0.05, 0.01],
            macroEffect: -0.03,
            covariance: [
              [0.0004, 0.0001, 0.0001],
              [0.0001, 0.0009, 0.0001],
              [0.0001, 0.0001, 0.0004],
            ],
          },
          {
            proxyEffects: [0.03, -0.06],
            macroEffect: 0.01,
            covariance: [
              [0.0004, 0.0001, 0.0001],
              [0.0001, 0.0009, 0.0001],
              [0.0001, 0.0001, 0.0004],
            ],
          },
          {
            proxyEffects: [0.1, 0.07],
            macroEffect: 0.09,
            covariance: [
              [0.0004, 0.0001, 0.0001],
              [0.0001, 0.0009, 0.0001],
              [0.0001, 0.0001, 0.0004],
            ],
          },
          {
            proxyEffects: [-0.02, 0.04],
            macroEffect: -0.04,
            covariance: [
              [0.0004, 0.0001, 0.0001],
              [0.0001, 0.0009, 0.0001],
              [0.0001, 0.0001, 0.0004],
            ],
          },
        ],
        proxies: ["cart", "search"],
      },
    ],
    [0, "experiments", 0, "proxyEffects"],
  ],
];

describe("lists that are far too long", () => {
  it.each(CALLS)("are refused by %s in words", (name, args, path) => {
    const list = at(args, path) as readonly unknown[];
    const long = Array.from({ length: TIMES * list.length }, (_, i) => list[i % list.length]);
    const call = (microlift as unknown as Readonly<Record<string, Callable>>)[name]!;
    expect(() => call(...args)).not.toThrow();
    expect(() => call(...(replaced(args, path, long) as unknown[]))).toThrow(DomainError);
  });
});
