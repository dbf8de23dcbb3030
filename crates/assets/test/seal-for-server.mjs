// What two browsers would send to begin a thread and to go on in it, sealed beforehand, so that `cargo xtask figures --sealing`
// can time the server alone: node test/seal-for-server.mjs TEACHER PRACTITIONER THREAD COUNT. Prints JSON of texts.
import { randomUUID } from "node:crypto";
import { enrol, makeDeviceKey } from "../web/js/sealed/account.js";
import { wrapping } from "../web/js/sealed/box.js";
import { random } from "../web/js/sealed/bytes.js";
import { makeGrant } from "../web/js/sealed/grants.js";
import { sealNote } from "../web/js/sealed/notes.js";

const [teacher, practitioner, thread, count] = process.argv.slice(2);
const TEXT = "I think I answer my own questions, because the silence feels endless. ".repeat(6);
const own = async (uid) => enrol(uid, { device: { id: randomUUID(), key: await makeDeviceKey() } });
const [mine, theirs] = [await own(teacher), await own(practitioner)];
const raw = random(32);
const give = ({ keys }) => makeGrant({ uid: teacher, sig: mine.live.sig }, keys, { thread, epoch: 0, key: raw });
const key = await wrapping(raw);
const items = Array.from({ length: Number(count) }, async () => {
  const note = randomUUID();
  const about = { thread, epoch: 0, note, rev: 1, author: teacher, kind: "message" };
  return { note, jwe: JSON.stringify(await sealNote(key, TEXT, about)) };
});
console.log(
  JSON.stringify({
    teacher: JSON.stringify(mine.keys),
    practitioner: JSON.stringify(theirs.keys),
    grants: JSON.stringify(await Promise.all([mine, theirs].map(give))),
    items: await Promise.all(items),
  }),
);
