import { readFileSync } from "node:fs";
import * as microlift from "microlift";
import { figuresOf } from "./figures.mjs";

// Prints the figures of the fixed suite as JSON: what they are made of stands in suite.json beside this script.

const suite = microlift.fromJson(readFileSync(new URL("suite.json", import.meta.url), "utf8"));
console.log(JSON.stringify(figuresOf(microlift, suite)));
