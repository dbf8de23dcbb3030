//! How the frame of the role looks to the programme lead.

use actions::frame::{Frame, Given, Statement};
use domain::frame::{SetBy, proposed};
use domain::ids::{AreaId, ThemeId};
use domain::minutes::Minutes;
use domain::remission::{Remission, Teaching, Unit};
use domain::year::full_words;
use maud::{Markup, html};

use crate::forms::Fields;
use crate::pages::layout::{Place, page};
use crate::pages::person_form::{date_words, day_field};
use crate::pages::{kit, settling, whom};
use crate::visit::Visit;

/// What the pages are made from.
pub struct View<'a> {
    /// Who looks.
    pub visit: &'a Visit,
    /// The frame.
    pub frame: &'a Frame,
    /// The statement as published, if one is.
    pub now: Option<&'a Statement>,
    /// The share of time, in percent, that required support may take.
    pub share: i64,
    /// What is wrong.
    pub wrong: &'a [(&'a str, String)],
    /// Which form was sent, if one was.
    pub form: &'a str,
    /// What was typed in it.
    pub typed: &'a Fields,
}

/// Hours as a form takes them: "773", "3.5".
fn hours(time: Minutes) -> String {
    let hundredths = (time.0 * 100 + 30) / 60;
    let text = format!("{}.{:02}", hundredths / 100, hundredths % 100);
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

impl View<'_> {
    fn kept(&self, form: &str, name: &str, so: &str) -> String {
        if self.form == form { self.typed.one(name).to_owned() } else { so.to_owned() }
    }

    fn field(&self, (form, id, label, hint): (&str, &str, &str, &str), so: &str) -> Markup {
        let bad = kit::is_wrong(self.wrong, id);
        html! {
            div.field.bad[bad] {
                label.f for=(id) { (label) }
                @if !hint.is_empty() { p.hint id={(id) "-hint"} { (hint) } }
                (kit::error_at(self.wrong, id))
                input id=(id) name=(id) value=(self.kept(form, id, so)) inputmode="decimal" autocomplete="off" aria-invalid=[bad.then_some("true")] aria-describedby=[(!hint.is_empty()).then(|| format!("{id}-hint"))];
            }
        }
    }

    /// The page of the frame.
    pub fn page(&self) -> Markup {
        let title = &self.visit.desk.frame.programme.title;
        page(
            self.visit,
            ("The frame of the role", Place::Programme),
            &html! {
                (kit::errors(self.wrong))
                div.stack-l {
                    div.stack-s {
                        p.small { a href="/programme" { "Programme" } }
                        h1 { "The frame of the role" }
                        p.lede { "What " (title.many) " are for, the time they are given, and what the college asks of everybody." }
                        p { a href="/programme/new-year" { "The next year" } " · " a href="/programme/years" { "What was agreed in each year" } }
                    }
                    (self.practitioners())
                    (self.statement())
                    div.cols.half { (self.base()) (self.priorities()) }
                    (self.ceiling())
                }
            },
        )
    }

    fn remission(&self, given: &Given) -> Option<Remission> {
        let time = (given.remitted > Minutes(0)).then_some(given.remitted);
        given.agreed.or_else(|| time.map(|time| Remission::of_year(time, self.frame.base)))
    }

    fn practitioners(&self) -> Markup {
        let title = &self.visit.desk.frame.programme.title;
        let today = self.visit.desk.today();
        html! {
            section.card.stack #practitioners {
                h2 { (title.many) " and their time" }
                @if self.frame.given.is_empty() { div.empty { p { "Nobody has this role yet. Name the first one below." } } }
                @else {
                    table.cards {
                        thead { tr { th scope="col" { (title.one) } th scope="col" { "Agreed" } th scope="col" { "The same in other words" } th scope="col" { "Left to teach" } } }
                        tbody {
                            @for given in &self.frame.given {
                                tr {
                                    td.name data-label=(title.one) {
                                        a href={"/programme/practitioners/" (given.person)} { (given.name) }
                                        @if given.since > today { br; span.small.soft { "from " (date_words(given.since)) } }
                                        @if let Some(until) = given.until { br; span.small.soft { "until " (date_words(until)) } }
                                        @if !given.active { br; span.small.soft { "account off" } }
                                    }
                                    @match self.remission(given) {
                                        Some(remission) => {
                                            td data-label="Agreed" { (remission.words()) }
                                            td data-label="In other words" { span.small { (remission.conversions()) } }
                                        }
                                        None => {
                                            td data-label="Agreed" { span.soft { "not entered" } }
                                            td data-label="In other words" { a href={"/programme/practitioners/" (given.person)} { "Enter what was agreed" } }
                                        }
                                    }
                                    td data-label="Left to teach" { (self.left(given)) }
                                }
                            }
                        }
                    }
                    p.small.soft { "Shares are counted against a full-time teacher’s " (self.frame.base.caseload) " a year; weeks are " (self.frame.base.weeks) " teaching weeks; a half-day is " (self.frame.base.half_day) ". What was agreed under other numbers keeps its own." }
                }
                details.more open[self.form == "appoint"] {
                    summary { "Name another " (title.one) }
                    form.stack-s method="post" action="/programme/practitioners" novalidate {
                        (kit::csrf(self.visit))
                        div.field.bad[kit::is_wrong(self.wrong, "appoint")] {
                            label.f for="appoint" { "Colleague" }
                            p.hint #appoint-hint { "Type a name and choose from the list." }
                            (kit::error_at(self.wrong, "appoint"))
                            input #appoint name="whom" list="candidates" autocomplete="off" value=(self.kept("appoint", "whom", "")) aria-describedby="appoint-hint";
                        }
                        (day_field(("appoint-from", "from", "From"), &self.kept("appoint", "from", &today.to_string()), self.wrong))
                        button.btn.ghost type="submit" { "Name them" }
                    }
                    (whom::list("candidates", &self.frame.candidates))
                }
            }
        }
    }

    fn left(&self, given: &Given) -> Markup {
        let own = if given.caseload > Minutes(0) { given.caseload } else { self.frame.base.caseload };
        let teaching = Teaching::of(own, given.remitted, self.frame.floor);
        html! {
            (teaching.left)
            @if let Some(short) = teaching.short { br; span.small.over { (short) " under the floor" } }
        }
    }

    fn statement(&self) -> Markup {
        let programme = &self.visit.desk.frame.programme;
        let suggestion = proposed(&programme.title, &programme.name);
        let so = self.now.map_or(suggestion.as_str(), |now| now.text.as_str());
        let text = self.kept("statement", "text", so);
        html! {
            form.card.stack #statement method="post" action="/programme/statement" novalidate {
                (kit::csrf(self.visit))
                h2 { "What the role is for" }
                @match self.now {
                    Some(now) => p { "Version " (now.version) " is published since " (date_words(self.visit.desk.frame.calendar.day(now.published))) ". " a href="/statement" { "Read it as everybody does" } },
                    None => div.note { p { strong { "Nothing is published yet." } " The text below is a proposal. Change it until it says what your college means, then publish it." } },
                }
                div.field.bad[kit::is_wrong(self.wrong, "statement")] {
                    label.f for="text" { "The statement" }
                    p.hint #text-hint { "Everybody at the college reads this. An empty line begins a new paragraph. Earlier versions stay readable." }
                    (kit::error_at(self.wrong, "statement"))
                    textarea #text name="text" rows="16" aria-describedby="text-hint" { (text) }
                }
                button.btn type="submit" { @if self.now.is_some() { "Publish this version" } @else { "Publish it" } }
            }
        }
    }

    fn base(&self) -> Markup {
        let base = &self.frame.base;
        let floor = self.frame.floor.map(hours).unwrap_or_default();
        html! {
            form.card.stack #base method="post" action="/programme/frame" novalidate {
                (kit::csrf(self.visit))
                h2 { "What time is counted against" }
                @if !self.frame.is_set { p.small.soft { "Proposed. It counts as shown until you save something else." } }
                (self.field(("base", "caseload", "A full-time teacher teaches, in hours a year", "773 at the college of the case study."), &hours(base.caseload)))
                (self.field(("base", "weeks", "Teaching weeks a year", "From your own calendar unless you say otherwise."), &base.weeks.to_string()))
                (self.field(("base", "half_day", "A half-day, in hours", ""), &hours(base.half_day)))
                (self.field(("base", "floor", "Practitioners go on teaching at least, in hours a year", "Teaching keeps them credible. Leave it empty for no floor. Whoever falls under it is told to you on the board; nothing else happens."), &floor))
                button.btn.ghost type="submit" { "Save" }
            }
        }
    }

    /// The ceiling of required support (R-REQ-12).
    fn ceiling(&self) -> Markup {
        html! {
            form.card.stack #ceiling method="post" action="/programme/ceiling" novalidate {
                (kit::csrf(self.visit))
                h2 { "Required support" }
                (self.field(("ceiling", "share", "At most, in percent of all remitted hours of the year", "What line managers plan together stays below it; more is refused. Everybody reads this share beside the statement."), &self.share.to_string()))
                button.btn.ghost type="submit" { "Save" }
            }
        }
    }

    fn priorities(&self) -> Markup {
        let now = |theme: ThemeId| self.frame.priorities.iter().find(|one| one.theme == theme);
        let sent = self.form == "priorities";
        let ticked = |theme: ThemeId| {
            if sent { self.typed.read_all::<ThemeId>("theme").contains(&theme) } else { now(theme).is_some() }
        };
        let lead = |theme: ThemeId| {
            let so = now(theme).and_then(|one| one.leads.first()).map(ToString::to_string).unwrap_or_default();
            self.kept("priorities", &format!("lead-{theme}"), &so)
        };
        let set_by = |theme: ThemeId| {
            let so = now(theme).and_then(|one| one.set_by).map(|one| one.code()).unwrap_or_default();
            self.kept("priorities", &format!("set-by-{theme}"), so)
        };
        html! {
            form.card.stack #priorities method="post" action="/programme/priorities" novalidate {
                (kit::csrf(self.visit))
                h2 { "Priorities of the college" }
                p.small.soft { "Such as maths, English or digital. Whoever leads on one is suggested for it in every area. Nobody is moved, and everybody can still be asked." }
                (kit::error_at(self.wrong, "priorities"))
                @for theme in &self.frame.themes {
                    div.priority {
                        label.check { input type="checkbox" name="theme" value=(theme.id) checked[ticked(theme.id)]; span { (theme.name) } }
                        // What belongs to a priority is there once its theme is one.
                        div.how {
                            select name={"set-by-" (theme.id)} aria-label={"Who set " (theme.name)} {
                                option value="" { "set by …" }
                                @for one in SetBy::ALL { option value=(one.code()) selected[set_by(theme.id) == one.code()] { "set by " (one.words()) } }
                            }
                            select name={"lead-" (theme.id)} aria-label={"Who leads on " (theme.name)} {
                                option value="" { "nobody leads yet" }
                                @for given in self.frame.given.iter().filter(|given| given.active && given.since <= self.visit.desk.today()) {
                                    option value=(given.person) selected[lead(theme.id) == given.person.to_string()] { (given.name) }
                                }
                            }
                        }
                    }
                }
                button.btn.ghost type="submit" { "Save" }
            }
        }
    }
}

