import { execFileSync } from "node:child_process";
import { copyFileSync, readFileSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { build } from "esbuild";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";
import { toJson } from "../../src/core/json.ts";
import { hasBrowser, launchBrowser } from "../support/browser.ts";
import { differences, type Figures } from "./differences.ts";
import { fixedSuite } from "./fixed-suite.ts";

// The package in a page, without a bundler and with one.

const home = inject("home");
const browserEntry = join(home, "node_modules/microlift/dist/browser.js");
const TYPES: Readonly<Record<string, string>> = {
  html: "text/html; charset=utf-8",
  js: "text/javascript",
  mjs: "text/javascript",
  json: "application/json",
};

/** A consumer that takes a few names, in both kinds of a bundle. */
const CONSUMER = `import { compareProportions } from "microlift";
import { sampleSizeForProportions } from "microlift/planning";
export const size = sampleSizeForProportions({ baseline: 0.05, lift: 0.2 }).control;
export const test = compareProportions({
  control: { n: 21306, conversions: 122 }, treatment: { n: 21307, conversions: 267 },
});`;

describe.skipIf(!hasBrowser())("in a browser", () => {
  let browser: Browser;
  let server: Server;
  let address: string;

  beforeAll(async () => {
    writeFileSync(join(home, "page.html"), `<!doctype html><title>microlift</title>`);
    copyFileSync(join(import.meta.dirname, "figures.mjs"), join(home, "figures.mjs"));
    server = createServer(({ url }, response) => {
      const path = new URL(url!, "http://127.0.0.1").pathname;
      if (path === "/favicon.ico") return void response.writeHead(204).end();
      try {
        response.setHeader("content-type", TYPES[path.split(".").at(-1)!] ?? "text/plain");
        // As strict as a page can be: nothing is made of strings, and nothing comes from elsewhere.
        response.setHeader("content-security-policy", "default-src 'self'");
        response.end(readFileSync(join(home, path)));
      } catch {
        response.writeHead(404).end();
      }
    });
    await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
    address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    browser = await launchBrowser();
  });
  afterAll(async () => {
    await browser.close();
    server.close();
  });

  /** What a module of the page exports under `name`; the page has nothing to say, and asks for nothing elsewhere. */
  async function answer(module: string, name: string): Promise<unknown> {
    const page = await browser.newPage();
    try {
      const heard: string[] = [];
      page.on("console", (message) => heard.push(message.text()));
      page.on("pageerror", (error) => heard.push(String(error)));
      page.on("request", (request) => {
        if (!request.url().startsWith(`${address}/`)) heard.push(request.url());
      });
      await page.goto(`${address}/page.html`);
      const text = await page.evaluate(
        `import("/${module}").then((module) => JSON.stringify(module.${name}))`,
      );
      expect(heard).toEqual([]);
      return JSON.parse(text as string);
    } finally {
      await page.close();
    }
  }

  /** What a script of the folder prints on this Node. */
  const onNode = (file: string): unknown =>
    JSON.parse(execFileSync(process.execPath, [file], { cwd: home, encoding: "utf8", maxBuffer: 2 ** 28 }));

  it("the entry is one file that imports nothing and knows no runtime", async () => {
    const { metafile } = await build({
      entryPoints: [browserEntry],
      bundle: true,
      write: false,
      metafile: true,
    });
    expect(Object.values(metafile.inputs).flatMap(({ imports }) => imports)).toEqual([]);
    const code = readFileSync(browserEntry, "utf8");
    expect(code).toMatch(/^\/\*! microlift, MIT licence; [^\n]*\*\/\n/);
    expect(code).not.toMatch(/\b(process|Deno|Bun)\.|\bBuffer\b|\beval\(|\bFunction\(/);
  });

  it("the entry gives the figures of the fixed suite, bit for bit as on Node", async () => {
    const suite = toJson(await fixedSuite());
    const run = (library: string, input: string): string => `import * as microlift from "${library}";
      import { figuresOf } from "./figures.mjs";
      ${input}
      export const figures = figuresOf(microlift, microlift.fromJson(suite));`;
    writeFileSync(join(home, "browser-suite.json"), suite);
    writeFileSync(
      join(home, "in-page.mjs"),
      run(
        "./node_modules/microlift/dist/browser.js",
        `const suite = await (await fetch("/browser-suite.json")).text();`,
      ),
    );
    writeFileSync(
      join(home, "on-node.mjs"),
      `import { readFileSync } from "node:fs";
      ${run("microlift", `const suite = readFileSync("browser-suite.json", "utf8");`)}
      console.log(JSON.stringify(figures));`,
    );
    const seen = (await answer("in-page.mjs", "figures")) as Figures;
    expect(Object.keys(seen).length).toBeGreaterThan(20_000);
    expect(differences(onNode("on-node.mjs") as Figures, seen)).toEqual([]);
  });

  it.each([
    ["index.js", "sampleSizeForProportions({ baseline: 0.05, lift: 0.2 }).control", 8158],
    ["planning.js", "sampleSizeForProportions({ baseline: 0.05, lift: 0.2 }).control", 8158],
    ["distributions.js", "normal.cdf(0)", 0.5],
  ])("%s of the package works in a page as it is", async (file, expression, expected) => {
    expect(await answer(`node_modules/microlift/dist/${file}`, expression)).toBe(expected);
  });

  it("a bundle by esbuild takes what it uses, and answers as on Node", async () => {
    writeFileSync(join(home, "consumer.mjs"), CONSUMER);
    writeFileSync(
      join(home, "consumer-on-node.mjs"),
      `import { size, test } from "./consumer.mjs"; console.log(JSON.stringify({ size, test }));`,
    );
    const { outputFiles, metafile } = await build({
      entryPoints: [join(home, "consumer.mjs")],
      bundle: true,
      format: "esm",
      minify: true,
      outfile: join(home, "bundle.js"),
      write: false,
      metafile: true,
    });
    const [output] = Object.values(metafile.outputs);
    expect(output!.imports).toEqual([]);
    expect(output!.bytes).toBeLessThan(80_000);
    writeFileSync(join(home, "bundle.js"), outputFiles[0]!.contents);
    const both = { size: await answer("bundle.js", "size"), test: await answer("bundle.js", "test") };
    expect(both).toEqual(onNode("consumer-on-node.mjs"));
  });
});
