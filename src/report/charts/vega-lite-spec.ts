/** A chart as Vega-Lite JSON: any Vega-Lite renderer draws it. */
export interface VegaLiteSpec {
  readonly $schema: string;
  /** The finding, and below it how it was measured; each a list of lines. */
  readonly title: { readonly text: readonly string[]; readonly subtitle: readonly string[] };
  /** Alternative text, for readers who do not see the picture. */
  readonly description: string;
  readonly [property: string]: unknown;
}
