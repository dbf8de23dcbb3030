//! A reading of a question about cause: the sentence, the lines, and the effects by terms. Rules R-CAU-25 to R-CAU-29.

use actions::cause::Said;
use domain::cause::Question;
use domain::lots::TermOf;
use domain::text::thousands;
use maud::{Markup, html};

/// The room of a picture, in its own units: small, so that its letters stay large enough on a phone.
const WIDE: f64 = 420.0;
const HIGH: f64 = 220.0;
const LEFT: f64 = 40.0;
const TOP: f64 = 14.0;
const BOTTOM: f64 = 34.0;
/// More names of terms than these do not fit beside each other.
const MOST_NAMES: usize = 5;

/// What a level is called.
pub const fn level(level: u8) -> &'static str {
    match level {
        0 => "Level 0, too little data",
        1 => "Level 1 of 4, described",
        2 => "Level 2 of 4, at the same time",
        3 => "Level 3 of 4, consistent with an effect",
        _ => "Level 4 of 4, evidence",
    }
}

/// A number of percentage points, with one place.
pub fn points(value: f64) -> String {
    let text = format!("{value:.1}");
    let text = if text == "-0.0" { "0.0".to_owned() } else { text };
    text.replace('-', "−")
}

/// A smallest effect: as many places as it deserves.
pub fn about(value: f64) -> String {
    if value.abs() < 0.995 { format!("{value:.2}") } else { points(value) }
}

/// "Aut 23" for "Autumn term 2023".
fn short(term: &TermOf) -> String {
    let name: String = term.words.chars().take(3).collect();
    format!("{name} {:02}", term.ends.year().rem_euclid(100))
}

/// From the values that are drawn to the height of a point.
struct Scale {
    low: f64,
    high: f64,
    count: usize,
}

impl Scale {
    /// Whole steps around all values.
    fn around(values: impl Iterator<Item = f64>, (step, count): (f64, usize)) -> Self {
        let (low, high) = values.fold((f64::MAX, f64::MIN), |(low, high), value| (low.min(value), high.max(value)));
        let (low, high) = ((low / step).floor() * step, (high / step).ceil() * step);
        Self { low, high: if high > low { high } else { low + step }, count }
    }

    fn y(&self, value: f64) -> f64 {
        TOP + (HIGH - TOP - BOTTOM) * (self.high - value) / (self.high - self.low)
    }

    fn x(&self, at: usize) -> f64 {
        let last = self.count.saturating_sub(1).max(1) as f64;
        LEFT + 20.0 + (WIDE - LEFT - 46.0) * at as f64 / last
    }

    /// Three heights with what they mean.
    fn marks(&self) -> [f64; 3] {
        [self.low, f64::midpoint(self.low, self.high), self.high]
    }
}

fn tenth(value: f64) -> String {
    format!("{value:.1}")
}

/// The terms in which areas began, by their places.
fn beginnings(question: &Question) -> Vec<(usize, usize)> {
    let count = |at: usize| question.areas.iter().filter(|unit| question.start(unit) == Some(at)).count();
    (1..question.terms.len()).map(|at| (at, count(at))).filter(|(_, count)| *count > 0).collect()
}

/// A group of areas in words.
fn group(began: bool, areas: usize) -> String {
    if began { format!("{areas} areas that began") } else { format!("{areas} areas that had not begun") }
}

