import { webcrypto } from "node:crypto";
import type { Page, Route } from "@playwright/test";
import { calm } from "../helpers/axe.ts";
import { expect, test } from "../helpers/journey.ts";
import { arrived, keyed, message, messages, pair, PRACTITIONER, press, saidPart, write } from "../helpers/sealed.ts";
import { ask } from "../helpers/support.ts";

const FIRST = "Three of mine never put a hand up.";
const ANSWER = "Shall we name them together?";
const ELSEWHERE = "A word for another thread.";
const NEWER = "Sealed with a newer key.";
const UNOPENED = "This message does not open here. It was changed on its way, or sealed for other keys.";

interface Keys {
  kid: string;
  enc: JsonWebKey;
  sig: JsonWebKey;
}

interface Item {
  note: string;
  author: string;
  kind: string;
  epoch: number;
  jwe: { ciphertext: string };
}

/** What the server says of a thread. */
interface Words {
  uid: string;
  other: { uid: string; keys: Keys };
  grants: { epoch: number }[];
  items: Item[];
}

const isRead = (route: Route) => route.request().method() === "GET";

/** From now on this page hears something else about a thread than what the server said. */
async function lie(page: Page, thread: string, change: (words: Words) => void): Promise<void> {
  await page.route(`**${thread}/words`, async (route) => {
    if (!isRead(route)) return route.fallback();
    const response = await route.fetch();
    const words = (await response.json()) as Words;
    change(words);
    await route.fulfill({ response, json: words });
  });
  await page.reload();
}

async function truth(page: Page, thread: string): Promise<Words> {
  return (await (await page.request.get(`${thread}/words`)).json()) as Words;
}

/** Public keys of somebody in between: all of them, and named as keys are. */
async function strange(): Promise<Keys> {
  const make = async (name: string, uses: KeyUsage[]) => {
    const pair = (await webcrypto.subtle.generateKey({ name, namedCurve: "P-256" }, true, uses)) as CryptoKeyPair;
    const { kty, crv, x, y } = await webcrypto.subtle.exportKey("jwk", pair.publicKey);
    return { kty, crv, x, y };
  };
  const [enc, sig] = [await make("ECDH", ["deriveBits"]), await make("ECDSA", ["sign"])];
  const canonical = JSON.stringify({ crv: enc.crv, kty: enc.kty, x: enc.x, y: enc.y });
  const kid = Buffer.from(await webcrypto.subtle.digest("SHA-256", Buffer.from(canonical))).toString("base64url");
  return { kid, enc, sig };
}

const box = (page: Page) => saidPart(page).getByLabel(/^Write to/);
const changed = (text: string) => (text.startsWith("A") ? "B" : "A") + text.slice(1);

