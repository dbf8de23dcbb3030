//! The accessibility statement (R-ACS-1): what was tried and how, what is known to be lacking, whom to tell.

use maud::{Markup, html};

use crate::pages::layout;

/// `GET /accessibility`: for everybody, signed in or not.
pub async fn show() -> Markup {
    layout::bare(
        "Accessibility",
        &html! {
            h1 { "Accessibility" }
            p.lede { "Everybody at a college should be able to use Alongside: by keyboard, with a screen reader, enlarged, on an old phone, and nearly everything without scripts." }
            section.stack-s {
                h2 { "How far we are" }
                p { "We build for the Web Content Accessibility Guidelines 2.2, level AA. We believe that version " (env!("CARGO_PKG_VERSION")) " meets them in part: what we know to be lacking stands below. Nobody outside the project has audited it." }
            }
            section.stack-s {
                h2 { "What we try, with every change" }
                ul {
                    li { "Every page that the main journeys come to is checked by a program (axe) on a desktop and a phone, in light and dark, down to 320 pixels wide: names of fields, contrast, headings, order." }
                    li { "The journeys are gone through by keyboard, and the focus is asserted to be seen." }
                    li { "Every page is read without scripts, and every form sent without them; but not what two people write to each other, which only a script in the browser can open." }
                    li { "What is wrong with a form is told on top and at the field, in words, and nothing typed is lost." }
                    li { "No meaning is in colour alone, and nothing moves by itself." }
                }
            }
            section.stack-s {
                h2 { "What is known to be lacking" }
                ul {
                    li { "No page has yet been tried by people who use a screen reader every day. A program finds less than half of what they would." }
                    li { "Bars of hours are pictures with the same figures in words beside them; they have no table of their own." }
                    li { "The list of a whole timetable in a week is long to listen to, without a way to leap from day to day but the headings." }
                    li { "In the sample college a bar at the top shows the made-up day; it comes before the page’s own heading." }
                    li { "The program speaks English only." }
                }
            }
            section.stack-s {
                h2 { "Whom to tell" }
                p { "If something keeps you out, tell whoever looks after Alongside at your college: your programme lead or administrator, by whatever way you like. They can tell the project. You need not say why you use the program, nor what for." }
                p { "If your college does not help, the Equality Advisory and Support Service can (equalityadvisoryservice.com)." }
            }
            section.stack-s {
                h2 { "When this was written" }
                p { "In November 2026, for version " (env!("CARGO_PKG_VERSION")) ", by those who make the program. It is part of the program and changes with it." }
            }
        },
    )
}
