export { controlTraffic, type TrafficOptions } from "../models/control-traffic.ts";
