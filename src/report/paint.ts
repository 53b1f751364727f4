/** How text stands out in a terminal. */
export interface Paint {
  /** Titles, names and the finding. */
  readonly strong: (text: string) => string;
  /** What to mind. */
  readonly caution: (text: string) => string;
  readonly wrong: (text: string) => string;
  /** Lines of tables and under headings, which are there to guide the eye. */
  readonly faint: (text: string) => string;
}

// Codes of ECMA-48, "select graphic rendition": each style is ended by its own code, so that styles may be nested.
const styled =
  (begin: number, end: number) =>
  (text: string): string =>
    text === "" ? "" : `\u001b[${begin}m${text}\u001b[${end}m`;

/** Codes that a terminal draws in bold, dim, and in the reader's own yellow and red. */
export const TERMINAL_PAINT: Paint = {
  strong: styled(1, 22),
  caution: styled(33, 39),
  wrong: styled(31, 39),
  faint: styled(2, 22),
};

const asItIs = (text: string): string => text;

export const NO_PAINT: Paint = { strong: asItIs, caution: asItIs, wrong: asItIs, faint: asItIs };
