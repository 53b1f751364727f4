import { DomainError } from "../../core/domain-error.ts";
import { htmlAttribute } from "./html-text.ts";

const TAG = /^\s*(?:<\?xml[^>]*>\s*)?<svg\b[^>]*>/;

/**
 * A drawing as a figure. As an image it keeps its identifiers, styles and texts to itself, runs nothing, and is read
 * aloud as its description.
 */
export function htmlFigure(svg: string, description: string): string {
  const tag = typeof svg === "string" ? TAG.exec(svg)?.[0] : undefined;
  if (tag === undefined) throw new DomainError("draw()", svg, "must be an SVG document");
  const size = ["width", "height"].map((name) => pixels(tag, name)).join("");
  const label = htmlAttribute(description);
  return `<figure class="scroll" tabindex="0" role="group" aria-label="Chart">
<img alt="${label}"${size} src="data:image/svg+xml,${svg.trim().replace(/[%#"<>&\s]+/g, encodeURIComponent)}">
</figure>`;
}

/** The space that a picture takes, so that text does not jump when it appears. */
function pixels(tag: string, name: string): string {
  const value = new RegExp(String.raw`\s${name}="(\d+)(?:\.\d+)?(?:px)?"`).exec(tag)?.[1];
  return value === undefined ? "" : ` ${name}="${value}"`;
}