/// The means of those that began and of those that had not, term by term.
fn lines(question: &Question, said: &Said, id: &str) -> Markup {
    let drawn: Vec<_> = said.lines.iter().filter(|line| !line.means.is_empty()).collect();
    let scale = Scale::around(drawn.iter().flat_map(|line| line.means.iter().copied()), (5.0, question.terms.len()));
    let every = question.terms.len().div_ceil(MOST_NAMES).max(1);
    let told: Vec<String> = beginnings(question)
        .iter()
        .filter_map(|(at, count)| Some(format!("{count} in {}", question.terms.get(*at)?.words)))
        .collect();
    html! {
        @if drawn.is_empty() { p.soft { "No line is drawn: one of fewer than three areas would be one area’s own." } }
        @else {
            figure.stack-s {
                svg.lines-svg viewBox="0 0 420 220" role="img" aria-labelledby={(id) "-title " (id) "-desc"} {
                    title id={(id) "-title"} { (question.called) ", means by term in per cent" }
                    desc id={(id) "-desc"} { @for line in &drawn { (group(line.began, line.areas)) ": " (line.means.iter().map(|mean| tenth(*mean)).collect::<Vec<_>>().join(", ")) ". " } "Areas began: " (told.join(", ")) "." }
                    @for mark in scale.marks() {
                        line.grid x1=(LEFT) x2=(WIDE) y1=(tenth(scale.y(mark))) y2=(tenth(scale.y(mark))) {}
                        text x=(LEFT - 6.0) y=(tenth(scale.y(mark) + 4.0)) text-anchor="end" { (tenth(mark).trim_end_matches(".0")) }
                    }
                    @for (at, _) in beginnings(question) {
                        line.begins x1=(tenth(scale.x(at))) x2=(tenth(scale.x(at))) y1=(TOP) y2=(HIGH - BOTTOM) {}
                    }
                    @for (at, term) in question.terms.iter().enumerate().filter(|(at, _)| at % every == 0) {
                        text x=(tenth(scale.x(at))) y=(HIGH - 14.0) text-anchor="middle" { (short(term)) }
                    }
                    @for line in &drawn {
                        polyline.began[line.began].other[!line.began] points=(line.means.iter().enumerate().map(|(at, mean)| format!("{},{}", tenth(scale.x(at)), tenth(scale.y(*mean)))).collect::<Vec<_>>().join(" ")) {}
                        @for (at, mean) in line.means.iter().enumerate() {
                            @if line.began { circle.began cx=(tenth(scale.x(at))) cy=(tenth(scale.y(*mean))) r="3.5" {} }
                            @else { rect.other x=(tenth(scale.x(at) - 3.0)) y=(tenth(scale.y(*mean) - 3.0)) width="6" height="6" {} }
                        }
                    }
                }
                figcaption.small {
                    @for line in &drawn {
                        @if line.began { span.key.began { (group(true, line.areas)) } } @else { span.key.other { (group(false, line.areas)) } }
                        " "
                    }
                    "Per cent. Upright lines: areas began (" (told.join(", ")) ")."
                }
            }
            @for line in said.lines.iter().filter(|line| line.means.is_empty()) {
                p.small.soft { "No line of the " (if line.began { "areas that began" } else { "areas that had not begun" }) ": one of fewer than three areas would be one area’s own." }
            }
            details.more {
                summary { "The same as a table" }
                table.cards {
                    thead { tr { th scope="col" { "Term" } @for line in &drawn { th.n scope="col" { (group(line.began, line.areas)) } } } }
                    tbody { @for (at, term) in question.terms.iter().enumerate() { tr {
                        td.name data-label="Term" { (term.words) }
                        @for line in &drawn { td.n data-label=(group(line.began, line.areas)) { @if let Some(mean) = line.means.get(at) { (tenth(*mean)) " %" } } }
                    } } }
                }
            }
        }
    }
}

fn ends([low, high]: [Option<f64>; 2]) -> String {
    match (low, high) {
        (Some(low), Some(high)) => format!("{} to {}", points(low), points(high)),
        (Some(low), None) => format!("{} or more", points(low)),
        (None, Some(high)) => format!("{} or less", points(high)),
        (None, None) => "no limits".to_owned(),
    }
}

/// "2 terms before", "the term itself", "1 term after".
fn lag_words(lag: i64) -> String {
    let terms = |count: i64| if count == 1 { "1 term".to_owned() } else { format!("{count} terms") };
    match lag {
        0 => "the first term".to_owned(),
        lag if lag < 0 => format!("{} before", terms(-lag)),
        lag => format!("{} later", terms(lag)),
    }
}

