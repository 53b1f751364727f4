import { createHash } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { formHtml } from "../docs/planner/source/form-html.ts";
import { PAGE_STYLE } from "../src/report/html/page-style.ts";
import { htmlText } from "../src/report/html/html-text.ts";
import { bundledLicenses } from "./bundled-licenses.ts";

// The planner: one page with the library inside, docs/planner/index.html. `npm run planner`.

const PLANNER = new URL("../docs/planner/", import.meta.url);

/** The page, the same bytes every time. */
export async function plannerPage(): Promise<string> {
  const source = (name: string): string => readFileSync(new URL(`source/${name}`, PLANNER), "utf8");
  const { outputFiles, metafile } = await build({
    entryPoints: [fileURLToPath(new URL("source/main.ts", PLANNER))],
    absWorkingDir: fileURLToPath(new URL("..", import.meta.url)),
    bundle: true,
    minify: true,
    format: "iife",
    target: "es2022",
    charset: "utf8",
    legalComments: "none",
    metafile: true,
    write: false,
  });
  const script = outputFiles[0]!.text.trim();
  if (/<\/script|<!--/i.test(script)) throw new Error("the script would end before its end");
  const style = `${PAGE_STYLE}${source("page.css")}`;
  const policy = `default-src 'none'; script-src '${hash(script)}'; style-src '${hash(style)}'; img-src data:; connect-src 'none'; base-uri 'none'; form-action 'none'`;
  const parts: Readonly<Record<string, string>> = {
    policy,
    style,
    form: formHtml(),
    licenses: bundledLicenses(Object.keys(metafile.inputs)).split("\n").map(htmlText).join("\n"),
    script,
  };
  return source("page.html").replace(/\{\{(\w+)\}\}/g, (_, name: string) => parts[name]!);
}

function hash(text: string): string {
  return `sha256-${createHash("sha256").update(text).digest("base64")}`;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  writeFileSync(new URL("index.html", PLANNER), await plannerPage());
}
