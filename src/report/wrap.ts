import { displayWidth } from "./display-width.ts";

/** The lines of a text, none wider than `width` columns: broken at spaces, and inside a word only where it is too long. */
export function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(/ +/).flatMap((whole) => pieces(whole, width))) {
    if (word === "") continue;
    const longer = line === "" ? word : `${line} ${word}`;
    if (displayWidth(longer) <= width) {
      line = longer;
    } else {
      lines.push(line);
      line = word;
    }
  }
  return [...lines, line];
}

/** A word as it is, or in pieces that fit. */
function pieces(word: string, width: number): string[] {
  if (displayWidth(word) <= width) return [word];
  const found: string[] = [];
  let piece = "";
  for (const character of word) {
    if (displayWidth(piece + character) > width && piece !== "") {
      found.push(piece);
      piece = "";
    }
    piece += character;
  }
  return [...found, piece];
}
