import { test as base, expect, type BrowserContext, type Page } from "@playwright/test";
import { comeIn, type Person, person } from "./people.ts";
import { College, TODAY } from "./server.ts";

interface Options {
  /** The day the sample college's clock shows; set it with `test.use({ today: "2027-02-03" })` at the top of a spec. */
  today: string;
}

interface Fixtures {
  /** This spec file's own college, started from a fresh folder with its first test. */
  college: College;
  /** The sample person with this name, or whose note says this. */
  who: (who: string) => Person;
  /** A page of a browser of their own, signed in as that sample person. */
  as: (who: string) => Promise<Page>;
  /** Listens to a browser; the test fails when a page reports an error or breaks its own security policy. */
  listen: (context: BrowserContext) => void;
}

interface ForWorker {
  colleges: { of(file: string, today: string): Promise<College> };
}

/**
 * A journey through the real program. Each spec file has a college of its own in each project, so that what one journey
 * changes no other sees; within a file, tests run in order and share it.
 */
export const test = base.extend<Options & Fixtures, ForWorker>({
  today: [TODAY, { option: true }],

  colleges: [
    async ({}, use) => {
      let open: { key: string; college: College } | undefined;
      await use({
        async of(file, today) {
          const key = `${file} on ${today}`;
          if (open?.key !== key) {
            await open?.college.close();
            open = undefined;
            open = { key, college: await College.open(today) };
          }
          return open.college;
        },
      });
      await open?.college.close();
    },
    { scope: "worker" },
  ],

  college: async ({ colleges, today }, use, info) => {
    const college = await colleges.of(`${info.project.name} ${info.file}`, today);
    await use(college);
    if (info.status !== info.expectedStatus) await info.attach("program.log", { body: college.log });
  },

  baseURL: async ({ college }, use) => {
    await use(college.base);
  },

  who: async ({ college }, use) => {
    await use((who) => person(college.accounts, who));
  },

  as: async ({ browser, college, listen }, use) => {
    const contexts: BrowserContext[] = [];
    await use(async (who) => {
      const context = await browser.newContext();
      contexts.push(context);
      listen(context);
      const page = await context.newPage();
      await comeIn(page, college.accounts, who);
      return page;
    });
    await Promise.all(contexts.map((context) => context.close()));
  },

  listen: [
    async ({ context }, use) => {
      const heard: string[] = [];
      const listen = (to: BrowserContext) => {
        to.on("weberror", (error) => heard.push(String(error.error())));
        to.on("console", (message) => {
          // A refusal (422) or a page that is not there (404) is told by the page; the console repeats it.
          const repeated = message.text().startsWith("Failed to load resource");
          if (message.type() === "error" && !repeated) heard.push(message.text());
        });
      };
      listen(context);
      await use(listen);
      expect(heard, "the browser's console").toEqual([]);
    },
    { auto: true },
  ],
});

export { expect } from "@playwright/test";
