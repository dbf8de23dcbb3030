//! Fields for numbers and choices, and bars of stacked parts with their legend.

use domain::cover::Pence;
use domain::minutes::Minutes;
use domain::planner::{Asked, Part};
use domain::remission::Amount;
use maud::{Markup, html};

use crate::forms::Fields;
use crate::pages::kit;

/// What is wrong, which form was sent, and what was typed in it.
#[derive(Clone, Copy)]
pub struct Typed<'a> {
    /// What is wrong, by field.
    pub wrong: &'a [(&'a str, String)],
    /// Which form was sent, if one was.
    pub form: &'a str,
    /// What was typed.
    pub fields: &'a Fields,
}

impl Typed<'_> {
    /// What stands in a field: what was typed, or what is so.
    pub fn kept(&self, form: &str, name: &str, so: &str) -> String {
        if self.form == form { self.fields.one(name).to_owned() } else { so.to_owned() }
    }

    /// A field for a number.
    pub fn number(&self, form: &str, (id, label, hint): (&str, &str, &str), so: &str) -> Markup {
        self.input(form, (id, label, hint), ("number", so))
    }

    /// A field of a kind that takes no words.
    pub fn input(&self, form: &str, (id, label, hint): (&str, &str, &str), (kind, so): (&str, &str)) -> Markup {
        let bad = kit::is_wrong(self.wrong, id);
        html! {
            div.field.bad[bad] {
                label.f for=(id) { (label) }
                @if !hint.is_empty() { p.hint id={(id) "-hint"} { (hint) } }
                (kit::error_at(self.wrong, id))
                @if kind == "number" { input type="number" id=(id) name=(id) value=(self.kept(form, id, so)) step="any" min="0" inputmode="decimal" autocomplete="off" aria-invalid=[bad.then_some("true")] aria-describedby=[(!hint.is_empty()).then(|| format!("{id}-hint"))]; }
                @else if kind == "time" { input type="time" id=(id) name=(id) value=(self.kept(form, id, so)) aria-invalid=[bad.then_some("true")] aria-describedby=[(!hint.is_empty()).then(|| format!("{id}-hint"))]; }
                @else { input type="date" id=(id) name=(id) value=(self.kept(form, id, so)) aria-invalid=[bad.then_some("true")] aria-describedby=[(!hint.is_empty()).then(|| format!("{id}-hint"))]; }
            }
        }
    }

    /// A list to choose one thing from.
    pub fn select(&self, form: &str, (id, label): (&str, &str), (all, so): (&[(String, String)], &str)) -> Markup {
        let chosen = self.kept(form, id, so);
        html! {
            div.field.bad[kit::is_wrong(self.wrong, id)] {
                label.f for=(id) { (label) }
                (kit::error_at(self.wrong, id))
                select id=(id) name=(id) { @for (code, words) in all { option value=(code) selected[*code == chosen] { (words) } } }
            }
        }
    }
}

/// Hours as a form takes them: "773", "3.5".
pub fn hours(time: Minutes) -> String {
    let hundredths = (time.0 * 100 + 30) / 60;
    let text = format!("{}.{:02}", hundredths / 100, hundredths % 100);
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

/// Hours that were typed, to the minute; less than nothing when they cannot be read, so that a rule refuses them.
pub fn read_hours(fields: &Fields, name: &str) -> Minutes {
    Amount::read(fields.one(name)).map_or(Minutes(-1), |amount| Minutes((amount.0 * 60 + 5_000) / 10_000))
}

/// A whole number that was typed; less than nothing when it cannot be read.
pub fn read_whole(fields: &Fields, name: &str) -> i64 {
    fields.read(name).unwrap_or(-1)
}

/// So many parts of a bar make the whole of it.
const WIDTH: i64 = 600;

/// The class of a part's colour.
pub fn colour(part: Part) -> &'static str {
    match part {
        Part::OneToOne => "p1",
        Part::Travel => "p2",
        Part::Sessions => "p3",
        Part::Required => "p4",
        Part::Inductions => "p5",
        Part::Priorities => "p6",
        Part::Meetings => "p7",
        Part::Standing => "p8",
    }
}

/// A bar of stacked parts, drawn against the same whole as its neighbours, with a line where the given hours end.
pub fn stacked(parts: &[(Part, Minutes)], (whole, given): (Minutes, Option<Minutes>), label: &str) -> Markup {
    let at = |minutes: i64| minutes.max(0) * WIDTH / whole.0.max(1);
    let mut before = 0;
    let mut drawn = Vec::new();
    for (part, time) in parts {
        let (from, to) = (at(before), at(before + time.0));
        before += time.0;
        drawn.push((colour(*part), from, (to - from).max(0)));
    }
    html! {
        svg.bar-svg.planned viewBox="0 0 600 20" preserveAspectRatio="none" role="img" aria-label=(label) {
            title { (label) }
            rect.free x="0" y="3" width=(given.map_or(WIDTH, |given| at(given.0))) height="14" {}
            @for (class, from, width) in drawn { @if width > 0 { rect class=(class) x=(from) y="3" width=(width) height="14" {} } }
            @if let Some(given) = given { rect.limit x=((at(given.0) - 2).max(0)) y="0" width="4" height="20" {} }
        }
    }
}

/// The colours of the parts in words.
pub fn legend(given: bool) -> Markup {
    html! {
        p.legend {
            @for part in Part::ALL { span class=(colour(*part)) { (part.words()) } " " }
            @if given { span.limit { "hours given" } }
        }
    }
}

/// "30 h one-to-one support, 10 h travel …", for those who do not see the bar.
pub fn parts_words(asked: &Asked) -> String {
    let some = asked.parts.iter().filter(|(_, time)| time.0 > 0);
    some.map(|(part, time)| format!("{time} {}", part.words().to_lowercase())).collect::<Vec<_>>().join(", ")
}

/// A term in a form or an address: its academic year and its number there, as "2026-1".
pub fn term_code((year, number): (i16, i64)) -> String {
    format!("{year}-{number}")
}

/// A term as [`term_code`] writes it.
pub fn read_term(code: &str) -> Option<(i16, i64)> {
    let (year, number) = code.split_once('-')?;
    Some((year.parse().ok()?, number.parse().ok()?))
}

/// Pounds as a form takes them: "32.50".
pub fn pounds(pence: Pence) -> String {
    format!("{}.{:02}", pence.0 / 100, pence.0 % 100)
}
