import { htmlAttribute, htmlText } from "./html-text.ts";
import { PAGE_STYLE, PAGE_STYLE_HASH } from "./page-style.ts";

/** Nothing but the page's own style and the pictures inside it. */
const POLICY = `default-src 'none'; style-src '${PAGE_STYLE_HASH}'; img-src data:; base-uri 'none'; form-action 'none'`;

/** A whole page. */
export function htmlPage(title: string, body: string): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${POLICY}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${htmlAttribute(title)}</title>
<style>${PAGE_STYLE}</style>
</head>
<body>
<header>
<h1>${htmlText(title)}</h1>
</header>
<main>
${body}
</main>
</body>
</html>
`;
}
