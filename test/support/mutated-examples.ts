import * as microlift from "../../src/index.ts";
import { createRandom, type Random } from "../../src/numerics/random.ts";
import { examples, runExample } from "./examples.ts";
import type { Callable } from "./public-functions.ts";
import { at, type Path } from "./replaced-values.ts";
import { faultOfCall } from "./sound-result.ts";

// Calls of the documented examples, each with a few of its values replaced: input that is nearly right reaches code
// that junk never does.

/** Arguments that the examples give to each public function, by its name. */
export async function recordedCalls(): Promise<ReadonlyMap<string, readonly unknown[][]>> {
  const calls = new Map<string, unknown[][]>();
  const record = (name: string, f: Callable): Callable => {
    calls.set(name, []);
    return (...args) => {
      try {
        calls.get(name)!.push(shortened(structuredClone(args)) as unknown[]);
      } catch {
        // An argument that holds functions, such as a random stream, is no data to mutate.
      }
      return f(...args);
    };
  };
  const library = Object.fromEntries(
    Object.entries(microlift).map(([name, value]) => {
      if (typeof value === "function")
        return [name, /^[a-z]/.test(name) ? record(name, value as Callable) : value];
      if (name.endsWith("Schema")) return [name, value];
      const members = Object.entries(value).map(([part, member]) => [
        part,
        record(`${name}.${part}`, member as Callable),
      ]);
      return [name, Object.fromEntries(members)];
    }),
  );
  for (const { where, code } of examples) {
    // Guides hold whole histories, and each call on one of them takes long.
    if (where.startsWith("docs/guides/")) continue;
    try {
      await runExample(code, library, () => undefined);
    } catch {
      // test/docs/examples.test.ts says which example does not run.
    }
  }
  // The members of a distribution take the same arguments, and one example shows them for all.
  for (const name of calls.keys()) {
    const [distribution, member] = name.split(".");
    if (member === undefined) continue;
    const siblings = [...calls].filter(([other]) => other.startsWith(`${distribution}.`));
    if (calls.get(name)!.length === 0)
      calls.set(
        name,
        siblings.flatMap(([, args]) => args),
      );
  }
  return calls;
}

/** A list of more, such as the nodes of a posterior, would draw all mutations to itself. */
const LONGEST_LIST = 40;

function shortened(value: unknown): unknown {
  if (Array.isArray(value)) return value.slice(0, LONGEST_LIST).map(shortened);
  if (typeof value !== "object" || value === null || ArrayBuffer.isView(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, shortened(part)]));
}

const NUMBERS = [
  0,
  -0,
  1,
  -1,
  2,
  3,
  0.5,
  1e-9,
  0.05,
  0.95,
  1 - 2 ** -53,
  1 + 2 ** -52,
  10,
  100,
  1e6,
  1e12,
  2 ** 53 - 1,
  2 ** 53,
  1e100,
  1e300,
  Number.MAX_VALUE,
  Number.MIN_VALUE,
  2.3e-308,
  1e-300,
  1e-100,
  Infinity,
  -Infinity,
  Number.NaN,
];
const JUNK: readonly unknown[] = [undefined, null, "", "0.5", true, [], {}, [null], [[]], { n: 3 }];

/** Tries a function `runs` times on mutated arguments: what went wrong first, with the arguments, or null. */
export function firstFault(
  call: Callable,
  recorded: readonly unknown[][],
  runs: number,
  words: readonly string[],
): string | null {
  const random = createRandom(20_261_122);
  for (let run = 0; run < runs; run++) {
    const args = mutatedArguments(random, recorded, words);
    const fault = faultOfCall(() => call(...args));
    if (fault !== null) return `${fault} for ${show(args)}`;
  }
  return null;
}

/** One of the recorded calls with up to three values changed. */
export function mutatedArguments(
  random: Random,
  recorded: readonly unknown[][],
  words: readonly string[],
): unknown[] {
  const args = structuredClone(pick(random, recorded));
  const changes = 1 + Math.floor(3 * random.uniform());
  for (let i = 0; i < changes; i++) mutate(random, args, words);
  return args;
}

/** Every word that the examples use, the names of methods among them. */
export function wordsIn(calls: ReadonlyMap<string, readonly unknown[][]>): readonly string[] {
  const words = new Set<string>();
  const collect = (value: unknown): void => {
    if (typeof value === "string") words.add(value);
    else if (typeof value === "object" && value !== null) Object.values(value).forEach(collect);
  };
  for (const recorded of calls.values()) collect(recorded);
  return [...words];
}

/** Replaces one value of the arguments: by another one, by a piece of them, or by junk. */
export function mutate(random: Random, args: unknown[], words: readonly string[]): void {
  const paths = leaves(args);
  if (paths.length === 0) return;
  const path = pick(random, paths);
  const parent = at(args, path.slice(0, -1)) as Record<string | number, unknown>;
  const key = path.at(-1)!;
  const old = parent[key];
  const dice = random.uniform();
  if (dice < 0.05) parent[key] = structuredClone(pick(random, JUNK));
  else if (dice < 0.08 && !Array.isArray(parent) && !ArrayBuffer.isView(parent)) delete parent[key];
  else if (dice < 0.15) parent[key] = structuredClone(at(args, pick(random, paths)));
  else if (typeof old === "number") parent[key] = anotherNumber(random, old);
  else if (typeof old === "string") parent[key] = pick(random, words);
  else parent[key] = structuredClone(pick(random, JUNK));
}

function anotherNumber(random: Random, old: number): number {
  const dice = random.uniform();
  if (dice < 0.3) return pick(random, NUMBERS);
  if (dice < 0.45) return Math.round(old * 10 ** (6 * random.uniform() - 3));
  if (dice < 0.6) return old * 10 ** (6 * random.uniform() - 3);
  if (dice < 0.75) return old + (random.uniform() < 0.5 ? 1 : -1);
  if (dice < 0.85) return random.uniform();
  return -old;
}

function leaves(value: unknown, path: Path = []): Path[] {
  if (typeof value !== "object" || value === null) return path.length > 0 ? [path] : [];
  const inner = Object.entries(value).flatMap(([key, part]) => leaves(part, [...path, key]));
  // A list or an object may be replaced whole, though less often than one of its values.
  return path.length > 0 ? [...inner, path] : inner;
}

function pick<T>(random: Random, values: readonly T[]): T {
  return values[Math.floor(random.uniform() * values.length)]!;
}

function show(args: unknown): string {
  return JSON.stringify(args, (_, value: unknown) =>
    typeof value === "number" && !Number.isFinite(value) ? String(value) : value,
  );
}
