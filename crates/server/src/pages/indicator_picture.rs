//! Figures drawn over terms: learners' as a line, what is about staff as ranges, milestones as numbered days above them
//! (R-FIG-7, R-FIG-12). Places across are parts of the width, so that words keep their size on a phone.

use actions::indicator_lines::{Mark, Point};
use domain::indicators::Gap;
use domain::period::{academic_year, date_words};
use jiff::civil::Date;
use maud::{Markup, html};

/// What is drawn of a term.
#[derive(Debug, Clone)]
pub struct Spot {
    /// The first and the last day.
    pub days: (Date, Date),
    /// Both ends; the same number twice where it is one.
    pub ends: (u64, u64),
    /// Whether it is a range, however near its ends.
    pub range: bool,
    /// What stands beside it: "91 %", "38–54 %".
    pub words: String,
}

impl Spot {
    /// A figure, in per cent; nothing where its term has no days.
    pub fn of(point: &Point) -> Option<Self> {
        let (shown, words) = (&point.shown, point.shown.per_cent_words());
        Some(Self { days: point.days?, ends: shown.per_cent(), range: shown.is_range(), words })
    }
}

/// The days of a picture, the same for every one of a page, and what happened in them.
#[derive(Debug, Clone, Copy)]
pub struct Days<'a> {
    /// The first day.
    pub from: Date,
    /// The last day.
    pub until: Date,
    /// The milestones; their numbers are their places, from one on.
    pub marks: &'a [Mark],
}

/// What a picture is called, what it says in words, and up to where it goes in which unit.
#[derive(Debug, Clone, Copy)]
pub struct Told<'a> {
    /// Stands before its parts' identifiers.
    pub id: &'a str,
    /// Its title.
    pub title: &'a str,
    /// All of it in words.
    pub words: &'a str,
    /// The number at the top.
    pub most: u64,
    /// "%", "h".
    pub unit: &'a str,
}

/// Hundredths of a per cent of the width: where the days begin and end.
const LEFT: i64 = 1_300;
const RIGHT: i64 = 9_700;
/// Numbers above the picture that are nearer than this stand one above the other.
const NEAR: i64 = 850;
/// So many rows of numbers at most.
const ROWS: usize = 3;
/// The height of a row of numbers, of the plot, and of what stands around it, in pixels.
const ROW: i64 = 27;
const PLOT: i64 = 130;
const ABOVE: i64 = 24;
const BELOW: i64 = 26;

/// "13.25%".
fn across(hundredths: i64) -> String {
    format!("{}.{:02}%", hundredths / 100, hundredths % 100)
}

impl Days<'_> {
    fn at(&self, day: Date) -> i64 {
        let count = |one: Date, other: Date| i64::from((other - one).get_days());
        let whole = count(self.from, self.until).max(1);
        LEFT + count(self.from, day).clamp(0, whole) * (RIGHT - LEFT) / whole
    }

    fn middle(&self, (first, last): (Date, Date)) -> i64 {
        i64::midpoint(self.at(first), self.at(last))
    }

    /// The milestones in these days: number, place, row from the top, and whether it is an inspection.
    fn numbers(&self) -> Vec<(usize, i64, usize, bool)> {
        let mut last = [i64::MIN / 2; ROWS];
        let mut all = Vec::new();
        for (at, mark) in self.marks.iter().enumerate().filter(|(_, it)| (self.from..=self.until).contains(&it.day)) {
            let place = self.at(mark.day);
            let free = last.iter().position(|before| place - before >= NEAR).unwrap_or(ROWS - 1);
            if let Some(before) = last.get_mut(free) {
                *before = place;
            }
            all.push((at + 1, place, free, mark.inspection));
        }
        all
    }

    /// The academic years in these days, with where they begin and the middle of what is seen of them.
    fn years(&self) -> Vec<(i16, i64, i64)> {
        let all = academic_year(self.from)..=academic_year(self.until);
        let place = |year: i16| {
            let (first, last) = (Date::constant(year, 9, 1), Date::constant(year.saturating_add(1), 8, 31));
            let (begins, ends) = (self.at(first.max(self.from)), self.at(last.min(self.until)));
            (year, begins, i64::midpoint(begins, ends), ends - begins)
        };
        all.map(place)
            .filter(|(.., wide)| *wide >= 1_700)
            .map(|(year, begins, middle, _)| (year, begins, middle))
            .collect()
    }
}