test.describe("a server that lies", () => {
  /** R-WRD-3 R-WRD-8 R-WRD-10 */
  test("is stopped by the browser, which says so", async ({ as, who }) => {
    test.setTimeout(300_000);
    const { teacher, practitioner, thread } = await pair(as, FIRST);
    await write(practitioner, ANSWER);
    await teacher.reload();
    await expect(message(teacher, ANSWER)).toBeVisible();
    const others: string[] = [];
    teacher.on("request", (request) => {
      if (request.method() === "POST" && !request.url().endsWith("/reading")) others.push(new URL(request.url()).pathname);
    });

    const refusesKeys = async (keys: Keys, sentence: string | RegExp) => {
      await lie(teacher, thread, (words) => (words.other.keys = keys));
      await expect(saidPart(teacher)).toContainText(sentence);
      await expect(box(teacher), "nothing can be written").toHaveCount(0);
      await expect(teacher.getByRole("region", { name: "The plan" }).getByRole("button", { name: "Add a goal" })).toHaveCount(0);
      await calm(teacher);
      await teacher.unroute(`**${thread}/words`);
    };
    await test.step("other keys of the other one", async () => {
      await refusesKeys(await strange(), `${who(PRACTITIONER).name}’s keys are not the ones this browser knows.`);
      await press(teacher, "They are not the same");
      await expect(saidPart(teacher)).toContainText("You said that the safety words are not the same, so nothing is sent from here.");
      await calm(teacher);
    });
    await test.step("keys that do not fit together", async () => {
      const { kid } = (await truth(teacher, thread)).other.keys;
      await refusesKeys({ ...(await strange()), kid }, "do not fit together. Nothing is sent.");
    });
    await test.step("another signing key beside the right key", async () => {
      const { keys } = (await truth(teacher, thread)).other;
      await refusesKeys({ ...keys, sig: (await strange()).sig }, "keys are not the ones this browser knows.");
    });
    await test.step("other keys while something is being written", async () => {
      const keys = await strange();
      await teacher.reload();
      await box(teacher).fill("Half a thought");
      await expect(saidPart(teacher)).toContainText("Draft kept on this device.");
      await lie(teacher, thread, (words) => (words.other.keys = keys));
      await expect(saidPart(teacher)).toContainText("keys are not the ones this browser knows.");
      await teacher.unroute(`**${thread}/words`);
      await teacher.reload();
      await expect(box(teacher), "no word is lost").toHaveValue("Half a thought");
      await box(teacher).fill("");
      await expect(saidPart(teacher)).not.toContainText("Draft kept on this device.");
    });
    expect(others, "nothing was sent to anybody").toEqual([]);

    const shows = async (change: (words: Words) => void, unopened: number, visible: string[], hidden: string[]) => {
      await lie(teacher, thread, change);
      await expect(messages(teacher).getByText(UNOPENED)).toHaveCount(unopened);
      for (const text of visible) await expect(message(teacher, text)).toHaveCount(1);
      for (const text of hidden) await expect(saidPart(teacher).getByText(text)).toHaveCount(0);
      await teacher.unroute(`**${thread}/words`);
    };
    const mine = ({ uid, items }: Words) => items.find(({ author }) => author === uid) as Item;
    const theirs = ({ uid, items }: Words) => items.find(({ author }) => author !== uid) as Item;
    await test.step("a changed ciphertext", () =>
      shows((words) => (theirs(words).jwe.ciphertext = changed(theirs(words).jwe.ciphertext)), 1, [FIRST], [ANSWER]));
    await calm(teacher);
    await test.step("an item replayed under another name", () =>
      shows((words) => words.items.push({ ...theirs(words), note: webcrypto.randomUUID() }), 1, [FIRST, ANSWER], []));
    await test.step("an item of one shown as the other's", () =>
      shows((words) => (mine(words).author = words.other.uid), 1, [ANSWER], [FIRST]));
    await test.step("another kind", () => shows((words) => (theirs(words).kind = "preparation"), 1, [FIRST], [ANSWER]));
    await test.step("another kind for the plan", () => shows((words) => (mine(words).kind = "goal"), 0, [ANSWER], [FIRST]));
    await test.step("an item of somebody else", () =>
      shows((words) => (theirs(words).author = webcrypto.randomUUID()), 1, [FIRST], [ANSWER]));

    await test.step("what belongs to another thread", async () => {
      await keyed(await as("uninvolved practitioner"));
      const another = await ask(teacher, who("uninvolved practitioner").name);
      await write(teacher, ELSEWHERE);
      const foreign = await truth(teacher, another);
      await teacher.goto(thread);
      await shows((words) => (words.items = [...words.items, ...foreign.items]), 1, [FIRST, ANSWER], [ELSEWHERE]);
      await lie(teacher, thread, (words) => (words.grants = foreign.grants));
      await expect(messages(teacher).getByText(UNOPENED)).toHaveCount(2);
      await expect(box(teacher), "and nothing is sealed with such a key").toHaveCount(0);
      await expect(saidPart(teacher)).toContainText("The key to this conversation has not come from the server");
      await expect(saidPart(teacher), "they are not").not.toContainText("Your keys are new");
      await calm(teacher);
      await teacher.unroute(`**${thread}/words`);
    });

    await test.step("the newest key kept back", async () => {
      await teacher.goto(thread);
      await expect(message(teacher, FIRST)).toBeVisible();
      // The server asks for a newer key once.
      await teacher.route(
        `**${thread}/words`,
        (route) => (isRead(route) ? route.fallback() : route.fulfill({ status: 409, json: { code: "keys", sentence: "Other keys." } })),
        { times: 1 },
      );
      await write(teacher, NEWER);
      expect(new Set((await truth(teacher, thread)).grants.map(({ epoch }) => epoch)).size, "two keys by now").toBe(2);
      const last = Math.max(...(await truth(practitioner, thread)).grants.map(({ epoch }) => epoch));
      await lie(practitioner, thread, (words) => (words.grants = words.grants.filter(({ epoch }) => epoch !== last)));
      await expect(message(practitioner, FIRST)).toBeVisible();
      await expect(messages(practitioner).getByText(UNOPENED)).toHaveCount(1);
      await expect(saidPart(practitioner).getByText(NEWER)).toHaveCount(0);
      await expect(saidPart(practitioner)).toContainText("The key to some of what was said has not come from the server");
      await calm(practitioner);
      await practitioner.unroute(`**${thread}/words`);
      await practitioner.reload();
      await expect(message(practitioner, NEWER)).toBeVisible();
    });
  });
});

