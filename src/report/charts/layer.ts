/** A layer of a chart, with its data inside. */
export interface Layer {
  readonly data: { readonly values: readonly object[] };
  readonly mark: object;
  readonly encoding: object;
}

/** The layers that have something to draw: Vega-Lite complains of scales without values. */
export function drawnLayers(layers: readonly Layer[]): Layer[] {
  return layers.filter(({ data }) => data.values.length > 0);
}
