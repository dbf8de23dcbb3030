//! What people said of sessions, in a release: all sessions together, in quarters of the answers (R-REL-23 to R-REL-26).

use actions::releases::{Cover, SaidOf, ToldOfSessions};
use domain::period::date_words;
use evidence::feedback::Range;
use maud::{Markup, html};

/// What can be said of a statement, in the order in which it is told.
pub const ANSWERS: [&str; 3] = ["Agree", "Partly", "Disagree"];

/// What stands above it.
pub const ABOUT: &str = "Whoever came can say it once for each session, without their name. Here are all sessions together, in quarters of the answers: of the whole college alone, and of no session, no area and nobody who ran one.";
/// Where nothing is told.
pub const NOTHING: &str = "Nothing is told of it here. It takes more than twenty people and the sessions of five practitioners; and however often the same few answered, it must not be about them.";

/// Of which sessions it is.
pub fn of_sessions(told: &ToldOfSessions) -> String {
    let (from, until) = (date_words(told.from), date_words(told.until));
    format!("Sessions whose fourteen days for answering ended from {from} on and before {until}.")
}

/// The section of a term or a year.
pub fn section(cover: &Cover) -> Markup {
    let of_year = cover.year.is_some();
    html! {
        section.card.stack aria-labelledby="said" {
            div.stack-s {
                h2 #said { "What people said of sessions" }
                p.small.soft { (ABOUT) }
            }
            @if cover.said.is_empty() {
                p { (NOTHING) }
                @if !of_year { p.small.soft { "What was answered waits for the next term of the year, and is told with what comes then." } }
            }
            @for told in &cover.said { (told_of(told, of_year)) }
            (how(of_year))
        }
    }
}

fn told_of(told: &ToldOfSessions, of_year: bool) -> Markup {
    html! {
        div.stack-s {
            @if of_year { h3 { (told.name) } }
            table.cards {
                thead { tr {
                    th scope="col" { "Of the answers" }
                    @for answer in ANSWERS { th scope="col" { (answer) } }
                } }
                tbody { @for one in &told.statements { (statement(one)) } }
            }
            p.small.soft { (of_sessions(told)) }
        }
    }
}

fn statement(one: &SaidOf) -> Markup {
    html! {
        tr {
            td.name data-label="Statement" { (one.statement().map_or("", |statement| statement.words())) }
            @for (answer, range) in ANSWERS.iter().zip(&one.ranges) {
                td data-label=(answer) {
                    (drawn(range.as_ref()))
                    @match range { Some(range) => (range.words()), None => span.soft { "not shown" } }
                }
            }
        }
    }
}

/// From none of the answers to all, with the quarters in it.
fn drawn(range: Option<&Range>) -> Markup {
    html! {
        svg.range-svg viewBox="0 0 200 16" preserveAspectRatio="none" aria-hidden="true" {
            rect.line x="0" y="7" width="200" height="2" {}
            @if let Some((low, high)) = range.map(Range::per_cent) { rect.in x=(2 * low) y="1" width=(2 * (high - low)) height="14" rx="3" {} }
        }
    }
}

fn how(of_year: bool) -> Markup {
    html! {
        p.small.soft { "Inspectors saw training that advanced skills teachers led for other teachers, and judged well over three quarters of those sessions good or very good, and none unsatisfactory (HMI 1767, 2003, paragraph 16). They judged what they saw; here is what people say who came. The two are not the same thing, and neither is a mark to reach." }
        details.more {
            summary { "What stands behind it" }
            div.stack-s {
                p { "Counted are answers, not people: whoever came to three sessions can have answered three times, and nobody can tell which answers are whose. So a quarter is told only where as many answers lie in it as the five people gave who answered most often." }
                p { "A quarter is told with the one beside it where it alone would tell too much, together with what stands at each session. That is decided without looking at the number. “Cannot say” is no answer. A number that is exactly a quarter, half or three quarters belongs to the upper part." }
                p { "How many answered is not told, because it would tell how many came." }
                @if of_year { p { "A year says again what its terms told. What was too little by the last of them is told nowhere." } }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use domain::training_said::Statement;
    use jiff::civil::Date;

    use super::*;

    /// R-REL-23 R-REL-25
    #[test]
    fn a_statement_is_told_in_quarters_and_what_is_not_told_says_so() {
        let range = |low, high| Some(Range { low, high });
        let statement = Statement::Worth.code().to_owned();
        let statements = vec![SaidOf { statement, ranges: [range(3, 4), range(0, 1), None] }];
        let (from, until) = (Date::constant(2026, 12, 1), Date::constant(2027, 4, 9));
        let told = ToldOfSessions { name: "Spring term 2027".to_owned(), from, until, statements };
        let page = told_of(&told, true).into_string();
        assert!(page.contains("It was worth the time") && page.contains("Spring term 2027"));
        assert!(
            page.contains("three quarters or more") && page.contains("under a quarter") && page.contains("not shown")
        );
        assert!(!told_of(&told, false).into_string().contains("<h3>"));
    }
}