/// The page of one practitioner's time and areas.
pub fn practitioner(view: &View<'_>, (given, barred): (&Given, Option<jiff::civil::Date>)) -> Markup {
    let title = &view.visit.desk.frame.programme.title;
    let remission = view.remission(given);
    page(
        view.visit,
        (&given.name, Place::Programme),
        &html! {
            (kit::errors(view.wrong))
            div.narrow.stack-l {
                div.stack-s {
                    p.small { a href="/programme" { "Programme" } " · " a href="/programme/frame" { "The frame of the role" } @if given.active && given.since <= view.visit.desk.today() { " · " a href={"/programme/practitioners/" (given.person) "/time"} { "What the year asks" } } }
                    h1 { (given.name) }
                    p.soft { (title.one) " from " (date_words(given.since)) @if let Some(until) = given.until { " until " (date_words(until)) } @if !given.area.is_empty() { " · " (given.area) } }
                }
                p { a href={"/practitioners/" (given.person) "/targets"} { "Role targets" } }
                @if let Some(remission) = &remission {
                    section.card.stack-s {
                        h2 { "Agreed: " (remission.words()) }
                        p { (remission.conversions()) }
                        p.small.soft { "Counted against " (remission.base.caseload) " a year, " (remission.base_words()) ". " (remission.beside_others()) }
                        p.small { "Left to teach: " (view.left(given)) }
                    }
                } @else { div.note { p { strong { "No time is entered yet." } " Enter what was agreed, so that it is not left vague." } } }
                (ahead(view, given))
                (remission_form(view, given, remission.as_ref()))
                (settling::form(view, given))
                (required_switch(view, (given, barred)))
                form.card.stack-s #standing-down method="post" action={"/programme/practitioners/" (given.person) "/standing-down"} novalidate {
                    (kit::csrf(view.visit))
                    h2 { "Giving the role up" }
                    (kit::error_at(view.wrong, "standing-down"))
                    (day_field(("standing-down-from", "from", "First day without the role"), &view.kept("standing-down", "from", ""), view.wrong))
                    p.small.soft { "From that day nobody can ask them any more. Their record of hours stays. Those they work with are told in their own threads, and nobody else is." }
                    button.btn.ghost type="submit" { "Set this day" }
                }
            }
        },
    )
}

