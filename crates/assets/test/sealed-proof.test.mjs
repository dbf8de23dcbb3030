// A session after a reset proves its keys; new keys after everything was lost.
import assert from "node:assert/strict";
import test from "node:test";
import { LostKeys, renewalStage, renewalWords } from "../web/js/sealed/lost-keys.js";
import { makeProof } from "../web/js/sealed/proof.js";
import { prove } from "../web/js/sealed/page-prove.js";
import { payloadOf } from "./fake-server.mjs";
import { PRACTITIONER, TEACHER, twoPeople } from "./people.mjs";

const NONCE = "a3".repeat(32);

test("the proof says who and which session, and nothing else", async () => {
  const { sam } = await twoPeople();
  const jws = await makeProof(sam.keys.live, NONCE);
  const header = Buffer.from(jws.split(".")[0], "base64url").toString();
  assert.equal(header, '{"alg":"ES256","typ":"alongside-proof+1"}');
  assert.equal(Buffer.from(jws.split(".")[1], "base64url").toString(), `{"uid":"${TEACHER}","nonce":"${NONCE}"}`);
});

test("a proof is good for its own session and its own person only", async () => {
  const { server, sam, priya } = await twoPeople();
  server.nonces.set(TEACHER, NONCE);
  server.nonces.set(PRACTITIONER, NONCE);
  const another = await makeProof(sam.keys.live, "b4".repeat(32));
  await assert.rejects(sam.net.post("/session/proof", { jws: another }), { code: "nonce" });
  const hers = await makeProof(priya.keys.live, NONCE);
  await assert.rejects(sam.net.post("/session/proof", { jws: hers }), { code: "signature" });
  await assert.rejects(
    sam.net.post("/session/proof", { jws: await makeProof({ ...sam.keys.live, uid: PRACTITIONER }, NONCE) }),
    {
      code: "nonce",
    },
  );
  await prove({ keys: sam.keys, net: sam.net, nonce: NONCE });
  assert.deepEqual(server.proofs, [TEACHER]);
  const again = await makeProof(sam.keys.live, NONCE);
  assert.equal(payloadOf(again).nonce, NONCE);
  await assert.rejects(sam.net.post("/session/proof", { jws: again }), { code: "nonce" });
});

test("where a renewal stands, in words", () => {
  assert.ok(LostKeys);
  assert.equal(renewalStage({ renewalDue: null, mayRenew: false }), "none");
  assert.equal(renewalStage({ renewalDue: 5, mayRenew: false }), "waiting");
  assert.equal(renewalStage({ renewalDue: 5, mayRenew: true }), "due");
  const due = new Date(2026, 10, 27, 10, 30).getTime() / 1000;
  assert.equal(
    renewalWords(due),
    "You can make new keys from Friday 27 November, 10:30 on. Nobody at the college can shorten this.",
  );
});
