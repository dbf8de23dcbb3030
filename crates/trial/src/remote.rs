//! A connection to PostgreSQL on a thread of its own, so that a test can ask it wherever it stands.

use std::sync::mpsc::{Receiver, Sender, channel};

use tokio_postgres::types::Type;
use tokio_postgres::{Client, NoTls, Row};

use crate::sql::{Cell, Refused};

/// What a statement gives: how many rows it changed, or the rows, by column.
#[derive(Debug, Default)]
pub struct Answer {
    pub changed: u64,
    pub names: Vec<String>,
    pub rows: Vec<Vec<Cell>>,
}

type Question = (String, Sender<Result<Answer, Refused>>);

#[derive(Debug)]
pub struct Remote(Sender<Question>);

impl Remote {
    pub fn of(url: &str) -> Self {
        let (asks, asked) = channel();
        let url = url.to_owned();
        std::thread::spawn(move || serve(&url, &asked));
        Self(asks)
    }

    pub fn ask(&self, sql: &str) -> Result<Answer, Refused> {
        let (answers, answer) = channel();
        self.0.send((sql.to_owned(), answers)).expect("a connection");
        answer.recv().expect("an answer")
    }
}

fn serve(url: &str, asked: &Receiver<Question>) {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
    runtime.block_on(async {
        let (client, connection) = tokio_postgres::connect(url, NoTls).await.expect("a server");
        let driving = tokio::spawn(connection);
        while let Ok((sql, answers)) = asked.recv() {
            let done = one(&client, &sql).await.map_err(|fault| refused(&fault));
            if answers.send(done).is_err() {
                break;
            }
        }
        drop(client);
        driving.await.expect("closed").expect("closed");
    });
}

async fn one(client: &Client, sql: &str) -> Result<Answer, tokio_postgres::Error> {
    if !sql.trim_start().to_uppercase().starts_with("SELECT") {
        return Ok(Answer { changed: client.execute(sql, &[]).await?, ..Answer::default() });
    }
    let statement = client.prepare(sql).await?;
    let names = statement.columns().iter().map(|column| column.name().to_owned()).collect();
    let rows = client.query(&statement, &[]).await?;
    Ok(Answer { changed: 0, names, rows: rows.iter().map(cells).collect() })
}

fn refused(fault: &tokio_postgres::Error) -> Refused {
    let said = fault.as_db_error().map_or_else(|| fault.to_string(), |said| said.message().to_owned());
    let kind = match fault.code().map(|code| code.code()) {
        Some("23503" | "23001") => "FOREIGN KEY ",
        Some("23505") => "UNIQUE ",
        _ => "",
    };
    Refused(format!("{kind}{said}"))
}

fn cells(row: &Row) -> Vec<Cell> {
    (0..row.len()).map(|at| cell(row, at)).collect()
}

fn cell(row: &Row, at: usize) -> Cell {
    let number = |found: Option<i64>| found.map_or(Cell::Null, Cell::Number);
    let bytes = |found: Option<Vec<u8>>| found.map_or(Cell::Null, Cell::Bytes);
    match *row.columns()[at].type_() {
        Type::BOOL => number(row.get::<_, Option<bool>>(at).map(i64::from)),
        Type::INT2 => number(row.get::<_, Option<i16>>(at).map(i64::from)),
        Type::INT4 => number(row.get::<_, Option<i32>>(at).map(i64::from)),
        Type::INT8 => number(row.get(at)),
        Type::UUID => bytes(row.get::<_, Option<uuid::Uuid>>(at).map(|id| id.as_bytes().to_vec())),
        Type::BYTEA => bytes(row.get(at)),
        Type::TEXT | Type::VARCHAR | Type::NAME => row.get::<_, Option<String>>(at).map_or(Cell::Null, Cell::Text),
        ref other => panic!("no column is a {other}"),
    }
}