/// Whether they are open to required support (R-REQ-5).
fn required_switch(view: &View<'_>, (given, barred): (&Given, Option<jiff::civil::Date>)) -> Markup {
    html! {
        form.card.stack-s #required method="post" action={"/programme/practitioners/" (given.person) "/required"} {
            (kit::csrf(view.visit))
            h2 { "Required support" }
            @match barred {
                Some(since) => p { "Not open to required support since " (date_words(since)) ": nobody can choose them for it. What was on goes on." },
                None => p { "Open to required support: a teacher of whom it is required can choose them." },
            }
            p.small.soft { "Keeping the two apart can protect the trust of those who ask. Only you see this switch; teachers of whom support is required are offered the others." }
            @if barred.is_some() { button.btn.ghost type="submit" name="barred" value="no" { "Open them to it again" } }
            @else { button.btn.ghost type="submit" name="barred" value="yes" { "Keep them out of it" } }
        }
    }
}

/// What is set for the next year (R-NEW-5).
fn ahead(view: &View<'_>, given: &Given) -> Markup {
    let set = view.frame.ahead.as_ref();
    let own = set.and_then(|(day, all)| Some((*day, all.iter().find(|one| one.person == given.person)?)));
    html! {
        @if let Some((day, one)) = own {
            div.note.calm { p {
                strong { "From " (full_words(day)) ": " }
                @match one.agreed { Some(agreed) => (agreed.words()), None => "no hours" }
                ". What you save below counts now, and until then. " a href="/programme/new-year" { "The next year" }
            } }
        }
    }
}

