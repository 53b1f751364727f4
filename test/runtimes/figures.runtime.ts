import { execFileSync } from "node:child_process";
import { copyFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, inject, it } from "vitest";
import { toJson } from "../../src/core/json.ts";
import { recordedCalls } from "../support/mutated-examples.ts";
import { installRuntimes, type Runtime } from "../support/runtimes.ts";
import { differences, type Figures } from "./differences.ts";
import { fixedSuite } from "./fixed-suite.ts";

// One fixed suite of figures on every runtime, compared by their bits. The browser's: browser.runtime.ts.

const runtimes = installRuntimes();
const [first, ...others] = runtimes;

describe.skipIf(first === undefined)("the fixed suite", () => {
  const home = inject("home");
  let reference: Figures;

  function figuresOn({ command: [program, ...args] }: Runtime): Figures {
    const options = { cwd: home, encoding: "utf8", maxBuffer: 2 ** 28 } as const;
    return JSON.parse(execFileSync(program, [...args, "print-figures.mjs"], options)) as Figures;
  }

  beforeAll(async () => {
    for (const file of ["figures.mjs", "print-figures.mjs"]) {
      copyFileSync(join(import.meta.dirname, file), join(home, file));
    }
    writeFileSync(join(home, "suite.json"), toJson(await fixedSuite()));
    reference = figuresOn(first!);
  });

  it("has figures of every function that answers with some, and hardly any of them is a complaint", async () => {
    const names = Object.keys(reference);
    expect(names.length).toBeGreaterThan(20_000);
    const missing = [...(await recordedCalls()).keys()].filter(
      (name) => !names.some((figure) => figure.startsWith(name)),
    );
    // A page is a promise, and what a notebook shows is a function.
    expect(missing.toSorted()).toEqual(["display", "toHtml"]);
    // Members of a distribution are tried with each other's arguments, which they need not take.
    const complaints = names.filter(
      (name) => /^\w*Error: /.test(String(reference[name])) && !/^\w+\./.test(name),
    );
    expect(complaints.length).toBeLessThan(5);
  });

  it("has twenty thousand generated inputs, of which thousands are answered and thousands refused", () => {
    const generated = Object.entries(reference).filter(([name]) => name.startsWith("generated "));
    expect(generated.length).toBeGreaterThanOrEqual(20_000);
    const answers = generated.filter(([, digest]) => String(digest).startsWith("answer ")).length;
    expect(answers).toBeGreaterThan(5000);
    expect(generated.length - answers).toBeGreaterThan(5000);
  });

  it.each(others.map((runtime) => [runtime.name, runtime] as const))(
    `is on %s what it is on ${first?.name}, bit for bit`,
    (_, runtime) => {
      expect(differences(reference, figuresOn(runtime))).toEqual([]);
    },
  );
});
