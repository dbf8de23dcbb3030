// One small module for every page. Each part looks for its own markup and does nothing without it; every page works
// without script. The content security policy allows no inline script and no text made into markup.
import { noteKey } from "./note-key.js";
import { suggest } from "./suggest.js";
import { once } from "./once.js";
import { focusErrors } from "./focus.js";
import { filter } from "./filter.js";

focusErrors(document);
noteKey(document);
once(document);
document.querySelectorAll("form[data-suggest]").forEach(suggest);
document.querySelectorAll("input[data-filter]").forEach(filter);
