//! What the two write to each other is nobody else's to notice either.

use super::{Pair, Secret, nobody_can_tell, thread_in};
use crate::college::*;
use crate::story;
use crate::words::{keyed, write_to_each_other};

#[tokio::test]
async fn nobody_but_the_two_can_tell_that_they_write_to_each_other() {
    let mut pair = Pair::new().await;
    // Keys are made by whoever wants to be written to, asked or not: the form tells whether a practitioner has some.
    for name in [SAM, PRIYA] {
        let mut browser = pair.plain.browser_of(name).await;
        keyed(&mut browser, &pair.plain.id(name)).await;
    }
    let mut sam = pair.other.browser_of(SAM).await;
    let place = story::ask_for(&mut sam, &pair.other, (PRIYA, "Fri 27 Nov 12:15")).await;
    let mut priya = pair.other.browser_of(PRIYA).await;
    write_to_each_other(&pair.other, (&mut sam, &mut priya), &place).await;
    pair.secret = Secret { thread: thread_in(&place), ..Secret::never() };
    nobody_can_tell(pair, Some(["none", "1, longest 4 working days"])).await;
}
