import { NO_PAINT, type Paint, TERMINAL_PAINT } from "../report/paint.ts";
import type { Io } from "./io.ts";

/** What says whether there is colour, the nearest word first: the option, then https://no-color.org, then the terminal. */
export function hasColors(isTerminal: boolean, env: Io["env"], wish: boolean | undefined): boolean {
  if (wish !== undefined) return wish;
  const { NO_COLOR: no = "", FORCE_COLOR: force = "", TERM: term } = env;
  if (no !== "") return false;
  if (force !== "") return force !== "0" && force !== "false";
  return isTerminal && term !== "dumb";
}

/** How messages on standard error are painted. */
export function errorPaint(io: Io, wish: boolean | undefined): Paint {
  return hasColors(io.errIsTerminal, io.env, wish) ? TERMINAL_PAINT : NO_PAINT;
}
