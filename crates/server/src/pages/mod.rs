//! The pages: parse, call an action, show. One file a feature.

pub mod accessibility;
pub mod account;
pub mod board;
pub mod directory;
pub mod home;
pub mod hours;
pub mod kit;
pub mod layout;
pub mod log;
pub mod looked;
pub mod links;
pub mod people;
pub mod practice;
pub mod promise;
pub mod sample;
pub mod session;
pub mod set_up;
pub mod support;
pub mod support_form;
pub mod thread_forms;
pub mod thread_view;
pub mod threads;
pub mod week;
pub mod year;
pub mod year_form;
