import { displayWidth } from "./display-width.ts";

/** A text in the room that it has; what is cut off shows as an ellipsis. */
export function shortened(text: string, columns: number): string {
  if (displayWidth(text) <= columns) return text;
  let kept = "";
  for (const character of text) {
    if (displayWidth(kept + character) >= columns) break;
    kept += character;
  }
  return `${kept.trimEnd()}…`;
}