fn remission_form(view: &View<'_>, given: &Given, remission: Option<&Remission>) -> Markup {
    let amount = remission.map(|remission| remission.amount.to_string()).unwrap_or_default();
    let so = remission.map_or(Unit::HoursAYear, |remission| remission.unit);
    let unit = view.kept("remission", "unit", so.code());
    let own = if given.caseload > Minutes(0) { given.caseload } else { view.frame.base.caseload };
    let nominated = |area: AreaId| {
        if view.form == "remission" {
            view.typed.read_all::<AreaId>("area").contains(&area)
        } else {
            given.nominated.iter().any(|(known, _)| *known == area)
        }
    };
    html! {
        form.card.stack #remission method="post" action={"/programme/practitioners/" (given.person) "/remission"} novalidate {
            (kit::csrf(view.visit))
            h2 { "Time and areas" }
            (view.field(("remission", "amount", "Remitted", "In the unit in which you agreed it. It is kept exactly as you enter it; a share can be 0.194 or 19.4 %."), &amount))
            div.field {
                label.f for="unit" { "Unit" }
                select #unit name="unit" { @for one in Unit::ALL { option value=(one.code()) selected[unit == one.code()] { (one.words()) } } }
            }
            (view.field(("remission", "caseload", "Their own full teaching, in hours a year", "As for a full-time teacher, or less for part-time work."), &hours(own)))
            fieldset.plain {
                legend.f { "Areas they look after" }
                div.chips { @for (area, name) in &view.frame.areas { label.chip { input type="checkbox" name="area" value=(area) checked[nominated(*area)]; span { (name) } } } }
            }
            button.btn type="submit" { "Save" }
        }
    }
}
