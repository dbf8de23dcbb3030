// Days and times as people say them.

const day = (milliseconds) => new Date(milliseconds).toDateString();

/** "Tuesday 24 November", with the year if it is another one. */
export function dayWords(seconds, now) {
  const date = new Date(seconds * 1000);
  if (day(date) === day(now)) return "Today";
  const year = date.getFullYear() === new Date(now).getFullYear() ? {} : { year: "numeric" };
  return date.toLocaleDateString("en-GB", { weekday: "long", day: "numeric", month: "long", ...year }).replace(",", "");
}

/** "10:30" */
export function timeWords(seconds) {
  return new Date(seconds * 1000).toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit" });
}

/** "Friday 27 November, 10:30" */
export function momentWords(seconds) {
  const date = new Date(seconds * 1000);
  const words = date.toLocaleDateString("en-GB", { weekday: "long", day: "numeric", month: "long" }).replace(",", "");
  return `${words}, ${timeWords(seconds)}`;
}

/** Whether two moments are on one day here. */
export const sameDay = (one, other) => day(one * 1000) === day(other * 1000);

/** Today as 2026-11-24. */
export function isoDay(now) {
  const date = new Date(now);
  const two = (number) => String(number).padStart(2, "0");
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}

/** "24 Nov" */
export function shortDay(iso) {
  return new Date(`${iso}T12:00:00`).toLocaleDateString("en-GB", { day: "numeric", month: "short" });
}

/** "3 May", with the year if it is not this one. */
export function dayMonth(seconds, now) {
  const date = new Date(seconds * 1000);
  const year = date.getFullYear() === new Date(now).getFullYear() ? {} : { year: "numeric" };
  return date.toLocaleDateString("en-GB", { day: "numeric", month: "short", ...year });
}
