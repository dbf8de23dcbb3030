//! While support is required of a teacher, nobody can tell whether the same teacher asked for some: least of all the line manager.

use super::{Pair, Secret, nobody_can_tell, thread_in};
use crate::college::*;
use crate::story;

/// R-REQ-4 R-REQ-5
#[tokio::test]
async fn the_line_manager_who_requires_support_cannot_tell_that_the_teacher_asked_for_some() {
    let mut pair = Pair::new().await;
    let sam_id = pair.plain.id(SAM);
    let fill =
        |form: super::Form| form.with("teacher", &sam_id).with("reason", "new-course").with("scope", "Questions.");
    let track = pair.act(NADIA, ("/required/new", "/required"), fill).await.says("Required.").place().to_owned();
    let tom = pair.plain.id(JOE);
    pair.act(SAM, (&track, "/practitioner"), |form| form.with("practitioner", &tom)).await.says("Chosen.");
    let mut sam = pair.other.browser_of(SAM).await;
    let place = story::ask_for(&mut sam, &pair.other, (PRIYA, "Fri 27 Nov 12:15")).await;
    pair.secret = Secret { thread: thread_in(&place), ..Secret::never() };
    let mut twins = pair.twins(NADIA).await;
    pair.look(&mut twins, (NADIA, &track)).await.is(200).says("Sam works with Joe Whittle.");
    pair.look(&mut twins, (NADIA, "/required")).await.is(200).says("Sam Okafor");
    pair.look(&mut twins, (NADIA, "/account/data.json")).await.is(200);
    nobody_can_tell(pair, Some(["none", "1, longest 4 working days"])).await;
}
