// What an item can be, and which of the two may say it.

/** How what is said is named where it stands; a message has no name. */
export const LABELS = {
  message: "",
  meeting: "Notes of a meeting",
  preparation: "Preparation",
  request: "What was asked for",
  file: "File",
  earlier: "From before",
  focus: "What to look at",
  notes: "Notes of a lesson",
  feedback: "Feedback",
};

/** What the composer offers. */
export const WRITTEN = ["message", "meeting", "preparation"];

const PLANNED = new Set(["goal", "proposal", "trial"]);
const LESSON = new Set(["focus", "notes", "feedback"]);
const BY_TEACHER = new Set(["request", "goal", "trial", "earlier", "focus"]);

/** Whether a kind belongs to the plan, not to what is said. */
export const isPlanned = (kind) => PLANNED.has(kind);

/** Whether a kind is about a lesson that is watched. */
export const isLesson = (kind) => LESSON.has(kind);

/** Whether a kind stands among the messages. */
export const isSaid = (kind) => !isPlanned(kind) && !isLesson(kind);

/** Whether a kind is known and this party may say it. @param {string} kind @param {"teacher"|"practitioner"} party */
export function maySay(kind, party) {
  if (kind === "proposal") return party === "practitioner";
  if (BY_TEACHER.has(kind)) return party === "teacher";
  return Object.hasOwn(LABELS, kind);
}
