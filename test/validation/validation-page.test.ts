import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { drawChart } from "../support/draw-chart.ts";
import { root } from "../support/pages.ts";
import { publicFunctions } from "../support/public-functions.ts";
import { checksOf } from "./job.ts";
import { JOBS } from "./jobs.ts";
import { validationPage } from "./page.ts";
import { REFERENCES } from "./references.ts";
import { readResult, VALIDATION } from "./results.ts";
import { WITHOUT_REFERENCE } from "./without-reference.ts";

const results = new Map(
  JOBS.flatMap(({ id }) => {
    const result = readResult(id);
    return result === null ? [] : [[id, result] as const];
  }),
);
const charts = [...results.values()].flatMap(({ outcome }) => outcome.charts);

describe("docs/validation.md", () => {
  it("is what the kept results give", () => {
    const page = readFileSync(new URL("../validation.md", VALIDATION), "utf8");
    expect(page).toBe(validationPage(JOBS, results));
  });

  it("has nothing that falls short", () => {
    const short = [...results.values()].flatMap(({ outcome }) =>
      checksOf(outcome).filter(({ within }) => !within),
    );
    expect(short).toEqual([]);
  });

  it("keeps no result of a job that is gone, and no picture of a chart that is", () => {
    const files = readdirSync(VALIDATION, { recursive: true, encoding: "utf8" }).filter((name) =>
      /\.\w+$/.test(name),
    );
    const known = [
      ...[...results.keys()].map((id) => join("results", `${id}.json`)),
      ...charts.map(({ name }) => `${name}.svg`),
    ];
    expect(files.toSorted()).toEqual(known.toSorted());
  });

  it.each(charts.map((chart) => [chart.name, chart] as const))(
    "draws %s as it is kept",
    async (name, { spec }) => {
      const { svg, complaints } = await drawChart(spec);
      expect(complaints).toEqual([]);
      expect(svg).toBe(readFileSync(new URL(`${name}.svg`, VALIDATION), "utf8"));
    },
  );
});

describe("the references", () => {
  it("have every public function, or say why not, and never both", () => {
    const withValues = new Set(REFERENCES.flatMap(({ functions }) => functions));
    const without = WITHOUT_REFERENCE.flatMap(({ functions }) => functions);
    expect([...withValues, ...without].toSorted()).toEqual(publicFunctions.map(([name]) => name).toSorted());
  });

  it("name tests that are there", () => {
    const files = [...REFERENCES.map(({ file }) => file), ...WITHOUT_REFERENCE.flatMap(({ tests }) => tests)];
    expect(files.filter((file) => !existsSync(join(root, `test/${file}.test.ts`)))).toEqual([]);
  });
});
