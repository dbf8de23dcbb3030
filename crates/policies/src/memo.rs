//! Answers that depend on the deployment model alone, found once.

use std::sync::OnceLock;

use domain::programme::Model;

use crate::facts::ProgrammeFacts;

/// A value for each model, asking opened or not, sample or not.
#[derive(Debug)]
pub(crate) struct Memo<T> {
    cells: [[[OnceLock<T>; 2]; 2]; Model::ALL.len()],
}

impl<T> Memo<T> {
    pub(crate) fn new() -> Self {
        Self { cells: Default::default() }
    }

    /// The value for this programme, found now if it was not yet.
    pub(crate) fn get(&self, programme: &ProgrammeFacts, find: impl FnOnce() -> T) -> &T {
        let [deficit, developmental, universal, pan_organisational] = &self.cells;
        let [closed, opened] = match programme.model {
            Model::Deficit => deficit,
            Model::Developmental => developmental,
            Model::Universal => universal,
            Model::PanOrganisational => pan_organisational,
        };
        let [real, sample] = if programme.asking_opened { opened } else { closed };
        if programme.sample { sample } else { real }.get_or_init(find)
    }
}
