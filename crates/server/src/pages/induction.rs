//! An induction from inside: the newcomer's own page, and the same for whoever accompanies it.

use actions::inductions::{self, Induction, Part, Seen, Taken};
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use domain::hours::HoursRefused;
use domain::ids::InductionId;
use domain::inductions::{Company, Kind, monday_of, week_of};
use domain::minutes::Minutes;
use domain::period::day_words;
use domain::text::capital;
use maud::{Markup, html};

use crate::error::Problem;
use crate::forms::{Fields, Sent};
use crate::pages::inductions::id;
use crate::pages::kit;
use crate::pages::layout::{Place, page};
use crate::visit::{Visit, on_to};

/// `GET /induction`: one's own.
///
/// # Errors
/// Not found for whoever has none.
pub async fn show_own(visit: Visit) -> Result<Response, Problem> {
    let own = inductions::own(&visit.desk, &visit.visitor.person).await?;
    let mine = own.mine.ok_or(Problem::NotFound)?;
    shown(&visit, mine.id, (StatusCode::OK, &[], &Fields::default())).await
}

/// `GET /inductions/{induction}`: as its mentor or buddy.
///
/// # Errors
/// Not found for everybody but the newcomer, the mentor and the buddy.
pub async fn show(visit: Visit, Path(of): Path<String>) -> Result<Response, Problem> {
    shown(&visit, id(&of)?, (StatusCode::OK, &[], &Fields::default())).await
}

type Wrong<'a> = (StatusCode, &'a [(&'a str, String)], &'a Fields);

async fn shown(visit: &Visit, of: InductionId, (status, wrong, typed): Wrong<'_>) -> Result<Response, Problem> {
    let seen = inductions::see(&visit.desk, &visit.visitor.person, of).await?;
    let inside = Inside { visit, seen: &seen, wrong, typed };
    Ok((status, inside.page()).into_response())
}

/// Where a change leads: the newcomer to their own page.
async fn back(visit: &Visit, of: InductionId, said: &str) -> Result<Response, Problem> {
    let own = inductions::own(&visit.desk, &visit.visitor.person).await?;
    let place =
        if own.mine.is_some_and(|mine| mine.id == of) { "/induction".to_owned() } else { format!("/inductions/{of}") };
    Ok(on_to(&place, said))
}

/// `POST /inductions/{induction}/steps`: a step is done, or is not.
///
/// # Errors
/// Not found for everybody but the newcomer, and mentor and buddy of what they do together.
pub async fn update_step(Path(of): Path<String>, sent: Sent) -> Result<Response, Problem> {
    let (visit, of) = (&sent.visit, id(&of)?);
    let number = sent.fields.read("number").ok_or(Problem::NotFound)?;
    let done = sent.fields.one("done") == "yes";
    match inductions::take(&visit.desk, visit.visitor.person.id, (of, number, done)).await {
        Ok(()) => back(visit, of, if done { "step-done" } else { "step-undone" }).await,
        Err(stop) => over(visit, of, Problem::refusal(stop)?.to_string()).await,
    }
}

/// A page that is out of date: it is over meanwhile.
async fn over(visit: &Visit, of: InductionId, words: String) -> Result<Response, Problem> {
    shown(visit, of, (StatusCode::CONFLICT, &[("steps", words)], &Fields::default())).await
}

/// `POST /inductions/{induction}/end`.
///
/// # Errors
/// Not found for everybody but the newcomer and the mentor.
pub async fn create_end(Path(of): Path<String>, sent: Sent) -> Result<Response, Problem> {
    let (visit, of) = (&sent.visit, id(&of)?);
    let own = inductions::own(&visit.desk, &visit.visitor.person).await?;
    let place = if own.mine.is_some_and(|mine| mine.id == of) { "/induction" } else { "/support" };
    match inductions::end(&visit.desk, visit.visitor.person.id, of).await {
        Ok(()) => Ok(on_to(place, "induction-over")),
        Err(stop) => over(visit, of, Problem::refusal(stop)?.to_string()).await,
    }
}

/// `POST /inductions/{induction}/minutes`.
///
/// # Errors
/// Not found for everybody but a mentor or buddy who is in the role.
pub async fn create_minutes(Path(of): Path<String>, sent: Sent) -> Result<Response, Problem> {
    let (visit, fields, of) = (&sent.visit, &sent.fields, id(&of)?);
    let day = if fields.one("day").is_empty() { visit.desk.today() } else { fields.read("day").unwrap_or_default() };
    let minutes = Minutes(fields.read("minutes").unwrap_or(0));
    match inductions::note(&visit.desk, visit.visitor.person.id, (of, minutes, day, fields.one("once"))).await {
        Ok(_) => back(visit, of, "held").await,
        Err(stop) => {
            let refused = Problem::refusal(stop)?;
            let at = if refused == HoursRefused::Day { "day" } else { "minutes" };
            shown(visit, of, (StatusCode::UNPROCESSABLE_ENTITY, &[(at, refused.to_string())], fields)).await
        }
    }
}

/// "Week 3 of 12", "begins Mon 7 Sep", "its weeks are over".
pub fn where_it_stands(visit: &Visit, one: &Induction) -> String {
    let week = week_of(&visit.desk.frame.calendar, one.starts, visit.desk.today());
    match one.ended {
        Some(day) => format!("Over since {}", day_words(day)),
        None if week == 0 => format!("Begins {}", day_words(one.starts)),
        None if week > one.weeks => "Its weeks are over".to_owned(),
        None => format!("Week {week} of {}", one.weeks),
    }
}

struct Inside<'a> {
    visit: &'a Visit,
    seen: &'a Seen,
    wrong: &'a [(&'a str, String)],
    typed: &'a Fields,
}

