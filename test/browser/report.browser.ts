import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { drawSvg } from "../../src/cli/draw-svg.ts";
import { analyzeExperiment } from "../../src/experiment/analyze-experiment.ts";
import type { AnyResult } from "../../src/report/any-result.ts";
import { toHtml } from "../../src/report/to-html.ts";
import { samples } from "../report/samples.ts";
import { axeComplaints } from "../support/axe.ts";
import { hasBrowser, launchBrowser } from "../support/browser.ts";
import { longReadout } from "../support/long-readout.ts";
import { realDocument } from "../support/real-documents.ts";

const PHONE = { width: 375, height: 812 };
const NARROW = { width: 320, height: 640 };
const DESKTOP = { width: 1280, height: 900 };
/** A4 without margins of 10 mm, at 96 pixels an inch. */
const PAPER = { width: 718, height: 1047 };

const HOSTILE = `<script>alert(1)</script> "q' & </table></main> ${"unbreakable".repeat(12)}`;
const PAGES: Readonly<Record<string, () => AnyResult>> = {
  hillstrom: () => analyzeExperiment(realDocument("hillstrom")),
  udacity: () => analyzeExperiment(realDocument("udacity")),
  "group-sequential": () => analyzeExperiment(realDocument("asos-group-sequential")),
  "two treatments": () => samples["experiment-readout two treatments"]!,
  blocked: () => samples["experiment-readout blocked"]!,
  plan: () => samples["experiment-plan"]!,
  "proxy assessment": () => samples["proxy-assessment learned"]!,
  long: () => longReadout(6, 40),
  "hostile names": () =>
    analyzeExperiment({
      name: HOSTILE,
      control: `${HOSTILE} control`,
      metrics: [
        { name: HOSTILE, role: "macro", kind: "proportion" },
        { name: `${HOSTILE} step`, role: "proxy", kind: "proportion", nested: true },
      ],
      arms: [`${HOSTILE} control`, "קנייה ראשונה"].map((name, i) => ({
        name,
        n: 5000,
        results: [
          { metric: HOSTILE, conversions: 100 + 30 * i },
          { metric: `${HOSTILE} step`, conversions: 900 + 50 * i },
        ],
      })),
    }),
};
const NAMES = Object.keys(PAGES);

describe.skipIf(!hasBrowser())("the report file", () => {
  let browser: Browser;
  let folder: string;
  const addresses = new Map<string, string>();

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "report-"));
    const draw = (await drawSvg())!;
    for (const [name, result] of Object.entries(PAGES)) {
      const file = join(folder, `${name}.html`);
      writeFileSync(file, await toHtml(result(), { draw }));
      addresses.set(name, pathToFileURL(file).href);
    }
    browser = await launchBrowser();
  });
  afterAll(async () => {
    await browser.close();
    rmSync(folder, { recursive: true });
  });

  /** Opens a page, and holds afterwards that it said nothing to the console and asked for nothing but itself. */
  async function onPage(
    name: string,
    options: BrowserContextOptions,
    test: (page: Page) => Promise<void>,
  ): Promise<void> {
    const context = await browser.newContext(options);
    try {
      const heard: string[] = [];
      const page = await context.newPage();
      page.on("console", (message) => heard.push(message.text()));
      page.on("pageerror", (error) => heard.push(String(error)));
      await page.route("**/*", async (route) => {
        const address = route.request().url();
        if (address !== addresses.get(name) && !address.startsWith("data:")) heard.push(address);
        await route.continue();
      });
      await page.goto(addresses.get(name)!);
      await test(page);
      expect(heard).toEqual([]);
    } finally {
      await context.close();
    }
  }

  it.each(NAMES)("fits phones and desktops, also with text twice as large: %s", async (name) => {
    for (const viewport of [NARROW, PHONE, DESKTOP]) {
      await onPage(name, { viewport }, async (page) => {
        await openAll(page);
        expect(await overhang(page)).toBeLessThanOrEqual(0);
        expect(await unseenPictures(page)).toEqual([]);
        await page.evaluate(() => (document.documentElement.style.fontSize = "200%"));
        expect(await overhang(page)).toBeLessThanOrEqual(0);
      });
    }
  });

  it.each(NAMES)("gives axe nothing to complain of, in light and in the dark: %s", async (name) => {
    for (const colorScheme of ["light", "dark"] as const) {
      for (const viewport of [PHONE, DESKTOP]) {
        await onPage(name, { viewport, colorScheme }, async (page) => {
          await openAll(page);
          expect(await axeComplaints(page)).toEqual([]);
        });
      }
    }
  });

  it.each(NAMES)("is read by keyboard alone, with the focus in sight: %s", async (name) => {
    await onPage(name, { viewport: PHONE }, async (page) => {
      expect(await tabbed(page)).toEqual(await focusable(page));
      await openAll(page);
      expect(await tabbed(page)).toEqual(await focusable(page));
    });
  });

  it("scrolls a wide table by keyboard, and nothing but the table", async () => {
    await onPage("hillstrom", { viewport: PHONE }, async (page) => {
      const table = page.locator("div.scroll").first();
      await table.focus();
      await page.keyboard.press("ArrowRight");
      await expect.poll(async () => table.evaluate((box) => box.scrollLeft)).toBeGreaterThan(0);
      expect(await page.evaluate(() => scrollX)).toBe(0);
    });
  });

  it("opens its contents and follows them by keyboard", async () => {
    await onPage("long", { viewport: PHONE }, async (page) => {
      await page.keyboard.press("Tab");
      await page.keyboard.press("Enter");
      await page.keyboard.press("Tab");
      await page.keyboard.press("Enter");
      expect(new URL(page.url()).hash).toBe("#section-1");
      await expect.poll(async () => page.locator("#section-1 h2").evaluate(topOf)).toBeLessThan(100);
    });
  });

  it.each(NAMES)("is printed whole, with its folded parts: %s", async (name) => {
    await onPage(name, { viewport: PAPER }, async (page) => {
      await page.emulateMedia({ media: "print" });
      expect(await overhang(page)).toBeLessThanOrEqual(0);
      expect(await cutOff(page)).toEqual([]);
      expect((await page.pdf({ format: "A4" })).subarray(0, 5).toString()).toBe("%PDF-");
    });
  });

  it("shows the names that it was given, and runs none of them", async () => {
    await onPage("hostile names", { viewport: DESKTOP }, async (page) => {
      expect(await page.title()).toBe(HOSTILE);
      expect(await page.locator("h1").textContent()).toBe(HOSTILE);
      expect(await page.locator("script").count()).toBe(0);
      expect(await page.locator("main").count()).toBe(1);
    });
  });
});

