const CELLS = 20;

/** A bar of how much is done, and the per cent behind it. */
export function progressBar(share: number): string {
  const done = Math.round(share * CELLS);
  return `${"█".repeat(done)}${"░".repeat(CELLS - done)} ${Math.round(share * 100)} %`;
}