impl Inside<'_> {
    fn mine(&self) -> bool {
        self.seen.part == Part::Newcomer
    }

    fn runs(&self) -> bool {
        self.seen.induction.ended.is_none()
    }

    /// Whether whoever looks says of this step that it is done.
    fn says(&self, (_, step, _): &Taken) -> bool {
        match self.seen.part {
            Part::Newcomer => true,
            Part::Mentor => step.company.with_mentor(),
            Part::Buddy => step.company.with_buddy(),
        }
    }

    fn page(&self) -> Markup {
        let one = &self.seen.induction;
        let first = kit::first(&one.newcomer.1);
        let heading = if self.mine() { "Your first term".to_owned() } else { format!("{first}’s first term") };
        let place = if self.mine() { Place::Support } else { Place::Week };
        page(
            self.visit,
            (&heading, place),
            &html! {
                (kit::errors(self.wrong))
                div.stack-l {
                    div.stack-s {
                        h1 { (heading) }
                        p.lede { (where_it_stands(self.visit, one)) @if !self.mine() { " · " (one.newcomer.1) } }
                    }
                    div.cols.two {
                        div.stack {
                            @if self.runs() { (self.next()) }
                            (self.weeks())
                        }
                        aside.stack { (self.beside()) (self.minutes()) (self.who_sees()) (self.end()) }
                    }
                }
            },
        )
    }

    /// The earliest step that is not done and that whoever looks does.
    fn next(&self) -> Markup {
        let next = self.seen.steps.iter().find(|taken| taken.2.is_none() && self.says(taken));
        html! {
            section.card.stack-s {
                @match next {
                    Some(taken) => {
                        p.small.soft { "Next · week " (taken.1.week) }
                        h2 { (taken.1.title) }
                        p { (taken.1.purpose) }
                        p.small.soft { (self.company(taken)) }
                        (self.button(taken, "btn"))
                    }
                    None => { h2 { "All of it is done" } p { "What is left is yours to decide: go on as you like, or say that it is over." } }
                }
            }
        }
    }

    fn company(&self, (_, step, _): &Taken) -> String {
        let words = match step.company {
            // Nobody is named: any colleague will do.
            Company::Buddy if self.seen.induction.buddy.is_none() => "with a colleague",
            company if self.mine() => company.words(),
            company => company.planned(),
        };
        capital(words)
    }

    fn button(&self, (number, step, done): &Taken, kind: &str) -> Markup {
        html! {
            form method="post" action={"/inductions/" (self.seen.induction.id) "/steps"} {
                (kit::csrf(self.visit))
                input type="hidden" name="number" value=(number);
                input type="hidden" name="done" value=(if done.is_some() { "no" } else { "yes" });
                button class=(kind) type="submit" { @if done.is_some() { "Undo" } @else { "Done" } span.visually-hidden { ": " (step.title) } }
            }
        }
    }

    fn weeks(&self) -> Markup {
        let (one, calendar) = (&self.seen.induction, &self.visit.desk.frame.calendar);
        let now = week_of(calendar, one.starts, self.visit.desk.today());
        let mut weeks: Vec<u8> = self.seen.steps.iter().map(|(_, step, _)| step.week).collect();
        weeks.dedup();
        html! {
            section.card.stack #steps {
                h2 { "Week by week" }
                ol.plain.stack {
                    @for week in weeks {
                        li.stack-s {
                            h3 {
                                "Week " (week)
                                @if let Some(monday) = monday_of(calendar, one.starts, week) { span.soft.small { " · from " (day_words(monday)) } }
                                @if week == now && self.runs() { " " span.badge { "This week" } }
                            }
                            ul.plain.stack-s { @for taken in self.seen.steps.iter().filter(|taken| taken.1.week == week) { (self.step(taken)) } }
                        }
                    }
                }
            }
        }
    }

    fn step(&self, taken: &Taken) -> Markup {
        html! {
            li {
                div.between {
                    div {
                        strong { (taken.1.title) }
                        @if let Some(day) = taken.2 { " " span.tag.good { "Done on " (day_words(day)) } }
                        br;
                        span.small.soft { (taken.1.purpose) " " (self.company(taken)) "." }
                    }
                    @if self.runs() && self.says(taken) { (self.button(taken, "btn quiet small")) }
                }
            }
        }
    }

    fn beside(&self) -> Markup {
        let one = &self.seen.induction;
        let asks = self.mine() && self.visit.teaches();
        html! {
            section.card.stack-s {
                h2 { "Who goes with " @if self.mine() { "you" } @else { (kit::first(&one.newcomer.1)) } }
                @match &one.mentor {
                    Some((_, name)) => p { (name) ", mentor" },
                    None if one.kind != Kind::NewPractitioner && self.runs() => p { "You have no mentor at the moment. The programme lead knows that another one is to be named." },
                    None => {},
                }
                @if let Some((_, name)) = &one.buddy { p { (name) ", buddy" } }
                @if let Some((mentor, name)) = one.mentor.as_ref().filter(|_| asks) {
                    p.small { a href={"/support/new?with=" (mentor)} { "Ask " (kit::first(name)) " for support" } " about anything at all. That is ordinary support: whether you ask shows nowhere, here included." }
                }
            }
        }
    }

    fn minutes(&self) -> Markup {
        let today = self.visit.desk.today().to_string();
        let (minutes, day) = (self.typed.one("minutes"), self.typed.one("day"));
        html! {
            @if self.seen.may_note {
                form.card.stack-s method="post" action={"/inductions/" (self.seen.induction.id) "/minutes"} novalidate {
                    (kit::csrf(self.visit))
                    (kit::once(self.visit))
                    h2 { "Note your time" }
                    p.small.soft { "It goes into your own record, as induction, without a name." }
                    div.field.bad[kit::is_wrong(self.wrong, "minutes")] {
                        label.f for="minutes" { "Minutes" }
                        (kit::error_at(self.wrong, "minutes"))
                        input #minutes type="number" name="minutes" min="1" max="480" inputmode="numeric" value=(if minutes.is_empty() { "30" } else { minutes });
                    }
                    div.field.bad[kit::is_wrong(self.wrong, "day")] {
                        label.f for="day" { "Day" }
                        (kit::error_at(self.wrong, "day"))
                        input #day type="date" name="day" max=(today) value=(if day.is_empty() { &today } else { day });
                    }
                    button.btn.ghost type="submit" { "Note it" }
                }
            }
        }
    }

    fn who_sees(&self) -> Markup {
        let apart = matches!(self.seen.induction.kind, Kind::NewlyQualified | Kind::Trainee);
        html! {
            section.card.stack-s {
                h2 { "Who sees this" }
                @if apart { p { strong { "This is tracked apart from assessment." } } }
                p.small { @if self.mine() { "You, your mentor and your buddy" } @else { "Whoever is new, the mentor and the buddy" } " see the steps and which are done. The programme lead and the line see that it runs, since when, with whom and until when: never a step, never how far it is." }
                p.small { "Nothing here is a condition of anything. A step that never happens has no consequence." }
            }
        }
    }

    fn end(&self) -> Markup {
        html! {
            @if self.seen.may_end {
                form.card.stack-s method="post" action={"/inductions/" (self.seen.induction.id) "/end"} {
                    (kit::csrf(self.visit))
                    h2 { "Is it over?" }
                    p.small.soft { "Whenever you think so, all steps done or none. It ends by itself on " (day_words(self.seen.induction.until)) "." }
                    button.btn.ghost type="submit" { @if self.mine() { "I have settled in" } @else { "It is over" } }
                }
            }
        }
    }
}
