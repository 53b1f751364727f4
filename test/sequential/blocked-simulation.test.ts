import { describe, expect, it } from "vitest";
import { createRandom } from "../../src/numerics/random.ts";
import { simulateSequential, sequentialBlocks } from "../../src/sequential/simulate-sequential.ts";

const design = { baseline: 0.3, lift: 0.1, n: [50], upper: [1.5], lower: [-2] };

describe("a simulation in blocks", () => {
  it("is one block up to 100,000 experiments, and leaves the stream where its draws end", () => {
    const rng = createRandom(3);
    simulateSequential({ ...design, experiments: 1000, rng });
    const fresh = createRandom(3);
    for (let draw = 0; draw < 2000; draw++) fresh.uniform();
    expect(rng.uniform()).toBe(fresh.uniform());
    expect(sequentialBlocks({ ...design, experiments: 100_000 }).blocks).toBe(1);
    expect(sequentialBlocks({ ...design, experiments: 100_001 }).blocks).toBe(2);
  });

  it("gives the same whoever runs which block", () => {
    const options = { ...design, experiments: 230_000 };
    const alone = simulateSequential({ ...options, rng: createRandom(5) });
    const parts: unknown[] = [];
    for (const mine of [[0, 2], [1]]) {
      const thread = sequentialBlocks({ ...options, rng: createRandom(5) });
      for (const block of mine) parts[block] = thread.run(block);
    }
    const { join } = sequentialBlocks({ ...options, rng: createRandom(5) });
    expect(join(structuredClone(parts) as Parameters<typeof join>[0])).toEqual(alone);
  });

  it("begins with the draws of the stream itself, and goes on with others", () => {
    const two = sequentialBlocks({ ...design, experiments: 200_000, rng: createRandom(9) });
    const one = sequentialBlocks({ ...design, experiments: 100_000, rng: createRandom(9) });
    const first = two.run(0);
    expect(first).toEqual(one.run(0));
    expect(two.run(1)).not.toEqual(first);
  });

  it("needs a stream that splits for several blocks", () => {
    const { uniform, normal } = createRandom(1);
    const rng = { uniform, normal } as ReturnType<typeof createRandom>;
    expect(simulateSequential({ ...design, experiments: 10, rng }).experiments).toBe(10);
    expect(() => simulateSequential({ ...design, experiments: 100_001, rng })).toThrow(/rng = .*split/);
  });
});
