import { byId } from "./form.ts";

/** Copies a text; where the browser does not let a page, the text is shown and selected for the reader to copy. */
export async function copyText(text: string, what: string): Promise<void> {
  const box = byId("copy-by-hand");
  box.hidden = true;
  try {
    await navigator.clipboard.writeText(text);
    tell(`${what} copied.`);
  } catch {
    const area = byId("copy-text") as HTMLTextAreaElement;
    box.hidden = false;
    area.value = text;
    area.focus();
    area.select();
    tell(`This browser does not let a page copy. ${what} stands selected in the box below.`);
  }
}

/** Offers a text as a file. */
export function download(text: string, fileName: string): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([text], { type: "application/json" }));
  link.download = fileName;
  link.click();
  URL.revokeObjectURL(link.href);
  tell(`${fileName} is downloaded; microlift plan ${fileName} works it out.`);
}

export function tell(text: string): void {
  byId("copied").textContent = text;
}
