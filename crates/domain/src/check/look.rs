//! What the program sees of how the programme is set up, point by point, and what to change. Nothing of it comes from anybody's use of
//! support (R-REV-1).

use jiff::civil::Date;

use super::{Answer, Look, Point, Question, Sign, Standing};
use crate::period::{date_words, days_after};
use crate::programme::{Model, Title};

/// A review that is closed: its title and the day.
pub type Reviewed = (String, Date);

/// How the programme is set up: nothing of it depends on whether anybody asked for support (R-REV-1).
#[derive(Debug, Clone)]
pub struct SetUp {
    /// Today at the college.
    pub today: Date,
    /// What practitioners are called.
    pub title: Title,
    /// The declared model.
    pub model: Model,
    /// Whether asking is open under the deficit model.
    pub asking_opened: bool,
    /// The share of practitioners' time that required support may take, in per cent.
    pub ceiling: i64,
    /// How many practitioners there are.
    pub practitioners: usize,
    /// How many of them have published weekly times.
    pub with_times: usize,
    /// How many have been given hours.
    pub with_hours: usize,
    /// Of how many the hours given are enough for what the planner asks.
    pub fitting: usize,
    /// How many manage or appraise somebody who teaches.
    pub in_line: usize,
    /// Whether the lead has said how much practitioners go on teaching at least.
    pub has_floor: bool,
    /// How many go on teaching, and not less than that.
    pub teaching: usize,
    /// How many themes there are to choose from.
    pub themes: usize,
    /// How many areas nobody looks after.
    pub uncovered: usize,
    /// When the statement of the role was last published.
    pub statement: Option<Date>,
    /// The senior sponsor's name, while their account is on.
    pub sponsor: Option<String>,
    /// The latest review that is closed.
    pub reviewed: Option<Reviewed>,
}

/// A statement older than this many days is worth reading again: two years.
const OLD_STATEMENT: i64 = 731;
/// A review older than this many days is not one of last term any more.
const OLD_REVIEW: i64 = 183;

fn seen(standing: Standing, says: impl Into<String>) -> Sign {
    Sign { standing, says: says.into(), change: None, question: None }
}

fn change(sign: Sign, words: &str, at: &'static str) -> Sign {
    if sign.standing == Standing::InPlace {
        return sign;
    }
    Sign { change: Some((words.to_owned(), Some(at))), ..sign }
}

/// All, some, or none of so many.
const fn share(some: usize, of: usize) -> Standing {
    match (some, of) {
        (0, _) | (_, 0) => Standing::NotInPlace,
        (some, of) if some >= of => Standing::InPlace,
        _ => Standing::Partly,
    }
}

/// "6 of 8 Professional Tutors", "All 8 Professional Tutors", "None of the 8 Professional Tutors".
fn of_them(some: usize, set_up: &SetUp) -> String {
    let (of, title) = (set_up.practitioners, &set_up.title);
    match (some, of) {
        (1, 1) => format!("The one {}", title.one),
        (0, 1) => format!("Not even the one {}", title.one),
        (0, _) => format!("None of the {of} {}", title.many),
        (some, of) if some >= of => format!("All {of} {}", title.many),
        _ => format!("{some} of {of} {}", title.many),
    }
}

/// What is asked of the lead, with the answer there is.
fn asked(question: Question, answers: &[Answer]) -> Sign {
    let found = answers.iter().find(|answer| answer.question == question);
    let standing = found.map_or(Standing::Unseen, |answer| answer.standing);
    let change =
        matches!(standing, Standing::Partly | Standing::NotInPlace).then(|| (question.remedy().to_owned(), None));
    let says = match found {
        None => question.words().to_owned(),
        Some(answer) => {
            let word = match answer.standing {
                Standing::InPlace => "Yes",
                Standing::Partly => "Partly",
                _ => "No",
            };
            let because = if answer.because.is_empty() { String::new() } else { format!(" {}", answer.because) };
            format!("{} {word}.{because} (answered {})", question.words(), date_words(answer.day))
        }
    };
    Sign { standing, says, change, question: Some(question) }
}