/// Draws figures over the terms, another place's thin behind them.
pub fn picture(days: Days<'_>, told: Told<'_>, (own, beside): (&[Spot], &[Spot])) -> Markup {
    let numbers = days.numbers();
    let rows = numbers.iter().map(|(_, _, row, _)| i64::try_from(*row).unwrap_or(0) + 1).max().unwrap_or(0);
    let top = rows * ROW + ABOVE;
    let bottom = top + PLOT;
    let most = i64::try_from(told.most.max(1)).unwrap_or(1);
    let up = |value: u64| bottom - PLOT * i64::try_from(value).unwrap_or(0).min(most) / most;
    html! {
        svg.figure-svg width="100%" height=(bottom + BELOW) role="img" aria-labelledby={(told.id) "-t"} aria-describedby={(told.id) "-d"} {
            title id={(told.id) "-t"} { (told.title) }
            desc id={(told.id) "-d"} { (told.words) }
            @for value in [0, told.most / 2, told.most] {
                line.grid x1=(across(LEFT)) x2="100%" y1=(up(value)) y2=(up(value)) {}
                text x=(across(LEFT - 150)) y=(up(value) + 5) text-anchor="end" { (value) " " (told.unit) }
            }
            @for (year, begins, middle) in days.years() {
                @if begins > LEFT { line.tick x1=(across(begins)) x2=(across(begins)) y1=(bottom) y2=(bottom + 8) {} }
                text x=(across(middle)) y=(bottom + 21) text-anchor="middle" { (year) "/" (format!("{:02}", (year + 1) % 100)) }
            }
            @for (number, place, row, inspection) in numbers { (mark((number, inspection), across(place), (row, bottom))) }
            (series(days, beside, (&up, "beside")))
            (series(days, own, (&up, "own")))
            (labels(days, own, &up))
        }
    }
}

/// A numbered day: round, an inspection square.
fn mark((number, inspection): (usize, bool), at: String, (row, bottom): (usize, i64)) -> Markup {
    let middle = i64::try_from(row).unwrap_or(0) * ROW + 13;
    html! {
        line.mark x1=(at) x2=(at) y1=(middle + 12) y2=(bottom) {}
        @if inspection { rect.mark x=(at) y=(middle - 12) width="24" height="24" transform="translate(-12 0)" {} }
        @else { circle.mark cx=(at) cy=(middle) r="12" {} }
        text.mark x=(at) y=(middle + 5) text-anchor="middle" { (number) }
    }
}

/// Figures of one place: ranges as they are, numbers with a line from one to the next.
fn series(days: Days<'_>, spots: &[Spot], (up, class): (&dyn Fn(u64) -> i64, &str)) -> Markup {
    let middle = |spot: &Spot| across(days.middle(spot.days));
    html! {
        g class=(class) {
            @for two in spots.windows(2) {
                @if let [one, other] = two { @if !one.range && !other.range {
                    line x1=(middle(one)) y1=(up(one.ends.0)) x2=(middle(other)) y2=(up(other.ends.0)) {}
                } }
            }
            @for spot in spots {
                @if spot.range {
                    @let (from, until) = (days.at(spot.days.0), days.at(spot.days.1));
                    rect x=(across(from)) width=(across((until - from).max(200))) y=(up(spot.ends.1)) height=((up(spot.ends.0) - up(spot.ends.1)).max(3)) rx="2" {}
                } @else { circle cx=(middle(spot)) cy=(up(spot.ends.0)) r="4.5" {} }
            }
        }
    }
}

/// The first and the last figure in words, where there is room for both.
fn labels(days: Days<'_>, spots: &[Spot], up: &dyn Fn(u64) -> i64) -> Markup {
    let (Some(first), Some(last)) = (spots.first(), spots.last()) else { return html! {} };
    let apart = days.middle(last.days) - days.middle(first.days);
    let label = |spot: &Spot| {
        let middle = days.middle(spot.days);
        let (at, anchor) = match (spot.range, middle > i64::midpoint(LEFT, RIGHT)) {
            (false, _) => (middle, "middle"),
            (true, true) => (days.at(spot.days.1), "end"),
            (true, false) => (days.at(spot.days.0), "start"),
        };
        html! { text.value x=(across(at)) y=(up(spot.ends.1) - 10) text-anchor=(anchor) { (spot.words) } }
    };
    html! {
        @if apart >= 3_000 { (label(first)) }
        (label(last))
    }
}

