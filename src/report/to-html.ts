import { checkObject } from "../core/checks.ts";
import type { AnyResult } from "./any-result.ts";
import type { Block } from "./block.ts";
import { checkDraw, type DrawChart, drawPictures } from "./html/draw-pictures.ts";
import { htmlBody } from "./html/html-body.ts";
import { htmlPage } from "./html/html-page.ts";
import { titleAndBlocks } from "./html/title-and-blocks.ts";

export interface HtmlOptions {
  /** Draws a chart as an SVG document; without it the page has no pictures. */
  readonly draw?: DrawChart | undefined;
}

/**
 * A result as a whole web page in one file: the finding and its uncertainty first, figures after, what to mind last.
 *
 * @param result - any result of this library
 * @param options.draw - draws a chart as an SVG document, such as with Vega; without it the page has no pictures
 * @returns HTML that asks for nothing from elsewhere and runs no script; names are escaped
 * @throws {DomainError} for a result of an unknown kind, and for a drawing that is no SVG document; the promise is
 * rejected with it
 * @example
 * ```ts
 * import { sampleSizeForProportions, toHtml } from "microlift";
 * const page = await toHtml(sampleSizeForProportions({ baseline: 0.05, lift: 0.2 }));
 * page.startsWith("<!doctype html>"); // true
 * ```
 */
export async function toHtml(result: AnyResult, options: HtmlOptions = {}): Promise<string> {
  checkObject("options", options);
  const { draw } = options;
  checkDraw(draw);
  const [title, blocks] = titleAndBlocks(result);
  const pictures = draw === undefined ? new Map<Block, string>() : await drawPictures(blocks, draw);
  return htmlPage(title, htmlBody(title, blocks, { sectionLevel: 2, pictures, hasContents: true }));
}
