import { createRandom } from "../../../src/numerics/random.ts";
import { thinWeights } from "../../../src/numerics/thin-weights.ts";
import type { EffectCovariance } from "../../../src/proxy/effect-covariance.ts";
import { estimateEffectCovariance } from "../../../src/proxy/estimate-effect-covariance.ts";
import { drawPast, WORLDS } from "../../support/effect-worlds.ts";
import type { Outcomes } from "./simulate-decisions.ts";
import type { World } from "./worlds.ts";

/** One row of a table of docs/methods/decision.md. */
export interface Scenario {
  /** First cells of the row, which name it. */
  readonly label: readonly string[];
  readonly world: () => World;
  readonly experiments: number;
  /** What the other cells show. */
  readonly shown: readonly (keyof Outcomes)[];
  /** What the page promises: at most, or at least, this share, to three standard errors. */
  readonly promises?: Partial<Record<keyof Outcomes, readonly ["<=" | ">=", number]>>;
}

const WATCHED = {
  once: {},
  "3 looks": { monitoring: { method: "group-sequential", looks: 3 }, looks: 3 },
  "10 looks, always valid": { monitoring: { method: "normal-mixture" }, looks: 10 },
} as const satisfies Record<string, World>;

const WORKS = { order: 0.1, cart: 0.1 };
// A test with looks is as many documents, the last with all of them.
const EXPERIMENTS = 2000;
const WITH_LOOKS = 1000;
const WITH_MANY_LOOKS = 300;

function each<T>(make: (label: keyof typeof WATCHED, world: World) => T): T[] {
  return (Object.keys(WATCHED) as (keyof typeof WATCHED)[]).map((label) => make(label, WATCHED[label]));
}

function experimentsOf({ looks = 1 }: World): number {
  if (looks === 1) return EXPERIMENTS;
  return looks > 3 ? WITH_MANY_LOOKS : WITH_LOOKS;
}

/** Nothing that is tested does anything. */
const nothingWorks = [1, 3].flatMap((treatments) =>
  each((label, world): Scenario => ({
    label: [String(treatments), label],
    world: () => ({ ...world, treatments }),
    experiments: experimentsOf(world),
    shown: ["ship", "secondaryFlag"],
    promises: { ship: ["<=", 0.025], ...(treatments === 1 && { secondaryFlag: ["<=", 0.05] as const }) },
  })),
);

/** The planned lift is true, and the guardrails are as they were. */
const itWorks = each((label, world): Scenario => ({
  label: [label],
  world: () => ({ ...world, lifts: WORKS }),
  experiments: experimentsOf(world),
  shown: ["ship", "guardrailOpen"],
  ...(label === "once" && { promises: { ship: [">=", 0.8] as const } }),
}));

/** The planned lift is true, and one guardrail or both are worse by so many margins. */
const MARGIN = { pages: 0.017, time: 0.0125 };
const harmed = (["once", "3 looks"] as const).flatMap((label) =>
  [
    ["1 × margin", { "page view": -MARGIN.pages }],
    ["1.5 × margin", { "page view": -1.5 * MARGIN.pages }],
    ["2.5 × margin", { "page view": -2.5 * MARGIN.pages }],
    ["1 × margin, both", { "page view": -MARGIN.pages, "load time": MARGIN.time }],
  ].map(([harm, lifts]): Scenario => ({
    label: [harm as string, label],
    world: () => ({ ...WATCHED[label], lifts: { ...WORKS, ...(lifts as object) } }),
    experiments: WITH_LOOKS,
    shown: ["ship", "guardrailStop"],
    promises: { ship: ["<=", 0.05] },
  })),
);

/** Carts rise by a tenth, and orders do not. */
const RULE = { kind: "proxy-assisted", proxy: "cart" } as const;
const vanity = (
  [
    ["macro alone", () => ({})],
    ["assisted, believed", () => ({ rule: RULE })],
    ["assisted, learned from a vanity metric's past", () => ({ rule: RULE, effects: learned("vanity") })],
    ["assisted, learned from a good proxy's past", () => ({ rule: RULE, effects: learned("good") })],
  ] as const satisfies readonly (readonly [string, () => World])[]
).map(([label, world], i): Scenario => ({
  label: [label],
  world: () => ({ ...world(), lifts: { cart: 0.1 } }),
  experiments: i < 2 ? WITH_LOOKS : WITH_MANY_LOOKS,
  shown: ["ship"],
  ...(i < 2 && { promises: { ship: ["<=", 0.025] as const } }),
}));

/** Of thousands; every document integrates over all of them, and a table reads a thousand. */
const NODES = 60;

/** What a hundred past tests of 20,000 units an arm teach in a world of docs/methods/proxy-worlds.md. */
function learned(world: string): EffectCovariance {
  const past = drawPast(createRandom(20_261_123), WORLDS[world]!, 100, 20_000);
  const experiments = Array.from({ length: past.experiments }, (_, k) => {
    const [a, b, c, d] = past.covariances.slice(4 * k, 4 * k + 4) as unknown as [
      number,
      number,
      number,
      number,
    ];
    return {
      proxyEffect: past.effects[2 * k]!,
      macroEffect: past.effects[2 * k + 1]!,
      covariance: [
        [a, b],
        [c, d],
      ],
      scale: past.scale,
    };
  });
  const { scale, source, tauProxy, tauMacro, rho, posterior } = estimateEffectCovariance({ experiments });
  const { kept, weights } = thinWeights(
    Float64Array.from(posterior!, ({ weight }) => weight),
    NODES,
  );
  const nodes = kept.map((k, i) => ({ ...posterior![k]!, weight: weights[i]! }));
  return { scale, source, tauProxy, tauMacro, rho, posterior: nodes };
}

/** Everything works, and a share of the treatment's units is lost. */
const broken = [0, 0.01, 0.02, 0.05].map((lost): Scenario => ({
  label: [`${100 * lost} %`],
  world: () => ({ lost, lifts: WORKS, looks: 1 }),
  experiments: WITH_LOOKS,
  shown: ["blocked", "ship"],
  promises: lost === 0.05 ? { blocked: [">=", 0.99], ship: ["<=", 0.001] } : {},
}));

/** By the posterior of the macro metric under flat priors. */
const posterior = [0.95, 0.975].flatMap((threshold) =>
  [{}, WORKS].map((lifts): Scenario => ({
    label: [String(threshold), lifts === WORKS ? "planned lift" : "none"],
    world: () => ({ rule: { kind: "macro-posterior", threshold }, lifts }),
    experiments: WITH_LOOKS,
    shown: ["ship"],
    promises: lifts === WORKS ? { ship: [">=", 0.8] } : { ship: ["<=", 1 - threshold] },
  })),
);

/** The tables of the page, by the end of their headings. */
export const SCENARIOS: Readonly<Record<string, readonly Scenario[]>> = {
  "nothing works": nothingWorks,
  "it works": itWorks,
  "a guardrail is harmed": harmed,
  "the proxy moves and sales do not": vanity,
  "the split is broken": broken,
  "by the posterior": posterior,
};

/** Seed of a row, the same wherever it is computed. */
export function seedOf(heading: string, row: number): number {
  return 20_261_123 + 100 * Object.keys(SCENARIOS).indexOf(heading) + row;
}
