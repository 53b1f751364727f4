import { describe, expect, it } from "vitest";
import { growingRows } from "../../src/numerics/growing-rows.ts";

describe("growing rows", () => {
  it("are none at first, and hold every row in its order past their first room", () => {
    const rows = growingRows(3);
    expect(rows.toArray()).toHaveLength(0);
    for (let i = 0; i < 5000; i++) rows.add(Float64Array.of(i, -i, 0.5));
    const all = rows.toArray();
    expect(all).toHaveLength(15_000);
    expect(all.every((value, at) => value === [Math.floor(at / 3), -Math.floor(at / 3), 0.5][at % 3])).toBe(
      true,
    );
  });

  it("copy a row, whatever becomes of it", () => {
    const rows = growingRows(1);
    const row = Float64Array.of(1);
    rows.add(row);
    row[0] = 2;
    rows.add(row);
    expect([...rows.toArray()]).toEqual([1, 2]);
  });
});
