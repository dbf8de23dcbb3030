import type { Page } from "@playwright/test";

/** What a visitor gets at an address. */
export interface Answer {
  status: number;
  /** Where it leads on to, or "". */
  location: string;
  /** The page's source, without what differs on every look. */
  source: string;
}

/** Addresses a curious visitor tries besides the links they have. */
const TRIED = ["/", "/support", "/support/new", "/week", "/hours", "/hours/new", "/programme", "/people", "/practice", "/sample"];

/** More pages than anybody has in the sample college. */
const MOST_PAGES = 180;

/** Pages of one person each are built alike: so many of them are opened. */
const OF_PEOPLE = 12;
const PERSON = /^\/people\/[0-9a-f-]{36}$/;
/** And so are those of communities and of sessions. */
const OF_AREAS = 8;
const ALIKE: [RegExp, number][] = [
  [PERSON, OF_PEOPLE],
  [/^\/communities\/[0-9a-f-]{36}$/, OF_AREAS],
  [/^\/sessions\/[0-9a-f-]{36}$/, OF_AREAS],
  [/^\/sessions\/(new\?like=[0-9a-f-]{36}|[0-9a-f-]{36}\/edit)$/, OF_AREAS],
];

/** A page's source without the tokens of its forms and the minutes of the sample's clock, which move by themselves. */
export function still(source: string): string {
  return source
    .replace(/name="(csrf|once)" value="[^"]*"/g, 'name="$1"')
    .replace(/(It is|it is <strong>)[^.<]*\d\d:\d\d/g, "$1");
}

/** One address as this page's visitor gets it. */
export async function look(page: Page, path: string): Promise<Answer> {
  const reply = await page.request.get(path, { maxRedirects: 0 });
  return { status: reply.status(), location: reply.headers()["location"] ?? "", source: still(await reply.text()) };
}

/** Opens every link this visitor has, and the usual addresses, without leaving out a page; by address. */
export async function crawl(page: Page, more: string[] = []): Promise<Map<string, Answer>> {
  const seen = new Map<string, Answer>();
  const waiting = [...TRIED, ...more];
  for (let path = waiting.shift(); path !== undefined; path = waiting.shift()) {
    if (seen.has(path)) continue;
    if (ALIKE.some(([kind, most]) => kind.test(path) && [...seen.keys()].filter((known) => kind.test(known)).length >= most)) continue;
    if (seen.size >= MOST_PAGES) throw new Error(`more than ${MOST_PAGES} pages, the last ${path}`);
    const answer = await look(page, path);
    seen.set(path, answer);
    waiting.push(...links(answer, path));
  }
  return seen;
}

/** Where a page leads. The weeks before and after go on for years: only those beside the present one are followed. */
function links({ source, location }: Answer, from: string): string[] {
  // What is saved as a file is no page.
  const pages = source.replaceAll(/<a [^>]*? download[ =>][^>]*/g, "");
  const found = [...pages.matchAll(/<a [^>]*?href="(\/[^"#]*)/g)].map(([, link]) => (link ?? "").replaceAll("&amp;", "&"));
  if (location.startsWith("/")) found.push(location);
  return found.filter((link) => !(from.startsWith("/week?") && link.startsWith("/week?")));
}
