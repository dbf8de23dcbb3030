// Sending an answer: without cookies, with nothing beside the ticket and what was chosen.

/** What the server said to an answer. `done` where it is counted, or was before. */
export async function send({ survey, token, signature, answer }, fetcher = (...all) => fetch(...all)) {
  let reply;
  try {
    reply = await fetcher("/survey/answers", {
      method: "POST",
      credentials: "omit",
      cache: "no-store",
      redirect: "error",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ survey, token, signature, ...answer }),
    });
  } catch {
    return { done: false, again: true, sentence: "There is no connection. Nothing is lost: try again." };
  }
  if (reply.ok) return { done: true };
  const said = await reply.json().catch(() => ({}));
  if (said.code === "used") return { done: true };
  const sentence = said.sentence ?? "That did not work. Nothing is lost: try again in a few minutes.";
  return { done: false, again: reply.status >= 429, code: said.code, field: said.field, sentence };
}

/** Sends the answers whose moment has come; says when the next one's is, in seconds, or null, and whether one came too late. */
export async function sendDue(kept, now, sending = send) {
  let late = false;
  for (const letter of kept.letters().filter((one) => one.due <= now)) {
    const said = await sending(letter);
    // One that can never be counted any more is not kept for good.
    const never = ["closed", "ticket"].includes(said.code);
    if (said.done || never) kept.forget(letter);
    late ||= never;
  }
  const next = kept.letters().map((one) => one.due).sort((one, other) => one - other)[0];
  return { next: next ?? null, late };
}
