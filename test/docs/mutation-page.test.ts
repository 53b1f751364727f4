import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { readResults } from "../mutation/kept-results.ts";
import { FLOORS } from "../mutation/mutants.ts";
import { mutationPage, readJudgements } from "../mutation/page.ts";
import { root } from "../support/pages.ts";

describe("docs/mutation.md", () => {
  const judgements = readJudgements();

  it("is what results and judgements give", () => {
    expect(readFileSync(join(root, "docs/mutation.md"), "utf8")).toBe(mutationPage(judgements));
  });

  it("judges mutants that are alive, and no others", () => {
    const judged = Object.entries(judgements).flatMap(([floor, files]) =>
      Object.entries(files).flatMap(([file, ids]) => Object.keys(ids).map((id) => `${floor}/${file} ${id}`)),
    );
    const alive = new Set(
      FLOORS.flatMap((floor) =>
        Object.entries(readResults(floor).files).flatMap(([file, one]) =>
          one.alive.map(({ id }) => `${floor}/${file} ${id}`),
        ),
      ),
    );
    expect(judged.filter((one) => !alive.has(one))).toEqual([]);
  });
});
