//! Two people in a thread, each with keys that a browser would have made.

use actions::desk::Stop;
use actions::grants;
use actions::keys::{self, NewKeys};
use actions::words::{self, NewItem, WordsRefused};
use domain::ids::{ItemId, PersonId, ThreadId};
use trial::Maker;
use uuid::Uuid;

use crate::college::College;

pub async fn keyed(college: &College, who: PersonId) -> Maker {
    let maker = Maker::new(&who.to_string());
    keys::make(&college.desk(), who, &new_keys(&maker, &["words"])).await.expect("made");
    maker
}

pub fn new_keys(maker: &Maker, slots: &[&str]) -> NewKeys {
    NewKeys {
        kid: maker.kid(),
        sealing: maker.sealing.text(),
        signing: maker.signing.text(),
        vault: maker.vault(),
        slots: slots.iter().map(|name| ((*name).to_owned(), maker.slot(name))).collect(),
    }
}

/// Sam and Priya in a thread, each with keys.
pub struct Two {
    pub college: College,
    pub sam: PersonId,
    pub priya: PersonId,
    pub thread: ThreadId,
    pub sams: Maker,
    pub priyas: Maker,
}

impl Two {
    pub async fn new() -> Self {
        let college = College::new().await;
        let (sam, priya) = (college.who("Sam Okafor").await, college.who("Priya Nair").await);
        let thread = college.ask(sam, priya).await;
        let (sams, priyas) = (keyed(&college, sam).await, keyed(&college, priya).await);
        Self { college, sam, priya, thread, sams, priyas }
    }

    pub fn grants(&self) -> Vec<String> {
        self.grants_of(0)
    }

    pub fn grants_of(&self, epoch: i64) -> Vec<String> {
        let thread = self.thread.to_string();
        [self.sams.kid(), self.priyas.kid()].iter().map(|kid| self.sams.grant((&thread, epoch), kid)).collect()
    }

    pub async fn granted(&self) {
        grants::grant(&self.college.desk(), (self.sam, self.thread), (0, &self.grants())).await.expect("granted");
    }

    pub fn item(&self, by: &Maker, (id, rev): (u128, i64)) -> NewItem {
        self.item_of("message", by, (id, rev), 0)
    }

    pub fn item_of(&self, kind: &str, by: &Maker, (id, rev): (u128, i64), epoch: i64) -> NewItem {
        let id = ItemId(Uuid::from_u128(id));
        let sealed = by.note_of(kind, &self.thread.to_string(), (&id.to_string(), rev), (epoch, 512));
        NewItem { id, rev, epoch, kind: kind.to_owned(), sealed }
    }

    pub async fn say(&self, who: PersonId, new: &NewItem) -> Result<bool, WordsRefused> {
        match words::say(&self.college.desk(), (who, self.thread), new).await {
            Ok((_, fresh)) => Ok(fresh),
            Err(Stop::Refused(refused)) => Err(refused),
            Err(other) => panic!("{other:?}"),
        }
    }
}
