//! What those who came say of a session: a number for each choice, never a row for an answer. Rules R-SES-17 to R-SES-19.

use std::collections::BTreeMap;

use domain::ids::{PersonId, TrainingId};
use domain::training_said::{Choice, Counts, Own, Said, Statement};
use jiff::Timestamp;
use policies::acts::{AnswerTraining, SeeOwnTrainings, SeeTrainings};
use policies::permit::Permit;
use uuid::Uuid;

use crate::db::{Db, Fault, id, of, seconds};
use crate::row::row;

row! {
    struct OwnRow {
        training: Uuid,
        came: bool,
        said: bool,
    }
}

impl OwnRow {
    const fn own(&self) -> Own {
        Own { came: self.came, said: self.said }
    }
}

/// How somebody stands to each session they came to, or have said something of.
///
/// # Errors
/// A fault of the database.
pub async fn every(db: &Db, permit: &Permit<SeeOwnTrainings>) -> Result<BTreeMap<TrainingId, Own>, Fault> {
    let sql = "SELECT training, came, said FROM attendance WHERE institution = $1 AND person = $2 AND (came OR said)";
    let rows = db.all::<OwnRow, 2>(sql, [of(permit.institution()), id(permit.key())]).await?;
    Ok(rows.into_iter().map(|row| (TrainingId(row.training), row.own())).collect())
}

/// The same of one session, inside the unit of work that answers.
///
/// # Errors
/// A fault of the database.
pub async fn own(db: &Db, permit: &Permit<AnswerTraining>, person: PersonId) -> Result<Own, Fault> {
    let sql = "SELECT training, came, said FROM attendance WHERE institution = $1 AND training = $2 AND person = $3";
    let row = db.first::<OwnRow, 3>(sql, [of(permit.institution()), id(permit.key()), id(person)]).await?;
    Ok(row.map(|row| row.own()).unwrap_or_default())
}

/// Counts what somebody says, and that they have said it. All numbers of a session are made at once, so that the order of rows says
/// nothing.
///
/// # Errors
/// A fault of the database.
pub async fn say(db: &Db, permit: &Permit<AnswerTraining>, (person, said): (PersonId, &Said)) -> Result<(), Fault> {
    let (institution, training) = (of(permit.institution()), id(permit.key()));
    let fresh = "INSERT INTO training_said (institution, training, statement, choice, times) VALUES ($1, $2, $3, $4, 0) \
                 ON CONFLICT DO NOTHING";
    for statement in Statement::ALL {
        for choice in Choice::ALL {
            let values = [institution.clone(), training.clone(), statement.code().into(), choice.code().into()];
            db.run(fresh, values).await?;
        }
    }
    let count = "UPDATE training_said SET times = times + 1 \
                 WHERE institution = $1 AND training = $2 AND statement = $3 AND choice = $4";
    for (statement, choice) in said.choices() {
        let values = [institution.clone(), training.clone(), statement.code().into(), choice.code().into()];
        db.run(count, values).await?;
    }
    let sql = "UPDATE attendance SET said = TRUE WHERE institution = $1 AND training = $2 AND person = $3";
    db.run(sql, [institution, training, id(person)]).await.map(drop)
}

row! {
    struct CountRow {
        statement: String,
        choice: String,
        times: i64,
    }
}

/// What was said of a session that ended before `ended_before`, in the order of the statements. Of any other, nothing is read.
///
/// # Errors
/// A fault of the database.
pub async fn counted(
    db: &Db,
    permit: &Permit<SeeTrainings>,
    (training, ended_before): (TrainingId, Timestamp),
) -> Result<Vec<(Statement, Counts)>, Fault> {
    let sql = "SELECT s.statement, s.choice, s.times FROM training t \
               JOIN training_said s ON s.institution = t.institution AND s.training = t.id \
               WHERE t.institution = $1 AND t.id = $2 AND t.starts_at + t.length * 60 <= $3";
    let rows = db.all::<CountRow, 3>(sql, [of(permit.institution()), id(training), seconds(ended_before)]).await?;
    let mut all: Vec<(Statement, Counts)> = Statement::ALL.iter().map(|one| (*one, Counts::default())).collect();
    for row in rows {
        let choice = Choice::from_code(&row.choice).ok_or(Fault::Unreadable("choice"))?;
        let times = u64::try_from(row.times).map_err(|_| Fault::Unreadable("times"))?;
        for (statement, counts) in &mut all {
            if statement.code() == row.statement {
                counts.add(choice, times);
            }
        }
    }
    Ok(all)
}
