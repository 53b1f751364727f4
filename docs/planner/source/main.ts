import { DomainError } from "../../../src/core/domain-error.ts";
import type { Block, WordBlock } from "../../../src/report/block.ts";
import { chartPowerCurveByDay } from "../../../src/report/charts/chart-power-curve.ts";
import { chartSpeedupCurve } from "../../../src/report/charts/chart-speedup-curve.ts";
import { htmlBody } from "../../../src/report/html/html-body.ts";
import type { VegaLiteSpec } from "../../../src/report/charts/vega-lite-spec.ts";
import { htmlFigure } from "../../../src/report/html/html-figure.ts";
import { htmlText } from "../../../src/report/html/html-text.ts";
import { markdownOf } from "../../../src/report/markdown-of.ts";
import { describePlanner, summaryOf } from "./describe-planner.ts";
import { draw } from "./draw.ts";
import type { FieldName, PlannerInput } from "./fields.ts";
import { figuresOf } from "./figures-of.ts";
import { byId, entryOf, fillForm, readForm, showFaults, showFieldsInUse } from "./form.ts";
import { openedPlan } from "./opened-plan.ts";
import { faultSentence, faultsOf } from "./plan-document.ts";
import { writeLink } from "./plan-link.ts";
import { copyText, download, tell } from "./take-along.ts";
import { type WorkedOut, workOut } from "./work-out.ts";

/** After the last key; a plan is worked out in some 20 ms, so that no worker is needed. */
const PAUSE_MS = 150;

/** What is shown, and whether it is what the form holds. */
let shown: WorkedOut | null = null;
let pause: ReturnType<typeof setTimeout> | undefined;
/** The figures as last drawn, which stand until the next ones are, so that the page does not jump. */
let figures: readonly string[] = [];
let drawing = 0;

function update(): void {
  clearTimeout(pause);
  pause = undefined;
  const reading = readForm();
  if ("faults" in reading) return refuse(reading.faults);
  try {
    const worked = workOut(reading.input);
    showFaults(new Map());
    show(worked);
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    refuse(faultsOf(error), error.message);
  }
}

/** Entries that make no plan: they are told, and what is still shown is said to be old. */
function refuse(faults: ReadonlyMap<FieldName, string>, otherwise = ""): void {
  showFaults(faults);
  const [first] = faults;
  const told = first === undefined ? otherwise : faultSentence(...first);
  tellSummary(faults.size > 1 ? `${told} ${faults.size - 1} more to mend.` : told, true);
  byId("main").classList.add("old");
  byId("stale").hidden = shown === null;
  setActions(false);
}

/** The one line that is always in sight, and read aloud. */
function tellSummary(text: string, isRefused: boolean): void {
  const summary = byId("summary");
  summary.textContent = text;
  summary.classList.toggle("refused", isRefused);
}

function setActions(isReady: boolean): void {
  for (const id of ["copy-link", "copy-markdown", "download"]) {
    (byId(id) as HTMLButtonElement).disabled = !isReady;
  }
}

function show(worked: WorkedOut): void {
  shown = worked;
  byId("main").classList.remove("old");
  byId("stale").hidden = true;
  setActions(true);
  tellSummary(summaryOf(worked), false);
  document.title = `${worked.input.name} – plan of an A/B test`;
  const [, ...blocks] = describePlanner(worked);
  const charts = blocks.filter((block) => block.type === "picture");
  render(worked, blocks, charts);
  void drawAll(worked, blocks, charts);
}

type Picture = Extract<Block, { readonly type: "picture" }>;

function render(worked: WorkedOut, blocks: readonly Block[], charts: readonly Picture[]): void {
  const results = byId("results");
  const pictures = new Map<Block, string>(charts.map((chart, i) => [chart, figures[i] ?? ""]));
  results.innerHTML = htmlBody("", blocks, { sectionLevel: 2, pictures, hasContents: false });
  results.dataset["figures"] = figuresOf(worked);
  results.dataset["state"] = "drawing";
}

/** Draws the charts one after the other, unless other entries have come meanwhile. */
async function drawAll(
  worked: WorkedOut,
  blocks: readonly Block[],
  charts: readonly Picture[],
): Promise<void> {
  const mine = ++drawing;
  const drawn: string[] = [];
  for (const { result } of charts) {
    // Figures first: the browser shows them before the chart is drawn.
    await new Promise((resolve) => setTimeout(resolve));
    if (mine !== drawing) return;
    drawn.push(await figureHtml(chartOf(result)));
  }
  if (mine !== drawing) return;
  figures = drawn;
  render(worked, blocks, charts);
  byId("results").dataset["state"] = "drawn";
}

/** As `toVegaLite` draws them, without the charts that this page does not have. */
function chartOf(result: Picture["result"]): VegaLiteSpec {
  if (result.kind === "speedup-curve") return chartSpeedupCurve(result);
  if (result.kind === "power-curve-by-day") return chartPowerCurveByDay(result);
  throw new Error(`no chart of ${result.kind}`);
}

/** A chart whose words stand above the picture as text: they break their lines on a phone, where the picture scrolls. */
async function figureHtml({ title, ...picture }: VegaLiteSpec): Promise<string> {
  const svg = await draw(picture);
  const caption = [title.text, title.subtitle].map((lines) => `<p>${htmlText(lines.join(" "))}</p>`).join("");
  return `<div class="caption">${caption}</div>${htmlFigure(svg, picture.description as string)}`;
}

function openLink(): void {
  clearTimeout(pause);
  const { input, refused } = openedPlan(location.hash);
  fillForm(input);
  showRefused(refused);
  update();
}

function showRefused(refused: readonly string[]): void {
  const place = byId("refused");
  place.hidden = refused.length === 0;
  place.replaceChildren();
  if (refused.length === 0) return;
  const title = document.createElement("p");
  title.textContent = "Not everything in the link could be used:";
  const list = document.createElement("ul");
  list.append(
    ...refused.map((text) => {
      const item = document.createElement("li");
      item.textContent = text;
      return item;
    }),
  );
  place.append(title, list);
}

/** The address of the plan that is shown. */
function address(): string {
  const url = new URL(location.href);
  url.hash = writeLink(shown!.input);
  return url.href;
}

function onEdit(): void {
  update();
  showRefused([]);
  tell("");
  if ("input" in readForm() && shown !== null) history.replaceState(null, "", address());
}

function start(): void {
  const form = byId("form");
  form.addEventListener("input", () => {
    showFieldsInUse(entryOf("effects").value as PlannerInput["effects"]);
    clearTimeout(pause);
    pause = setTimeout(onEdit, PAUSE_MS);
  });
  form.addEventListener("change", () => {
    if (pause !== undefined) onEdit();
  });
  form.addEventListener("submit", (event) => event.preventDefault());
  addEventListener("hashchange", openLink);
  byId("copy-link").addEventListener("click", () => void copyText(address(), "The link"));
  byId("copy-markdown").addEventListener("click", () => {
    const words = describePlanner(shown!).filter((block): block is WordBlock => block.type !== "picture");
    void copyText(
      `${markdownOf(words, 2)}\n[This plan in the planner](<${address()}>)\n`,
      "The plan as Markdown",
    );
  });
  byId("download").addEventListener("click", () =>
    download(`${JSON.stringify(shown!.document, null, 2)}\n`, "plan.json"),
  );
  openLink();
}

start();
