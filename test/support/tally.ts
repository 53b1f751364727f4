/** How many values were compared with a reference without an `expect` of their own; `npm run validate` reads it. */
export const tally: { values: number } = { values: 0 };