fn fits(set_up: &SetUp) -> Vec<Sign> {
    let times = format!("{} have published weekly times to choose from.", of_them(set_up.with_times, set_up));
    let times = seen(share(set_up.with_times, set_up.practitioners), times);
    let themes = if set_up.themes == 0 { Standing::NotInPlace } else { Standing::InPlace };
    vec![
        change(times, "Ask those without times to publish some, at more than one time of day.", "/practitioners"),
        seen(themes, format!("{} themes to choose from; whoever asks says how often and how formally.", set_up.themes)),
    ]
}

fn everybody(set_up: &SetUp) -> Vec<Sign> {
    let by_model = match (set_up.model, set_up.asking_opened) {
        (Model::Deficit, false) => {
            seen(Standing::NotInPlace, "Under the deficit model nobody can ask of their own accord.")
        }
        (Model::Deficit, true) => {
            seen(Standing::Partly, "The model is for those found wanting, but asking has been opened to everybody.")
        }
        (model, _) => {
            seen(Standing::InPlace, format!("Under the {} model everybody who teaches can ask.", model.words()))
        }
    };
    let areas = match set_up.uncovered {
        0 => seen(Standing::InPlace, "Every area has somebody who looks after it."),
        1 => seen(Standing::Partly, "One area has nobody who looks after it."),
        many => seen(Standing::Partly, format!("{many} areas have nobody who looks after them.")),
    };
    vec![
        change(by_model, "Choose a model under which everybody can ask, or open asking.", "/model"),
        change(areas, "Name somebody for each area in the frame of the role.", "/programme/frame"),
    ]
}

fn trust() -> Vec<Sign> {
    vec![
        seen(Standing::InPlace, "What the two say to each other is sealed in their browsers; nobody else opens it."),
        seen(Standing::InPlace, "Lessons that colleagues watch have no outcome here, and no place to write one."),
    ]
}

fn time(set_up: &SetUp) -> Vec<Sign> {
    let hours = format!("{} have hours set aside for the role.", of_them(set_up.with_hours, set_up));
    let hours = seen(share(set_up.with_hours, set_up.practitioners), hours);
    let fits =
        format!("{} have hours enough for what the planner asks of their year.", of_them(set_up.fitting, set_up));
    let fits = seen(share(set_up.fitting, set_up.practitioners), fits);
    vec![
        change(hours, "Give everybody in the role hours of the year.", "/programme/frame"),
        change(fits, "Ask for less or give more, before the year is over.", "/programme/planner"),
    ]
}

fn clear(set_up: &SetUp) -> Vec<Sign> {
    let statement = match set_up.statement {
        None => seen(Standing::NotInPlace, "What the role is for is not published."),
        Some(day) if days_after(day, OLD_STATEMENT) < set_up.today => {
            let says = format!("What the role is for was published on {}, more than two years ago.", date_words(day));
            seen(Standing::Partly, says)
        }
        Some(day) => {
            let says = format!("What the role is for is published to all staff, last on {}.", date_words(day));
            seen(Standing::InPlace, says)
        }
    };
    vec![change(statement, "Read it again with the team, and publish it.", "/programme/frame")]
}

fn leaders(set_up: &SetUp) -> Vec<Sign> {
    let sponsor = match &set_up.sponsor {
        Some(name) => seen(Standing::InPlace, format!("{name} sponsors the programme.")),
        None => seen(Standing::NotInPlace, "No senior leader is named as its sponsor."),
    };
    let review = match &set_up.reviewed {
        None => seen(Standing::NotInPlace, "No review of a term is closed yet."),
        Some((title, day)) if days_after(*day, OLD_REVIEW) < set_up.today => {
            seen(Standing::Partly, format!("The latest is the {}, closed on {}.", lower(title), date_words(*day)))
        }
        Some((title, day)) => {
            seen(Standing::InPlace, format!("The {} was closed on {}.", lower(title), date_words(*day)))
        }
    };
    vec![
        change(sponsor, "Name one, and ask them first.", "/programme/road"),
        change(review, "Hold a review of this term.", "/programme/reviews"),
    ]
}

