//! What the last act left to say, by its code in the visitor's cookie.

use maud::{Markup, html};

use crate::pages::kit;
use crate::visit::Visit;

/// Codes and their sentences; one that is not here says nothing.
const SENTENCES: &[(&str, &str)] = &[
    ("asked", "Sent. You will see the answer here."),
    ("withdrawn", "Taken back. Nothing else happens."),
    ("agreed", "Agreed. It is in both your weeks."),
    ("offered", "Sent. The times wait for an answer."),
    ("ended", "Ended. You can open it again whenever you like."),
    ("proposed", "Suggested. The decision is theirs."),
    ("shredded", "Deleted, for both of you. Nobody can bring it back."),
    ("reopened", "Open again."),
    ("changed", "You have asked somebody else. The other thread is closed."),
    ("kind", "Saved."),
    ("held", "Noted. Its minutes are in your hours."),
    ("missed", "Noted that it did not happen."),
    ("called-off", "Called off."),
    ("removed", "Taken back."),
    ("nameless", "Your name is gone from that note. Nobody is told."),
    ("saved", "Saved."),
    ("figures-entered", "Entered. They stand below."),
    ("removed-for-good", "Removed."),
    ("feed-off", "Switched off. The address shows nothing any more."),
    ("avoided", "They will not be suggested to you. Nobody is told, and no reason is kept."),
    ("unavoided", "They can be suggested to you again."),
    ("password", "Your password is changed. All other sessions are signed out."),
    ("session-ended", "That session is signed out."),
    ("invited", "A set-up link is on its way to them. Nobody else sees it, you included."),
    ("set-up-already", "They have chosen a password meanwhile. Nothing was sent."),
    ("all-invited", "Set-up links are on their way to everybody without a password."),
    ("signed-out-elsewhere", "All other sessions are signed out."),
    ("off", "The account is off. They are signed out everywhere."),
    ("on", "The account is on again."),
    ("dated", "Saved. It takes effect on its day."),
    ("taken-back", "Taken back. What was planned before goes on."),
    ("person-added", "Added. Their place is below."),
    ("published", "Published. Everybody can read it now."),
    ("appointed", "Saved. Now enter what was agreed."),
    ("worked-out", "Saved. The year is worked out anew."),
    ("covered", "Added. It stands in the list."),
    ("allocated", "Accepted. It is so from now on; each can be changed again."),
    ("standing-added", "Added. It will be in the next proposal."),
    ("proposed-carry", "Proposed. The programme lead agrees to it, or not."),
    ("told-lead", "Told. The programme lead reads your sentence in the planner."),
    ("shelved", "It stands on the shelf. Everybody at the college can read it."),
    ("off-the-shelf", "Withdrawn. What cites it goes on naming it; you can put it back below."),
    ("on-the-shelf", "It stands on the shelf again."),
    ("unshared", "It is off the shelf, and your name with it."),
    ("required", "Required. They read it, and what you will be told, and choose with whom."),
    ("chosen", "Chosen. Your thread with them is below."),
    ("opening", "Proposed. It waits for the other two."),
    ("said", "Said. The one who proposed it reads so."),
    ("questioned", "Questioned. The line manager revises it or keeps it."),
    ("stated", "Agreed. Your line manager reads it from now on."),
    ("year-started", "The year is set. It takes effect by itself on its day."),
    ("clock", "The sample clock was moved on."),
    ("asking", "Saved. It is in force now."),
    (
        "live",
        "Your college is live, and you are signed in. Everybody else gets a link of their own to choose a password.",
    ),
    ("columns", "Saved. They are remembered for the next file."),
    ("brought-in", "Brought in. You can undo it below."),
    ("undone", "Undone. Nobody was deleted."),
    ("told-subject", "They have been told that it was passed on."),
    ("kept-back", "Saved. You decide again after fourteen days."),
    ("closed-disclosure", "Closed. All of it is deleted."),
    ("forgotten", "Forgotten. Its lines are gone."),
    ("review-open", "Open. Senior leaders can read it from now on."),
    ("review-closed", "Closed, and laid down as it stands."),
    ("decided", "Added."),
    ("testified", "Kept. They can read it from now on; you can change or withdraw it whenever you like."),
    ("withdrawn-testimony", "Withdrawn. It is deleted, and on no page any more."),
    ("duty-noted", "Noted. It is yours alone."),
    ("duty-raised", "Raised. The programme lead sees it and answers."),
    ("duty-kept", "Taken back. It is yours alone again."),
    ("answered", "Answered. They hear of it."),
    ("target-proposed", "Proposed. The other one agrees to it or not."),
    ("target-agreed", "Agreed."),
    ("model-changes", "Saved. Everybody hears of it."),
    ("model-stays", "Taken back. Everybody hears of it, and the model stays as it is."),
    ("induction-begun", "Begun. They are told that something waits for them."),
    ("companions", "Saved. They see it from now on."),
    ("step-done", "Done."),
    ("step-undone", "Taken back. It stands open again."),
    ("induction-over", "Over. Whoever is new asks any of us from now on."),
    ("plan-published", "Published. It counts for those who begin from now on."),
    ("planned", "Planned. Everybody can see it now."),
    ("signed-up", "You are coming. Whoever runs it sees it, and nobody else."),
    ("signed-out-of", "Taken out. Nobody is told."),
    ("attendance", "Saved. Each of them sees their own line, and nobody else."),
    ("said-it", "Thank you. It is counted, without your name."),
    ("session-held", "Noted. Its time is in your hours."),
    ("session-off", "Called off. Those who signed up hear that something is waiting."),
    ("passed", "Passed on."),
    ("suggested", "Suggested. It stands in the register from next Monday on, without a name."),
    ("need-entered", "Entered. It stands in the register."),
    ("need-agreed", "Agreed, by both of you."),
];

/// What the last act left to say.
pub fn said(visit: &Visit, code: &str) -> Option<Markup> {
    let (code, id) = code.split_once(':').unwrap_or((code, ""));
    match code {
        "noted" => return Some(undoable(visit, "Noted. It is in your hours.", ("/hours", id))),
        "output-noted" => return Some(undoable(visit, "Noted. Nobody else sees it.", ("/outputs", id))),
        _ => {}
    }
    let (_, sentence) = SENTENCES.iter().find(|(own, _)| *own == code)?;
    Some(html! { div.done role="status" { (sentence) } })
}

/// What was noted just now, with a way to take it back.
fn undoable(visit: &Visit, sentence: &str, (path, id): (&str, &str)) -> Markup {
    html! {
        div.done role="status" {
            div.between {
                span { (sentence) }
                @if id.parse::<domain::ids::EntryId>().is_ok() {
                    form method="post" action={(path) "/" (id) "/removal"} {
                        (kit::csrf(visit))
                        button.btn.quiet type="submit" { "Undo" }
                    }
                }
            }
        }
    }
}
