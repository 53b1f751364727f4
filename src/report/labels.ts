/** What a report calls the two metrics, as part of a sentence. */
export interface Labels {
  readonly proxy: string;
  readonly macro: string;
}

/** Where a result does not know the names of its metrics. */
export const DEFAULT_LABELS: Labels = { proxy: "the proxy", macro: "sales" };

/** Names that users gave, marked as names. */
export function namedLabels(proxy: string, macro: string): Labels {
  return { proxy: quoted(proxy), macro: quoted(macro) };
}

export function quoted(name: string): string {
  return `"${name}"`;
}

/** A label at the beginning of a sentence. */
export function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
