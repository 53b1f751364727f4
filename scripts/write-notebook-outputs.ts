// Runs the notebook of examples/ and writes its outputs into it: `npm run notebook`, after a build. The difference is
// the review.
import { writeFileSync } from "node:fs";
import { executeNotebook } from "../test/support/jupyter.ts";

const notebook = "examples/notebook.ipynb";
writeFileSync(notebook, `${JSON.stringify(executeNotebook(notebook), null, 1)}\n`);
