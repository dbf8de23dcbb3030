// What this browser keeps of a survey: tickets that are not used, and answers that wait for their moment. Nothing in it says whose
// they are: on a shared computer one ticket is as good as another.

const NAME = "alongside-survey";
const DAY = 24 * 60 * 60;

export const base64 = (bytes) =>
  btoa(String.fromCharCode(...bytes)).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
export const unbase64 = (text) =>
  Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (letter) => letter.charCodeAt(0));

/** @param {Storage} store */
export function keeper(store = localStorage) {
  function read() {
    try {
      const { asked = [], tickets = [], letters = [] } = JSON.parse(store.getItem(NAME) ?? "{}");
      return { asked, tickets, letters };
    } catch {
      return { asked: [], tickets: [], letters: [] };
    }
  }
  const write = (all) => store.setItem(NAME, JSON.stringify(all));
  const change = (how) => {
    const all = read();
    const found = how(all);
    write(all);
    return found;
  };
  const first = (list, survey) => list.find((one) => one.survey === survey);
  const without = (list, one) => list.filter((other) => other.token !== one.token);

  return {
    asked: (survey) => first(read().asked, survey),
    ask: (one) => change((all) => all.asked.push(one)),
    /** A ticket that was signed: it takes the place of what was asked. */
    signed: (one) =>
      change((all) => {
        all.asked = without(all.asked, one);
        all.tickets.push(one);
      }),
    forget: (one) =>
      change((all) => {
        all.asked = without(all.asked, one);
        all.tickets = without(all.tickets, one);
        all.letters = without(all.letters, one);
      }),
    ticket: (survey) => first(read().tickets, survey),
    /** An answer that waits; its ticket goes with it. */
    later: (letter) =>
      change((all) => {
        all.tickets = without(all.tickets, letter);
        all.letters.push(letter);
      }),
    letters: () => read().letters,
  };
}

/** A moment within a day, but before the survey ends. All are seconds. */
export function moment(now, until, chance = crypto.getRandomValues(new Uint32Array(1))[0] / 2 ** 32) {
  const most = Math.max(0, Math.min(DAY, until - 60 - now));
  return Math.floor(now + chance * most);
}
