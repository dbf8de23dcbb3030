//! A document as a page: what can be read on paper can be read here first.

use documents::{Cell, Column, Document, Part, Set};
use evidence::bands::Band;
use maud::{Markup, PreEscaped, html};

use crate::pages::evidence_view::{bar, drawn};

/// The document with something above its title that is not printed.
pub fn look(document: &Document, above: &Markup) -> Markup {
    html! {
        article.narrow.stack.paper {
            div.stack-s {
                (above)
                p.small.soft { (document.of) " · " (document.dated) }
                h1 { (document.title) }
            }
            @for one in &document.parts { (part(one)) }
        }
    }
}

/// A part of a document.
pub fn part(part: &Part) -> Markup {
    match part {
        Part::Heading { text } => html! { h2 { (text) } },
        Part::Smaller { text } => html! { h3 { (text) } },
        Part::Lede { text } => html! { p.lede { (text) } },
        Part::Text { text } => html! { p { (text) } },
        Part::Soft { text } => html! { p.small.soft { (text) } },
        Part::Points { points } => html! {
            ul { @for (first, rest) in points { li { @if !first.is_empty() { b { (first) } " " } (rest) } } }
        },
        Part::Table { columns, rows, sum } => table(columns, rows, *sum),
        // Drawn by us, in the same words for both.
        Part::Picture { svg, alt, .. } => html! { figure role="img" aria-label=(alt) { (PreEscaped(svg)) } },
        Part::Quote { paragraphs, by } => html! {
            figure.card.stack-s {
                blockquote { @for one in paragraphs { p.lines { (one) } } }
                figcaption.small { (by) }
            }
        },
    }
}

fn row(columns: &[Column], cells: &[Cell]) -> Markup {
    html! {
        @for (at, (column, cell)) in columns.iter().zip(cells).enumerate() {
            td.name[at == 0].n[column.set == Set::Numbers] data-label=(column.name) {
                @match cell {
                    Cell::Words { text } => (text),
                    Cell::Range { ends } => (drawn(ends.map(|(low, high)| Band { low, high, of: 100 }).as_ref())),
                    Cell::Bar { long } => (bar(*long)),
                }
            }
        }
    }
}

fn table(columns: &[Column], rows: &[Vec<Cell>], sum: bool) -> Markup {
    let (last, others) = match rows.split_last() {
        Some((last, others)) if sum => (Some(last), others),
        _ => (None, rows),
    };
    html! {
        table.cards.ranges {
            thead { tr { @for column in columns {
                th.n[column.set == Set::Numbers] scope="col" {
                    @if column.set == Set::Drawn { span.visually-hidden { (column.name) } } @else { (column.name) }
                }
            } } }
            tbody { @for cells in others { tr { (row(columns, cells)) } } }
            @if let Some(last) = last { tfoot { tr { (row(columns, last)) } } }
        }
    }
}
