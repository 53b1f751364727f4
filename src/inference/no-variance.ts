import type { Warning } from "../core/warning.ts";

/** Both arms have a value, and neither tells by how much it may be off. */
export const NO_VARIANCE: Warning = {
  code: "NO_VARIANCE",
  message: "Neither arm varies, so there is no variance to judge the effect by.",
};
