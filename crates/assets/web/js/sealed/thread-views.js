// What stands on the thread page besides the box: the messages, the plan, the card that hands over.
import { fileBody } from "./file-view.js";
import { LessonsView } from "./lessons-view.js";
import { HandOverCard, earlierBody } from "./hand-over-view.js";
import { MessagesView } from "./messages-view.js";
import { PlanView } from "./plan-view.js";
import { Thread } from "./thread.js";

function keptHere() {
  try {
    return globalThis.localStorage;
  } catch {
    return null;
  }
}

/** The messages of a thread page. */
export function messagesOn(page) {
  const { other, id: thread, drafts } = page;
  return new MessagesView({
    other,
    thread,
    drafts,
    bodies: {
      file: (entry) => fileBody(entry, page.files),
      earlier: (entry) => earlierBody(entry, page.thread.party === "teacher" ? "" : other),
    },
    changed: () => page.draw(),
    edit: async (note, text) => void ((await page.thread.edit(note, text)) && page.send()),
    again: async (entry) => {
      await page.thread.drop(entry.note, entry.rev);
      page.composer.add(entry.text, entry.kind);
      await page.draw();
    },
    drop: (entry) => page.drop(entry),
  });
}

/** What every part of the page in which something is written needs of it. */
const writing = (page) => ({
  other: page.other,
  thread: page.id,
  drafts: page.drafts,
  say: (said) => page.say(said),
  drop: (entry) => page.drop(entry),
  redraw: () => page.draw(),
  used: () => page.keys.touch(),
  shelf: page.shelf,
});

/** Whether nothing may be shown or written there: keys are locked, or the practitioner has none. */
const closed = ({ keys, thread }) => !keys.live && (keys.made || thread.party !== "teacher");

/** The plan, if the page has a place for it. */
export const planOn = (page, body) => body && new PlanView(body, writing(page));

/** Shows the plan as it stands. */
export function showPlan(page, all, mayWrite) {
  if (!page.plan) return;
  if (closed(page)) return page.plan.clear();
  const { keys, thread } = page;
  page.plan.show(all, { uid: keys.uid, party: thread.party, mayPlan: thread.mayPlan && !page.differ, mayWrite });
}

/** The lessons that the two watch or teach together, if there are any. */
export function lessonsOn(page, section) {
  const take = (what, from) => page.plan?.edit("goal", { at: "top", values: { what, size: "small", by: "", evidence: "", from } });
  return section && new LessonsView(section, { ...writing(page), take });
}

/** Shows what is written about lessons as it stands. */
export function showLessons(page, all, writable) {
  if (!page.lessons) return;
  if (closed(page)) return page.lessons.clear();
  const { keys, thread } = page;
  const { party, mayPlan } = thread;
  const mayWrite = writable || (thread.situation === "first-words" && !page.differ);
  const taken = page.plan?.taken ?? [];
  page.lessons.show(all, { uid: keys.uid, party, mayWrite, mayPlan, query: page.search.query, taken });
}

/** The card that hands over from a thread before, if there was one. */
export function cardOn(page, { before: old, beforeName: before }, { net, store }) {
  if (!old) return null;
  const { id, other, thread, keys } = page;
  const open = async () => {
    const earlier = new Thread({ id: old, keys, net, store });
    await earlier.load();
    return earlier;
  };
  return new HandOverCard({ id, old, before, other, thread, open, changed: () => page.draw(), kept: keptHere() });
}
