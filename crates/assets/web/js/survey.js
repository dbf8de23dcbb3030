// The survey of staff, on its two pages alone. Without script nobody can take a ticket, and the pages say so.
import { answering, taking } from "./survey/pages.js";

document.querySelectorAll("[data-survey-take]").forEach((section) => taking(section));
document.querySelectorAll("[data-survey-answer]").forEach((section) => answering(section));
