// The page on which something is passed on, as a whole.
import assert from "node:assert/strict";
import test from "node:test";
import { el } from "../web/js/sealed/dom.js";
import { DisclosePage } from "../web/js/sealed/page-disclose.js";
import { network } from "../web/js/sealed/net.js";
import { fakePage, types, until } from "./fake-page.mjs";
import { LEAD, THREAD, twoPeople, withKeys } from "./people.mjs";

/** The form as it comes with the page. */
function form() {
  const select = el("select", { id: "reason", name: "reason", "aria-describedby": "reason-hint" });
  return el(
    "form",
    { id: "disclose-form" },
    el("input", { type: "radio", name: "category", value: "learner", checked: true }),
    el(
      "fieldset",
      {},
      el("input", { type: "checkbox", name: "unsafe", value: "on" }),
      el("div", { class: "field" }, el("p", { class: "hint", id: "reason-hint" }, "Only if you tick it."), select),
    ),
    el("div", { id: "disclose-body" }),
  );
}

async function opened({ down = false } = {}) {
  const people = await twoPeople();
  await withKeys(people.server, LEAD);
  const page = fakePage();
  const section = el("section", {}, form());
  page.body.append(section);
  Object.assign(section.dataset, { thread: THREAD, about: "Priya Nair" });
  const { sam } = people;
  const gone = [];
  const parts = { net: network(sam.line), store: sam.store, session: null, go: (to) => gone.push(to) };
  const one = new DisclosePage(section, parts);
  sam.line.down = down;
  await one.start();
  const send = () => one.form.dispatchEvent(new Event("submit", { cancelable: true }));
  return { ...people, ...page, one, gone, send, section, part: (selector) => section.querySelector(selector) };
}

test("a missing reason is told at its field, until there is one", async () => {
  const { server, one, gone, send, part } = await opened();
  types(one.words, "It happens on Thursdays.");
  part('input[name="unsafe"]').checked = true;
  send();
  const reason = part("select");
  await until(() => document.activeElement === reason);
  const error = part("#reason-error");
  assert.deepEqual([error.textContent, error.hidden], ["Choose why it could.", false]);
  assert.equal(reason.getAttribute("aria-invalid"), "true");
  assert.equal(reason.getAttribute("aria-describedby"), "reason-error reason-hint");
  assert.ok(reason.closest(".field").classList.contains("bad"));
  assert.equal(one.said.node.textContent, "", "and not a second time above the button");
  reason.value = "harm";
  one.form.dispatchEvent(new Event("change"));
  assert.deepEqual([error.hidden, reason.getAttribute("aria-describedby")], [true, "reason-hint"]);
  await until(() => !one.busy);
  send();
  await until(() => gone.length);
  const [kept] = server.disclosures.values();
  assert.deepEqual([kept.reason, kept.category, kept.unsafe], ["harm", "learner", true]);
});

test("without a connection it is said, and the page opens when there is one", async () => {
  const { sam, one, section, happens } = await opened({ down: true });
  assert.ok(section.textContent.includes("There is no connection just now."));
  sam.line.down = false;
  happens("online");
  await until(() => section.textContent.includes("Send it to Ruth Adeyemi"));
  assert.equal(one.said.node.hidden, true);
});
