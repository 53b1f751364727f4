export { checkedDelay, type ReadingOptions } from "../models/metric-delay.ts";
