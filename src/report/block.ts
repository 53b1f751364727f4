import type { ChartableResult } from "./to-vega-lite.ts";

/** A column of a table: its title, and the side that its cells stand on. */
export interface Column {
  readonly title: string;
  readonly align: "left" | "right";
}

/** A question that a reader has, and the answer to it. */
export interface Answer {
  readonly label: string;
  readonly text: string;
}

/** What a finding comes to: a renderer with pictures shows a shape beside the words. */
export type Verdict = "go" | "stop" | "wait" | "unclear" | "caution";

/**
 * A piece of a report, in plain text without markup: what a terminal and a Markdown document both can show. Depth 1 is
 * the title of a report, 2 its sections, 3 their parts.
 */
export type Block =
  | { readonly type: "heading"; readonly depth: 1 | 2 | 3; readonly text: string }
  /** The finding: what a reader in a hurry takes away. */
  | { readonly type: "lead"; readonly text: string; readonly verdict?: Verdict | undefined }
  | { readonly type: "paragraph"; readonly text: string }
  | { readonly type: "list"; readonly items: readonly string[]; readonly isCaution?: boolean }
  | { readonly type: "answers"; readonly answers: readonly Answer[] }
  | {
      readonly type: "table";
      readonly columns: readonly Column[];
      readonly rows: readonly (readonly string[])[];
    }
  /** Where the chart of a result belongs; text and Markdown leave it out. */
  | { readonly type: "picture"; readonly result: ChartableResult };

/** A block that words can show. */
export type WordBlock = Exclude<Block, { readonly type: "picture" }>;

/** The title of a report. */
export function title(text: string): Block {
  return { type: "heading", depth: 1, text };
}

/** The heading of a section. */
export function section(text: string): Block {
  return { type: "heading", depth: 2, text };
}

export function lead(text: string, verdict?: Verdict): Block {
  return { type: "lead", text, verdict };
}

export function paragraph(text: string): Block {
  return { type: "paragraph", text };
}

export function list(items: readonly string[]): Block {
  return { type: "list", items };
}

/** What to mind. */
export function cautions(items: readonly string[]): Block {
  return { type: "list", items, isCaution: true };
}

/** Answers, in the order of the questions; what has no answer is left out. */
export function answers(entries: readonly (readonly [label: string, text: string | null])[]): Block {
  return {
    type: "answers",
    answers: entries.flatMap(([label, text]) => (text === null ? [] : [{ label, text }])),
  };
}

/** A table whose first columns hold words (one unless said), and whose others hold figures. */
export function table(
  titles: readonly string[],
  rows: readonly (readonly string[])[],
  wordColumns = 1,
): Block {
  return {
    type: "table",
    columns: titles.map((text, i) => ({ title: text, align: i < wordColumns ? "left" : "right" })),
    rows,
  };
}

/** A table of names and values; a row without a value is left out. */
export function details(rows: readonly (readonly [name: string, value: string | null])[]): Block {
  return {
    type: "table",
    columns: [
      { title: "Detail", align: "left" },
      { title: "Value", align: "left" },
    ],
    rows: rows.flatMap(([name, value]) => (value === null ? [] : [[name, value]])),
  };
}

/** The chart of a result, where it can be shown. */
export function picture(result: ChartableResult): Block {
  return { type: "picture", result };
}

/** The blocks one level deeper, as a part of a larger report. */
export function nested(blocks: readonly Block[]): Block[] {
  return blocks.map((block) =>
    block.type === "heading" ? { ...block, depth: block.depth === 1 ? 2 : 3 } : block,
  );
}