async function openAll(page: Page): Promise<void> {
  await page.evaluate(() => {
    for (const details of document.querySelectorAll("details")) details.open = true;
  });
}

/** By how many pixels the page is wider than its window. */
async function overhang(page: Page): Promise<number> {
  return page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
}

async function unseenPictures(page: Page): Promise<string[]> {
  return page.evaluate(async () => {
    const pictures = [...document.images];
    await Promise.all(pictures.map(async (picture) => picture.decode().catch(() => undefined)));
    return pictures.filter(({ naturalWidth }) => naturalWidth === 0).map(({ alt }) => alt);
  });
}

/** What the keyboard should reach, in the order of the page. */
async function focusable(page: Page): Promise<string[]> {
  return page.evaluate(() =>
    [...document.querySelectorAll("a, summary, [tabindex]")]
      .filter((element) => element.checkVisibility({ contentVisibilityAuto: true }))
      .map((element) => `${element.tagName} ${element.textContent.trim().slice(0, 60)}`),
  );
}

/** What Tab reaches from the top of the page until it leaves it; each with a visible outline. */
async function tabbed(page: Page): Promise<string[]> {
  await page.evaluate(() => (document.activeElement as HTMLElement).blur());
  await page.mouse.click(1, 1);
  const reached: string[] = [];
  for (;;) {
    await page.keyboard.press("Tab");
    const name = await page.evaluate(() => {
      const element = document.activeElement!;
      if (element === document.body) return null;
      const { outlineStyle, outlineWidth } = getComputedStyle(element);
      const isSeen = outlineStyle === "solid" && parseFloat(outlineWidth) >= 2;
      const { top, bottom } = element.getBoundingClientRect();
      const isInView = bottom > 0 && top < innerHeight;
      const mark = isSeen && isInView ? "" : " without a visible focus";
      return `${element.tagName} ${element.textContent.trim().slice(0, 60)}${mark}`;
    });
    if (name === null) return reached;
    reached.push(name);
  }
}

function topOf(element: Element): number {
  return element.getBoundingClientRect().top;
}

/** Cells and pictures that reach beyond the paper, or have no place on it. */
async function cutOff(page: Page): Promise<string[]> {
  return page.evaluate(() =>
    [...document.querySelectorAll("th, td, li, img")]
      .filter((element) => element.closest("nav") === null)
      .filter((element) => {
        const { right, height } = element.getBoundingClientRect();
        return right > document.documentElement.clientWidth + 1 || height === 0;
      })
      .map((element) => element.outerHTML.slice(0, 200)),
  );
}
