import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  decisionSpeedup,
  detectionSpeedup,
  durationDays,
  fromJson,
  minimumDetectableLift,
  planExperiment,
  sampleSizeForProportions,
  unitCovariance,
} from "microlift";
import { describePlanner, summaryOf } from "../../docs/planner/source/describe-planner.ts";
import { FIELD_NAMES, INITIAL_INPUT, type PlannerInput } from "../../docs/planner/source/fields.ts";
import { figuresOf } from "../../docs/planner/source/figures-of.ts";
import { writeLink } from "../../docs/planner/source/plan-link.ts";
import { workOut } from "../../docs/planner/source/work-out.ts";
import { plannerPage } from "../../scripts/build-planner.ts";
import { amount, change, percent, times, units } from "../../src/report/figures.ts";
import { toMarkdown } from "../../src/report/to-markdown.ts";
import { axeComplaints } from "../support/axe.ts";
import { hasBrowser, launchBrowser } from "../support/browser.ts";

const PHONE = { viewport: { width: 375, height: 812 } };
const NARROW = { viewport: { width: 320, height: 640 } };
const DESKTOP = { viewport: { width: 1280, height: 900 } };
const PAST: PlannerInput = { ...INITIAL_INPUT, effects: "past" };

describe.skipIf(!hasBrowser())("the planner page", () => {
  let browser: Browser;
  let folder: string;
  let address: string;
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "planner-"));
    writeFileSync(join(folder, "index.html"), await plannerPage());
    address = pathToFileURL(join(folder, "index.html")).href;
    browser = await launchBrowser();
  });
  afterAll(async () => {
    await browser.close();
    rmSync(folder, { recursive: true });
  });

  /** Opens the page, and holds afterwards that it complained of nothing and asked for nothing. */
  async function onPage(
    fragment: string,
    test: (page: Page) => Promise<void>,
    options: BrowserContextOptions = DESKTOP,
  ): Promise<void> {
    const context = await browser.newContext(options);
    try {
      const heard: string[] = [];
      const page = await context.newPage();
      page.on("console", (message) => heard.push(`${message.type()}: ${message.text()}`));
      page.on("pageerror", (error) => heard.push(String(error)));
      page.on("request", (request) => {
        if (!/^(data|blob):/.test(request.url()) && !request.url().startsWith(address))
          heard.push(request.url());
      });
      await page.goto(`${address}${fragment}`);
      await drawn(page);
      await test(page);
      expect(heard).toEqual([]);
    } finally {
      await context.close();
    }
  }

  it.each([
    ["a phone", PHONE],
    ["a narrow phone", NARROW],
    ["a desktop", DESKTOP],
  ])("fits on %s, whatever is entered", async (_, size) => {
    for (const input of [
      INITIAL_INPUT,
      PAST,
      { ...PAST, micro: "w".repeat(60), name: "W".repeat(60), rho: -1 },
    ]) {
      await onPage(
        `#${writeLink(input)}`,
        async (page) => expect(await overflow(page)).toBeLessThanOrEqual(0),
        size,
      );
    }
    await onPage(
      "#lift=abc",
      async (page) => {
        await type(page, "baseline", "wrong");
        expect(await overflow(page)).toBeLessThanOrEqual(0);
      },
      size,
    );
  });

  it("shows the figures of the library", async () => {
    const input: PlannerInput = {
      ...PAST,
      totalUnitsPerDay: 2500,
      baseline: 0.031,
      lift: 0.07,
      attributionDays: 3,
      microRate: 0.12,
      microLift: 0.09,
      nested: false,
      treatments: 2,
      allocation: 0.5,
      power: 0.9,
      rho: 0.7,
    };
    const test = { alpha: 0.05, power: 0.9, allocation: 0.5, treatments: 2 };
    const size = sampleSizeForProportions({ baseline: 0.031, lift: 0.07, ...test });
    const micro = sampleSizeForProportions({ baseline: 0.12, lift: 0.09, ...test });
    const traffic = { totalUnitsPerDay: 2500, allocation: 0.5, treatments: 2 };
    const duration = durationDays({ n: size.control, attributionDays: 3, ...traffic });
    const effects = { tauProxy: 0.04, tauMacro: 0.04, rho: 0.7 };
    const rates = { microRate: 0.12, macroRate: 0.031, nested: false };
    const detection = detectionSpeedup({
      ...rates,
      microLift: 0.09,
      macroLift: 0.07,
      alpha: 0.025,
      power: 0.9,
      allocation: 0.5,
      effects,
    });
    const n = detection.decision.n!;
    const decision = decisionSpeedup({ effects, sampling: unitCovariance(rates), n });
    const inFourWeeks = minimumDetectableLift({ baseline: 0.031, n: (2500 / 2) * 25, ...test });

    await onPage(`#${writeLink(input)}`, async (page) => {
      const text = await cells(page);
      expect(text).toContain(
        [
          'For "sales"',
          units(size.control),
          units(size.treatment),
          units(size.total),
          amount(duration.days),
          amount(duration.wholeWeeks),
        ].join(" | "),
      );
      expect(text).toContain(`For "add to cart" | ${units(micro.control)} | ${units(micro.treatment)}`);
      expect(text).toContain(plain(`4 weeks | ${change(inFourWeeks.lift!)} | `));
      expect(text).toContain(
        plain(
          `By "add to cart" alone | ${times(decision.speedupProxy!)} | ${percent(decision.accuracyProxy)}`,
        ),
      );
      expect(text).toContain(
        plain(
          `By both together | ${times(decision.speedupAssisted)} | ${percent(decision.accuracyAssisted)}`,
        ),
      );
      expect(text).toContain(
        `Merely seeing "add to cart" move | ${times(detection.speedup!)} | says nothing of it`,
      );
      expect(plain(await page.locator("#results").innerText())).toContain(
        plain(`Up to ${units(decision.crossoverN!)} units per arm "add to cart" is the better guide`),
      );
      const figures = fromJson((await page.locator("#results").getAttribute("data-figures"))!) as Record<
        string,
        unknown
      >;
      expect(figures).toMatchObject({
        metrics: [
          { control: size.control, treatment: size.treatment, total: size.total, days: duration.days },
          { control: micro.control, treatment: micro.treatment, total: micro.total },
        ],
        detectionSpeedup: detection.speedup,
        decisionSpeedup: decision.speedupProxy,
        assistedSpeedup: decision.speedupAssisted,
        ceiling: decision.ceiling,
        crossoverN: decision.crossoverN,
      });
      expect((figures["detectable"] as { macro: number }[])[1]!.macro).toBe(inFourWeeks.lift);
    });
  });

  it.each([
    ["nothing is known", INITIAL_INPUT],
    ["past tests speak", PAST],
    ["the proxy is a vanity metric", { ...PAST, rho: 0 }],
    ["the proxy points the wrong way", { ...PAST, rho: -0.5 }],
    ["the proxy is sales themselves", { ...PAST, rho: 1 }],
    ["somebody believes", { ...INITIAL_INPUT, effects: "believed" as const }],
    ["traffic is absurdly small", { ...PAST, totalUnitsPerDay: 1, alpha: 1e-9, lift: 1e-4 }],
    ["sales never are final in time", { ...PAST, attributionDays: 365 }],
  ])("says what the library says where %s", async (_, input) => {
    await onPage(`#${writeLink(input)}`, async (page) => {
      const worked = workOut(input);
      const shown = plain(await page.locator("#results").innerText());
      for (const block of describePlanner(worked)) {
        if (block.type === "lead" || block.type === "paragraph") expect(shown).toContain(plain(block.text));
      }
      expect(shown).not.toMatch(/NaN|undefined\b|null\b/);
      expect(plain(await page.locator("#summary").innerText())).toBe(plain(summaryOf(worked)));
      expect(await page.locator("#results").getAttribute("data-figures")).toBe(figuresOf(worked));
      expect(await page.locator("#results figure img").count()).toBe(worked.speedups === null ? 1 : 2);
    });
  });

  it("says of a proxy that nobody knows what one would have to believe, and no decision speedup", async () => {
    await onPage("", async (page) => {
      const text = await cells(page);
      expect(text).toContain('By "add to cart" alone | not known | not known');
      expect(await page.locator("#results h3").innerText()).toBe("What one would have to believe");
      const leads = await page.locator(".finding").allInnerTexts();
      expect(leads[1]).toMatch(/^Whether "add to cart" decides sooner about "sales" is not known/);
    });
  });

  it("is worked by the keyboard alone", async () => {
    await onPage("#effects=believed", async (page) => {
      const reached: string[] = [];
      for (;;) {
        await page.keyboard.press("Tab");
        const at = await page.evaluate(() => {
          const element = document.activeElement as HTMLElement;
          if (element === document.body) return null;
          const { outlineStyle, outlineWidth } = getComputedStyle(element);
          const box = element.getBoundingClientRect();
          const bar = document.getElementById("summary")!.getBoundingClientRect();
          const isCovered = box.top >= bar.top && element.closest("#summary") === null;
          return {
            name:
              element.id || element.textContent!.trim().slice(0, 30) || element.getAttribute("aria-label")!,
            isVisible: outlineStyle !== "none" && outlineWidth !== "0px" && !isCovered && box.bottom > 0,
          };
        });
        if (at === null) break;
        expect(at).toEqual({ name: at.name, isVisible: true });
        reached.push(at.name);
      }
      const controls = await page.evaluate(() =>
        [...document.querySelectorAll("a, input, select, button, textarea, summary, [tabindex='0']")]
          .filter((element) => element.checkVisibility())
          .map(
            (element) =>
              element.id || element.textContent!.trim().slice(0, 30) || element.getAttribute("aria-label")!,
          ),
      );
      expect(reached).toEqual(controls);
      const fields = FIELD_NAMES.filter((name) => !["tauMacro", "rho"].includes(name));
      expect(reached.filter((name) => (fields as string[]).includes(name))).toEqual(
        await page.evaluate(() =>
          [...document.querySelectorAll("form :is(input, select)")]
            .filter((element) => element.checkVisibility())
            .map(({ id }) => id),
        ),
      );

      await page.locator("#effects").focus();
      await page.keyboard.press("ArrowUp");
      await drawn(page);
      expect(await page.evaluate(() => location.hash)).toContain("effects=past");
      await page.keyboard.press("Tab");
      expect(await page.evaluate(() => document.activeElement!.id)).toBe("tauProxy");
    });
  });

  it.each([
    ["light", "#effects=past"],
    ["dark", "#effects=past"],
    ["light", "#lift=abc&nothing=1"],
    ["dark", "#lift=abc&nothing=1"],
  ] as const)("gives axe nothing to complain of, %s, %s", async (colorScheme, fragment) => {
    for (const size of [PHONE, DESKTOP]) {
      await onPage(
        fragment,
        async (page) => {
          expect(await axeComplaints(page)).toEqual([]);
          await type(page, "baseline", "wrong");
          await type(page, "microRate", "");
          expect(await axeComplaints(page)).toEqual([]);
        },
        { ...size, colorScheme },
      );
    }
  });

  it("keeps the whole plan in the link, and takes it up again", async () => {
    await onPage("", async (page) => {
      expect(await page.evaluate(() => location.hash)).toBe("");
      await type(page, "name", 'Buttons & <b>"bows"</b>');
      await type(page, "baseline", "3.5");
      await type(page, "lift", "0.7 %");
      await page.locator("#nested").uncheck();
      await page.locator("#effects").selectOption("past");
      await type(page, "rho", "-0.25");
      const input: PlannerInput = {
        ...PAST,
        name: 'Buttons & <b>"bows"</b>',
        baseline: 0.035,
        lift: 0.007,
        nested: false,
        rho: -0.25,
      };
      await drawn(page);
      const hash = await page.evaluate(() => location.hash);
      expect(hash).toBe(`#${writeLink(input)}`);
      const before = await page.locator("#results").innerText();
      await page.reload();
      await drawn(page);
      expect(await page.evaluate(() => location.hash)).toBe(hash);
      expect(await page.locator("#results").innerText()).toBe(before);
      expect(await page.locator("#lift").inputValue()).toBe("0.7");
      expect(await page.locator("#refused").isVisible()).toBe(false);
    });
  });

  it("follows links on the page, and the way back and forward", async () => {
    await onPage("", async (page) => {
      await page.getByRole("link", { name: "a small shop" }).click();
      await drawn(page);
      await expect.poll(() => page.locator("#totalUnitsPerDay").inputValue()).toBe("600");
      await page.getByRole("link", { name: "a vanity proxy" }).click();
      await drawn(page);
      await expect.poll(() => page.locator("#micro").inputValue()).toBe("banner click");
      await page.goBack();
      await drawn(page);
      await expect.poll(() => page.locator("#totalUnitsPerDay").inputValue()).toBe("600");
      await expect.poll(() => page.locator("#summary").innerText()).toContain("begin checkout");
      await page.goForward();
      await drawn(page);
      await expect.poll(() => page.locator("#micro").inputValue()).toBe("banner click");
    });
  });

  it("has examples that are whole", async () => {
    await onPage("", async (page) => {
      const links = await page.locator("header a").all();
      expect(links.length).toBe(3);
      for (const link of links) {
        await link.click();
        await drawn(page);
        expect(await page.locator("#refused").isVisible()).toBe(false);
        expect(await page.locator("[aria-invalid]").count()).toBe(0);
      }
    });
  });

  it.each([
    ["baseline=1e999", "Rate of sales today: “1e999” is not used"],
    ["lift=-0.1", "Lift of sales to see: “-0.1” is not used, since it must be at least 0.01 %"],
    ["power=high", "“high” is not used, since it must be a number; instead stands 80 %"],
    ["liftt=0.2", 'Nothing here is called “liftt” (did you mean "lift"?).'],
    ["<img%20onerror%3Dalert(1)>=1", "Nothing here is called “<img onerror=alert(1)>”"],
    [`name=${"x".repeat(5000)}`, "longer than 2000 letters"],
    ["%E0%A4%A", "Nothing here is called"],
    ["baseline=0.5&lift=1.5", "Its entries make no plan together, so that all defaults stand."],
    ["name=x&micro=sales", "Name of the micro conversion is a name given twice"],
  ])("falls back to the defaults at a link with %s, and says so", async (fragment, said) => {
    await onPage(`#${fragment}`, async (page) => {
      const notice = page.getByRole("status").filter({ hasText: "Not everything in the link" });
      expect(plain(await notice.innerText())).toContain(said);
      expect(await page.locator("#results").getAttribute("data-figures")).toBe(
        figuresOf(workOut(INITIAL_INPUT)),
      );
      expect(await page.locator("#results img:not(figure img), #refused img").count()).toBe(0);
      await type(page, "lift", "12");
      expect(await notice.isVisible()).toBe(false);
      expect(await page.evaluate(() => location.hash)).toBe(
        `#${writeLink({ ...INITIAL_INPUT, lift: 0.12 })}`,
      );
    });
  });

  it("shows names with markup as they are", async () => {
    const micro = "<img src=x onerror=alert(1)>&amp;";
    await onPage(`#${writeLink({ ...PAST, micro, name: "<script>alert(1)</script>" })}`, async (page) => {
      expect(await page.locator("#results").innerText()).toContain(micro);
      expect(await page.locator("#results img:not(figure img), #results script").count()).toBe(0);
      expect(await page.title()).toContain("<script>alert(1)</script>");
    });
  });

  it("tells a wrong entry at its field, and that what still stands is old", async () => {
    await onPage("", async (page) => {
      await type(page, "baseline", "200");
      const field = page.locator("#baseline");
      expect(await field.getAttribute("aria-invalid")).toBe("true");
      const described = (await field.getAttribute("aria-describedby"))!.split(" ");
      expect(described).toContain("baseline-fault");
      const fault = "Rate of sales today must be at least 0.0001 % and below 100 %.";
      expect(plain(await page.locator("#baseline-fault").innerText())).toBe(fault);
      expect(plain(await page.locator("#summary").innerText())).toBe(fault);
      expect(await page.locator("#stale").isVisible()).toBe(true);
      for (const button of await page.locator(".actions button").all())
        expect(await button.isDisabled()).toBe(true);
      expect(await page.evaluate(() => location.hash)).toBe("");

      await type(page, "baseline", "50");
      expect(plain(await page.locator("#microRate-fault").innerText())).toBe(
        'Rate of the micro conversion today must be above that of "sales", 0.5: the proxy is said to be nested (as shares: 0.02 is 2 %).',
      );
      await type(page, "baseline", "2");
      await drawn(page);
      expect(await page.locator("[aria-invalid]").count()).toBe(0);
      expect(await page.locator("#stale").isVisible()).toBe(false);
      expect(await page.locator("#copy-link").isEnabled()).toBe(true);
    });
  });

  it("draws charts that follow what is entered", async () => {
    await onPage("#effects=past", async (page) => {
      const before = await charts(page);
      expect(before).toHaveLength(2);
      for (const { alt } of before) expect(alt.length).toBeGreaterThan(40);
      await type(page, "micro", "wish list");
      await type(page, "rho", "0.95");
      await drawn(page);
      const after = await charts(page);
      expect(after[0]!.svg).toContain("wish list");
      expect(before[0]!.svg).not.toContain("wish list");
      expect(after[1]!.svg).not.toBe(before[1]!.svg);
      expect(after[1]!.alt).not.toBe(before[1]!.alt);
      for (const { svg } of after) expect(svg).not.toMatch(/NaN|Infinity/);
    });
  });

  it("copies the link and the plan as Markdown", async () => {
    await onPage(`#${writeLink(PAST)}`, async (page) => {
      // What the system's clipboard would get: a browser without a window may have none.
      await page.evaluate(() => {
        Object.defineProperty(navigator, "clipboard", {
          value: { writeText: async (text: string) => void (document.body.dataset["copied"] = text) },
        });
      });
      const copied = (): Promise<string> => page.evaluate(() => document.body.dataset["copied"]!);
      await page.locator("#copy-link").click();
      expect(await page.locator("#copied").innerText()).toBe("The link copied.");
      expect(await copied()).toBe(`${address}#${writeLink(PAST)}`);
      await page.locator("#copy-markdown").click();
      expect(await page.locator("#copied").innerText()).toBe("The plan as Markdown copied.");
      const markdown = await copied();
      const worked = workOut(PAST);
      expect(markdown).toMatch(/^## Plan: My test\n/);
      expect(markdown).toContain(`[This plan in the planner](<${address}#${writeLink(PAST)}>)`);
      expect(markdown).toContain(`| ${units(worked.plan.n.control)} |`);
      // The same words as the library's own page, where both speak of the same.
      const [recommendation] = worked.plan.recommendations;
      expect(toMarkdown(worked.plan)).toContain(recommendation!.message);
      expect(markdown).toContain(recommendation!.message);
      expect(await page.locator("#copy-by-hand").isVisible()).toBe(false);
    });
  });

  it("lets the reader copy by hand where the browser does not let a page", async () => {
    await onPage("", async (page) => {
      await page.evaluate(() => {
        Object.defineProperty(navigator, "clipboard", { value: undefined });
      });
      await page.locator("#copy-link").click();
      expect(await page.locator("#copied").innerText()).toMatch(/does not let a page copy/);
      const selected = await page.evaluate(() => {
        const area = document.activeElement as HTMLTextAreaElement;
        return area.value.slice(area.selectionStart, area.selectionEnd);
      });
      expect(selected).toBe(`${address}#${writeLink(INITIAL_INPUT)}`);
    });
  });

  it("gives the plan as the document that microlift plan reads", async () => {
    await onPage(`#${writeLink(PAST)}`, async (page) => {
      const downloading = page.waitForEvent("download");
      await page.locator("#download").click();
      const file = await downloading;
      expect(file.suggestedFilename()).toBe("plan.json");
      const document = JSON.parse(readFileSync(await file.path(), "utf8"));
      expect(planExperiment(document)).toEqual(workOut(PAST).plan);
    });
  });

  it("lets no text become code", async () => {
    // Apart from the other tests, since the browser tells of the script that it refuses.
    const page = await browser.newPage();
    await page.goto(address);
    const policy = await page.locator("meta[http-equiv]").getAttribute("content");
    expect(policy).toMatch(/^default-src 'none'; .*connect-src 'none'/);
    expect(policy).not.toContain("unsafe");
    const refused = page.waitForEvent("console");
    await page.evaluate(() => {
      const script = document.createElement("script");
      script.textContent = "document.body.dataset.ran = 'yes'";
      document.body.append(script);
    });
    expect((await refused).text()).toContain("Content Security Policy");
    expect(await page.evaluate(() => document.body.dataset["ran"])).toBeUndefined();
    await page.close();
  });

  it("prints the plan without the form", async () => {
    await onPage("#effects=past", async (page) => {
      await page.emulateMedia({ media: "print" });
      expect(await page.locator("form").isVisible()).toBe(false);
      expect(await page.locator("#results").isVisible()).toBe(true);
      expect(await overflow(page)).toBeLessThanOrEqual(0);
    });
  });
});

/** Waits until the page shows what was entered last, charts included. */
async function drawn(page: Page): Promise<void> {
  await page.locator('#results[data-state="drawn"]').waitFor();
}

/** Types into a field, and leaves it. */
async function type(page: Page, id: string, text: string): Promise<void> {
  await page.locator(`#${id}`).fill(text);
  await page.locator(`#${id}`).blur();
}

async function overflow(page: Page): Promise<number> {
  return page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
}

/** The tables, a line for each row. */
async function cells(page: Page): Promise<string> {
  const rows = await page
    .locator("#results tr")
    .evaluateAll((found) =>
      found.map((row) => [...row.children].map((cell) => cell.textContent).join(" | ")),
    );
  return plain(rows.join("\n"));
}

async function charts(page: Page): Promise<{ svg: string; alt: string }[]> {
  const images = await page
    .locator("#results figure img")
    .evaluateAll((found) =>
      found.map((image) => ({ src: (image as HTMLImageElement).src, alt: (image as HTMLImageElement).alt })),
    );
  return images.map(({ src, alt }) => ({ svg: decodeURIComponent(src), alt }));
}

function plain(text: string): string {
  return text.replaceAll("\u00a0", " ");
}
