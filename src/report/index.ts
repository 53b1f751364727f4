export type { VegaLiteSpec } from "./charts/vega-lite-spec.ts";
export type { AnyResult } from "./any-result.ts";
export type { MarkdownOptions } from "./to-markdown.ts";
export { toMarkdown } from "./to-markdown.ts";
export type { ChartableResult } from "./to-vega-lite.ts";
export { hasChart, toVegaLite } from "./to-vega-lite.ts";
export type { TextOptions } from "./to-text.ts";
export { toText } from "./to-text.ts";
export { fromJson, toJson } from "../core/json.ts";