/// The milestones, numbered as in the pictures.
pub fn legend(marks: &[Mark]) -> Markup {
    html! {
        ol.marks { @for mark in marks { li.square[mark.inspection] { (date_words(mark.day)) ": " (mark.words) } } }
    }
}

/// From so far below to so far above: what every gap of a list fits into.
pub fn reach(gaps: impl Iterator<Item = Gap>) -> i64 {
    let most = gaps.map(|gap| gap.low.abs().max(gap.high.abs())).max().unwrap_or(0);
    [10, 25, 50].into_iter().find(|reach| most <= *reach).unwrap_or(100)
}

/// A gap as a range on a line, with a stroke where there is none.
pub fn gap(gap: Gap, reach: i64) -> Markup {
    let at = |points: i64| (points + reach) * 200 / (2 * reach).max(1);
    html! {
        svg.range-svg.gap viewBox="0 0 200 16" preserveAspectRatio="none" aria-hidden="true" {
            rect.line x="0" y="7" width="200" height="2" {}
            rect.in x=(at(gap.low)) y="2" width=((at(gap.high) - at(gap.low)).max(2)) height="12" rx="2" {}
            rect.none x="99.5" y="0" width="1" height="16" {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Date {
        text.parse().unwrap()
    }

    fn mark_of(text: &str) -> Mark {
        Mark { day: day(text), words: "New timetable".into(), inspection: text.ends_with('5') }
    }

    fn drawn(spots: &[Spot], marks: &[Mark]) -> String {
        let days = Days { from: day("2024-09-01"), until: day("2026-07-31"), marks };
        let told = Told { id: "x", title: "Attendance", words: "All of it.", most: 100, unit: "%" };
        picture(days, told, (spots, &[])).into_string()
    }

    fn spot(days: (&str, &str), ends: (u64, u64)) -> Spot {
        let range = ends.0.is_multiple_of(2);
        Spot { days: (day(days.0), day(days.1)), ends, range, words: format!("{}", ends.0) }
    }

    /// R-FIG-7
    #[test]
    fn a_range_is_drawn_from_one_end_to_the_other_and_nothing_in_between() {
        let ranges = [spot(("2024-09-09", "2024-12-20"), (38, 54)), spot(("2026-04-13", "2026-06-26"), (90, 90))];
        let found = drawn(&ranges, &[]);
        assert_eq!(found.matches("<rect").count(), 2);
        assert!(!found.contains("<circle"), "{found}");
        assert!(found.contains("height=\"21\"") || found.contains("height=\"20\""), "{found}");
        let numbers = [spot(("2024-09-09", "2024-12-20"), (89, 89)), spot(("2026-04-13", "2026-06-26"), (91, 91))];
        let found = drawn(&numbers, &[]);
        assert_eq!((found.matches("<circle").count(), found.matches("<rect").count()), (2, 0));
        assert!(found.contains("role=\"img\"") && found.contains("<desc id=\"x-d\">All of it.</desc>"));
    }

    /// R-FIG-12
    #[test]
    fn milestones_keep_their_numbers_and_those_outside_the_days_are_not_drawn() {
        let marks = [mark_of("2020-01-01"), mark_of("2025-01-10"), mark_of("2025-01-15"), mark_of("2025-01-20")];
        let days = Days { from: day("2024-09-01"), until: day("2026-07-31"), marks: &marks };
        let rows: Vec<(usize, usize)> = days.numbers().iter().map(|(number, _, row, _)| (*number, *row)).collect();
        assert_eq!(rows, [(2, 0), (3, 1), (4, 2)]);
        let found = drawn(&[], &marks);
        assert_eq!((found.matches("<circle").count(), found.matches("<rect").count()), (2, 1));
        assert!(legend(&marks).into_string().contains("1 Jan 2020: New timetable"));
    }

    /// R-FIG-8
    #[test]
    fn a_gap_lies_on_a_line_that_is_wide_enough_for_every_one() {
        let gaps = [Gap { low: -3, high: 5 }, Gap { low: 2, high: 19 }];
        assert_eq!((reach(gaps.into_iter()), reach(std::iter::empty())), (25, 10));
        assert!(gap(gaps[0], 25).into_string().contains("x=\"88\" y=\"2\" width=\"32\""));
        assert_eq!(reach([Gap { low: -90, high: 10 }].into_iter()), 100);
    }
}
