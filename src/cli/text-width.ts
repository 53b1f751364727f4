import { displayWidth } from "../report/display-width.ts";

/** What Vega knows of a text that it lays out. */
interface TextItem {
  readonly fontSize?: number | undefined;
  readonly fontWeight?: number | string | undefined;
  readonly limit?: number | undefined;
}

// Widths of characters over the size of the font: DejaVu Sans, the widest common sans-serif, so that no font is cut off.
const WIDTHS: readonly (readonly [number, string])[] = [
  [0.3, "'ijlI"],
  [0.35, " ,.·/:;\\|f"],
  [0.42, '-()[]t!r"'],
  [0.52, "*_`–szJ"],
  [0.6, "?cLFkvxy"],
  [0.64, "TYaoedghnpqubESP$0123456789{}"],
  [0.72, "KAVBRXZC"],
  [0.79, "UHNDGOQ&"],
  [0.84, "w#+<=>^~×−≥→"],
  [1, "Mm%W@…▲▼"],
];
const WIDTH_OF = new Map(
  WIDTHS.flatMap(([width, characters]) => [...characters].map((one) => [one, width] as const)),
);
// What other letters take for each column of a terminal.
const OTHER = 0.7;
const BOLD = 1.13;
const BOLD_FROM = 600;

/** Pixels that a text takes, where no screen measures it. Vega's own guess is 0.8 of the font's size a character. */
export function textWidth(item: TextItem, text: string): number {
  let width = 0;
  for (const character of String(text).trim())
    width += WIDTH_OF.get(character) ?? OTHER * displayWidth(character);
  const bold = item.fontWeight === "bold" || Number(item.fontWeight) >= BOLD_FROM;
  const pixels = width * (item.fontSize ?? 11) * (bold ? BOLD : 1);
  return item.limit !== undefined && item.limit > 0 ? Math.min(pixels, item.limit) : pixels;
}
