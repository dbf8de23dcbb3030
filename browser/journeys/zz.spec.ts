import { expect, test } from "../helpers/journey.ts";
import { signIn } from "../helpers/people.ts";
import { calm } from "../helpers/axe.ts";
test("timing", async ({ browser, college, as }) => {
  for (let i = 0; i < 3; i += 1) {
  let t = Date.now(); const lap = (w: string) => { console.log(w, Date.now() - t); t = Date.now(); };
  const c = await browser.newContext(); lap("context"); const p = await c.newPage(); lap("page");
  await p.goto("/sign-in"); lap("goto sign-in"); 
  await signIn(p, college.accounts, "programme lead"); lap("signIn");
  await p.goto("/promise"); lap("goto promise");
  await calm(p); lap("calm");
  await p.goto("/support/new"); lap("goto");
  await c.close(); lap("close");
  }
});