/// How far those that began went from those that had not, by terms since they began.
fn by_term(said: &Said, (id, share): (&str, &str)) -> Markup {
    let Some(effect) = &said.effect else { return html! {} };
    let all = &effect.by_term;
    let values = all.iter().flat_map(|(_, value, ends)| {
        [Some(*value)].into_iter().chain(ends.iter().flatten().copied().collect::<Vec<_>>()).flatten()
    });
    let scale = Scale::around(values.chain([0.0]), (1.0, all.len()));
    html! {
        figure.stack-s {
            svg.lines-svg viewBox="0 0 420 220" role="img" aria-labelledby={(id) "-effects " (id) "-told"} {
                title id={(id) "-effects"} { "The difference by terms since areas began, in percentage points" }
                desc id={(id) "-told"} { @for (lag, value, _) in all { (lag_words(*lag)) ": " (points(*value)) ". " } }
                @for mark in scale.marks() {
                    line.grid x1=(LEFT) x2=(WIDE) y1=(tenth(scale.y(mark))) y2=(tenth(scale.y(mark))) {}
                    text x=(LEFT - 6.0) y=(tenth(scale.y(mark) + 4.0)) text-anchor="end" { (points(mark).trim_end_matches(".0")) }
                }
                line.zero x1=(LEFT) x2=(WIDE) y1=(tenth(scale.y(0.0))) y2=(tenth(scale.y(0.0))) {}
                @for (at, (lag, value, ends)) in all.iter().enumerate() {
                    @if let Some([low, high]) = ends {
                        @let (low, high) = (low.unwrap_or(scale.low), high.unwrap_or(scale.high));
                        line.reach x1=(tenth(scale.x(at))) x2=(tenth(scale.x(at))) y1=(tenth(scale.y(low))) y2=(tenth(scale.y(high))) {}
                        circle.began cx=(tenth(scale.x(at))) cy=(tenth(scale.y(*value))) r="4" {}
                    } @else { rect.other x=(tenth(scale.x(at) - 3.0)) y=(tenth(scale.y(*value) - 3.0)) width="6" height="6" {} }
                    text x=(tenth(scale.x(at))) y=(HIGH - 14.0) text-anchor="middle" { (lag.to_string().replace('-', "−")) }
                }
            }
            figcaption.small { "Terms since an area began; 0 is the first. Squares: before anybody began, where nothing should show. Upright bars: what is not ruled out at " (share) " %, each term by itself." }
        }
        details.more {
            summary { "The differences as a table" }
            table.cards {
                thead { tr { th scope="col" { "Term" } th.n scope="col" { "Percentage points" } th scope="col" { "Not ruled out" } } }
                tbody { @for (lag, value, reach) in all { tr {
                    td.name data-label="Term" { (lag_words(*lag)) }
                    td.n data-label="Percentage points" { (points(*value)) }
                    td data-label="Not ruled out" { @match reach { Some(reach) => (ends(*reach)), None => "before they began" } }
                } } }
            }
        }
    }
}

/// 95, or more for an exploratory question.
fn share(exploratory: u32) -> String {
    let number = f64::from(exploratory);
    let level = if exploratory == 0 { 5.0 } else { 5.0 / (number * (number + 1.0)) };
    let text = format!("{:.2}", 100.0 - level);
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

fn chance(p: f64) -> String {
    if p < 0.001 { "less than 0.1 %".to_owned() } else { format!("{:.1} %", 100.0 * p) }
}

/// What was shown of a question: its place among the readings, when, and the hash.
pub fn reading(question: &Question, (at, said): (usize, &Said), (when, digest): (&str, &str)) -> Markup {
    let id = format!("reading-{at}");
    let share = share(question.exploratory);
    html! {
        section.card.stack aria-labelledby=(id) {
            div.stack-s {
                h3 id=(id) { (level(said.level)) }
                p.quote { (said.sentence) }
                @if let Some(effect) = &said.effect {
                    p.small.soft {
                        "In percentage points. By chance alone as much or more would come in " (chance(effect.p)) " of the "
                        @if effect.exact { (thousands(effect.ways)) " ways in which the same beginnings could have fallen." } @else { (thousands(effect.ways)) " draws of such beginnings." }
                        " Of the terms before anybody began that share is " (chance(effect.before)) "; at 10 % or less areas would have been moving apart already."
                    }
                }
                @if said.left_out > 0 { p.small.soft { (said.left_out) @if said.left_out == 1 { " area is left out: a figure of it is missing, or it had begun before." } @else { " areas are left out: figures of them are missing, or they had begun before." } } }
            }
            div.cols.half {
                div.stack-s { (lines(question, said, &id)) }
                @if said.effect.is_some() { div.stack-s { (by_term(said, (&id, &share))) } }
            }
            p.small.soft { "Shown on " (when) ", kept as it was shown. SHA-256 " (digest.get(..16).unwrap_or(digest)) "…" }
        }
    }
}