test.describe("a browser in trouble", () => {
  // Another day is another college.
  test.use({ today: "2026-11-25" });

  test("loses no word, and says what is the matter", async ({ as }) => {
    test.setTimeout(300_000);
    const { teacher, practitioner, thread } = await pair(as, FIRST);

    await test.step("no connection in the middle of a save", async () => {
      await teacher.context().setOffline(true);
      await box(teacher).fill("Written in a tunnel");
      await press(teacher, "Send");
      await expect(message(teacher, "Written in a tunnel")).toContainText("not sent yet: it will go as soon as there is a connection");
      await calm(teacher);
      await teacher.context().setOffline(false);
      await arrived(teacher, "Written in a tunnel");
      await teacher.context().setOffline(true);
      await box(teacher).fill("Written before the lid was shut");
      await press(teacher, "Send");
      await expect(message(teacher, "before the lid")).toContainText("not sent yet");
      await teacher.context().setOffline(false);
      await teacher.reload();
      await arrived(teacher, "before the lid");
    });

    await test.step("an answer that does not come back", async () => {
      await teacher.route(`**${thread}/words`, async (route) => {
        if (isRead(route)) return route.fallback();
        await route.fetch();
        await route.abort("connectionreset");
      });
      await box(teacher).fill("Said once");
      await press(teacher, "Send");
      await expect(message(teacher, "Said once")).toContainText("not sent yet");
      await teacher.unroute(`**${thread}/words`);
      await teacher.reload();
      await arrived(teacher, "Said once");
      await practitioner.reload();
      await expect(message(practitioner, "Said once")).toHaveCount(1);
    });

    await test.step("a server that says no", async () => {
      const sentence = "It is too long to be sent in one piece.";
      await teacher.route(`**${thread}/words`, (route) =>
        isRead(route) ? route.fallback() : route.fulfill({ status: 413, body: "" }));
      await box(teacher).fill("Too long");
      await press(teacher, "Send");
      await expect(message(teacher, "Too long")).toContainText(sentence);
      await calm(teacher);
      await teacher.unroute(`**${thread}/words`);
      await message(teacher, "Too long").getByRole("button", { name: "Put it back into the box" }).click();
      await expect(box(teacher)).toHaveValue("Too long");
      await expect(message(teacher, "Too long")).toHaveCount(0);
      await press(teacher, "Send");
      await arrived(teacher, "Too long");
    });

    await test.step("a page that is loaded again while somebody types", async () => {
      await box(teacher).fill("Half a sen");
      await teacher.reload();
      await expect(box(teacher)).toHaveValue("Half a sen");
      await box(teacher).fill("");
      await teacher.reload();
      await expect(message(teacher, FIRST)).toBeVisible();
      await expect(box(teacher)).toHaveValue("");
    });

    await test.step("two windows at once", async () => {
      const second = await teacher.context().newPage();
      await second.goto(thread);
      await expect(message(second, FIRST)).toBeVisible();
      await box(teacher).fill("From the first window");
      await box(second).fill("From the second window");
      await Promise.all([press(teacher, "Send"), press(second, "Send")]);
      await arrived(teacher, "From the first window");
      await arrived(second, "From the second window");
      await practitioner.reload();
      for (const which of ["first", "second"]) await expect(message(practitioner, `From the ${which} window`)).toHaveCount(1);
      await second.close();
    });

    await test.step("a clock that is wrong", async () => {
      for (const year of ["2019", "2041"]) {
        const wrong = await practitioner.context().newPage();
        await wrong.clock.setSystemTime(new Date(`${year}-05-01T09:00:00Z`));
        await wrong.goto(thread);
        await expect(message(wrong, FIRST)).toBeVisible();
        await write(wrong, `By a clock of ${year}`);
        await wrong.close();
      }
      await practitioner.reload();
      for (const year of ["2019", "2041"]) await expect(message(practitioner, `By a clock of ${year}`)).toHaveCount(1);
    });

    await test.step("storage that is cleared in between", async () => {
      await practitioner.evaluate(
        () =>
          new Promise<void>((done, failed) => {
            const gone = indexedDB.deleteDatabase("alongside");
            gone.onsuccess = () => done();
            gone.onerror = () => failed(gone.error);
          }),
      );
      await box(practitioner).fill("Sent all the same");
      await press(practitioner, "Send");
      await arrived(practitioner, "Sent all the same");
      await expect(saidPart(practitioner), "nothing odd is said").not.toContainText("did not work");
      await teacher.reload();
      await expect(message(teacher, "Sent all the same")).toHaveCount(1);
      await practitioner.reload();
      await expect(saidPart(practitioner)).toContainText("Your keys open on another device of yours only.");
      await expect(saidPart(practitioner)).toContainText("its browser’s storage has been cleared");
      await expect(saidPart(practitioner).getByRole("button", { name: "I have lost everything" })).toBeVisible();
      await calm(practitioner);
    });
  });
});
