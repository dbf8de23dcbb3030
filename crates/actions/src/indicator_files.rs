//! Figures from a file: looked through line by line, then entered together, all of them or none. Nothing of a file is kept
//! in between: its lines go out with the form and come back. Rules R-FIG-10 and R-FIG-11.

use domain::ids::{AreaId, PersonId};
use domain::indicators::Figure;
use domain::indicators::file::{self, Does, Entry, Judged, Known, Lines, NoFigures};
use domain::period::Term;
use domain::staff_file::Table;
use policies::Permit;
use policies::acts::EnterFigure;
use policies::facts::PersonFacts;
use store::{Db, Fault, events, indicators};

use crate::desk::{Desk, Never, Stop};
use crate::indicators::{BACK, over};

/// A file that somebody looks through.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Looked {
    /// What its lines would do.
    pub lines: Lines,
    /// What the reader had to guess, as a sentence.
    pub note: Option<String>,
    /// The areas there are, for their names.
    pub areas: Vec<(AreaId, String)>,
    /// The terms that are over, with what they are called.
    pub terms: Vec<((i16, i64), String)>,
    /// Its lines as they go with the form; nothing where one is wrong.
    pub written: String,
    /// What was looked at: it changes when what would be done changes.
    pub token: String,
}

/// How many figures were entered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Entered {
    /// Where none was.
    pub new: usize,
    /// In the place of another.
    pub replaced: usize,
}

/// Why nothing of a file was entered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NotEntered {
    /// The lines that came back are not what was sent out.
    Unreadable,
    /// What they would do is no longer what was looked at, or one of them is wrong by now.
    Stale(Box<Looked>),
}

/// What a file is read against, as things stand.
struct Standing {
    terms: Vec<((i16, i64), String, Term)>,
    areas: Vec<(AreaId, String)>,
    figures: Vec<Figure>,
}

impl Standing {
    async fn at(desk: &Desk, db: &Db, permit: &Permit<EnterFigure>) -> Result<Self, Fault> {
        let terms = over(desk, BACK).into_iter().map(|(over, term)| (over.term, over.words, term)).collect();
        let (areas, figures) = (indicators::areas(db, permit).await?, indicators::all(db, permit).await?);
        Ok(Self { terms, areas, figures })
    }

    fn known(&self, desk: &Desk) -> Known<'_> {
        Known { terms: &self.terms, areas: &self.areas, figures: &self.figures, today: desk.today() }
    }

    fn looked(self, lines: Lines) -> Looked {
        let entry = |line: &Judged| {
            let (figure, _) = line.found.as_ref().ok()?;
            Some(Entry { line: line.line, place: figure.place, counts: (figure.counted, figure.of) })
        };
        let entries: Option<Vec<Entry>> = lines.all.iter().map(entry).collect();
        let written = entries.map(|entries| file::written(&entries)).unwrap_or_default();
        let token = token(&lines.all);
        let terms = self.terms.into_iter().map(|(term, words, _)| (term, words)).collect();
        Looked { lines, note: None, areas: self.areas, terms, written, token }
    }
}

/// Of a figure that is replaced only what is shown goes in: of staff, its range.
fn token(lines: &[Judged]) -> String {
    let one = |line: &Judged| {
        let figure = line.found.as_ref().ok().map(|(figure, _)| figure);
        let does = line.found.as_ref().map(|(_, does)| std::mem::discriminant(does));
        let before = line.shown().and_then(|(_, before)| before).map(|before| before.words());
        format!("{figure:?} {does:?} {before:?}")
    };
    crate::chance::digest(&lines.iter().map(one).collect::<Vec<_>>().join("\n")).chars().take(32).collect()
}

/// Says of every line of a file what it would do; writes nothing.
///
/// # Errors
/// Where it is no file of figures; denied for anybody but a programme lead.
pub async fn look(desk: &Desk, who: &PersonFacts, table: &Table) -> Result<Looked, Stop<NoFigures>> {
    let permit = desk.permit::<EnterFigure>(who, &desk.frame.programme.facts, &())?;
    let standing = Standing::at(desk, &desk.read(), &permit).await?;
    let lines = file::read(table, standing.known(desk)).map_err(Stop::Refused)?;
    Ok(Looked { note: table.note.clone(), ..standing.looked(lines) })
}

/// A file to fill in, with the latest term that is over.
///
/// # Errors
/// Denied for anybody but a programme lead.
pub fn template(desk: &Desk, who: &PersonFacts) -> Result<String, Stop<Never>> {
    let _permit: Permit<EnterFigure> = desk.permit(who, &desk.frame.programme.facts, &())?;
    let latest = over(desk, BACK).into_iter().next().map(|(over, _)| over.words).unwrap_or_default();
    Ok(file::template(&latest))
}

/// Enters the lines of a file that was looked through, all of them or none (R-FIG-10). `seen` is the token of what was looked at.
///
/// # Errors
/// Where one is wrong by now or would do something else; denied for anybody but a programme lead.
pub async fn bring_in(desk: &Desk, who: PersonId, (written, seen): (&str, &str)) -> Result<Entered, Stop<NotEntered>> {
    let db = desk.write().await?;
    let me = desk.person(&db, who).await?;
    let permit = desk.permit::<EnterFigure>(&me, &desk.frame.programme.facts, &())?;
    let entries = file::parsed(written).ok_or(Stop::Refused(NotEntered::Unreadable))?;
    let standing = Standing::at(desk, &db, &permit).await?;
    let all = file::again(&entries, standing.known(desk));
    let right: Option<Vec<(Figure, Does)>> = all.iter().map(|line| line.found.clone().ok()).collect();
    let Some(right) = right.filter(|_| token(&all) == seen) else {
        let lines = Lines { all, blank: 0, ignored: Vec::new() };
        return Err(Stop::Refused(NotEntered::Stale(Box::new(standing.looked(lines)))));
    };
    let mut entered = Entered { new: 0, replaced: 0 };
    for (figure, does) in right {
        match does {
            Does::New => entered.new += 1,
            Does::Replaces(_) => entered.replaced += 1,
            Does::Nothing => continue,
        }
        indicators::enter(&db, &permit, &figure).await?;
    }
    events::record(&db, &permit, desk.stamp(), &format!("file new {} replaced {}", entered.new, entered.replaced))
        .await?;
    db.commit().await?;
    Ok(entered)
}