fn lower(title: &str) -> String {
    let mut letters = title.chars();
    letters.next().map_or_else(String::new, |first| first.to_lowercase().chain(letters).collect())
}

fn teaching(set_up: &SetUp) -> Vec<Sign> {
    let floor = if set_up.has_floor {
        seen(Standing::InPlace, "It is said how much a practitioner goes on teaching at least.")
    } else {
        seen(Standing::NotInPlace, "It is not said how much a practitioner goes on teaching at least.")
    };
    let how = if set_up.has_floor { "go on teaching, and not less than that." } else { "go on teaching." };
    let all = format!("{} {how}", of_them(set_up.teaching, set_up));
    vec![
        change(floor, "Say how many hours of a year at least.", "/programme/frame"),
        change(
            seen(share(set_up.teaching, set_up.practitioners), all),
            "Give less remission, to more colleagues.",
            "/programme/frame",
        ),
    ]
}

fn clash(set_up: &SetUp) -> Vec<Sign> {
    let enough = match set_up.practitioners {
        0 => seen(Standing::NotInPlace, "There is nobody in the role yet."),
        1 => seen(Standing::Partly, format!("There is one {}: nobody else to choose.", set_up.title.one)),
        many => seen(Standing::InPlace, format!("There are {many} {} to choose from.", set_up.title.many)),
    };
    vec![
        seen(
            Standing::InPlace,
            "Whoever asks chooses, can change, and can leave somebody out, without giving a reason.",
        ),
        change(enough, "Bring a second colleague into the role, even with few hours.", "/programme/frame"),
    ]
}

fn managed(set_up: &SetUp) -> Vec<Sign> {
    let required = match set_up.model {
        Model::Developmental => seen(Standing::InPlace, "No line manager can require support."),
        Model::Deficit => seen(Standing::NotInPlace, "Under the deficit model support is what line managers require."),
        model => seen(
            Standing::Partly,
            format!(
                "Under the {} model a line manager can require support, up to {} % of practitioners’ time. It is kept apart from what people ask for.",
                model.words(),
                set_up.ceiling
            ),
        ),
    };
    let line = match (set_up.in_line, set_up.practitioners) {
        (0, _) => seen(Standing::InPlace, "Nobody in the role manages or appraises somebody who teaches."),
        (1, _) => seen(Standing::Partly, "One of those in the role manages or appraises somebody who teaches."),
        (many, _) => {
            seen(Standing::Partly, format!("{many} of those in the role manage or appraise somebody who teaches."))
        }
    };
    vec![
        change(required, "Lower the ceiling, or choose the developmental model.", "/model"),
        change(line, "Give the post or the role to somebody else; the board names whom it is about.", "/programme"),
    ]
}

fn judged() -> Vec<Sign> {
    vec![seen(Standing::InPlace, "Nothing here can put a verdict on a lesson or a person.")]
}

/// Every point with what is seen and answered of it, those that help first (R-REV-1 to R-REV-3).
pub fn look(set_up: &SetUp, answers: &[Answer]) -> Vec<Look> {
    let signs = |point: Point| match point {
        Point::Fits => fits(set_up),
        Point::Everybody => everybody(set_up),
        Point::Trust => trust(),
        Point::Time => time(set_up),
        Point::Clear => clear(set_up),
        Point::Leaders => leaders(set_up),
        Point::Teaching => teaching(set_up),
        Point::Clash => clash(set_up),
        Point::Managed => managed(set_up),
        Point::Chosen => Vec::new(),
        Point::Judged => judged(),
    };
    let questions = |point: Point| Question::ALL.iter().filter(move |question| question.point() == point);
    let one = |point: &Point| Look {
        point: *point,
        signs: signs(*point).into_iter().chain(questions(*point).map(|one| asked(*one, answers))).collect(),
    };
    Point::ALL.iter().map(one).collect()
}
