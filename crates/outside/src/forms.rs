//! What browsers send: forms, what stands behind the question mark, and forms with a file.

use std::pin::pin;
use std::task::{Context, Poll, Waker};

use axum::body::Body;
use axum::extract::{FromRequestParts as _, Request};
use axum::http::header::CONTENT_TYPE;
use domain::ids::ThreadId;
use server::forms::{self, Fields, Question};
use server::upload;

use crate::text;

/// What a future comes to that waits for nobody outside; nothing if it goes on waiting.
fn at_once<T>(future: impl Future<Output = T>) -> Option<T> {
    let mut future = pin!(future);
    (0..1000).find_map(|_| match future.as_mut().poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(value) => Some(value),
        Poll::Pending => None,
    })
}

fn look(fields: &Fields, name: &str) {
    let one = fields.one(name);
    assert_eq!(one, one.trim());
    assert!(fields.all(name).all(|value| !value.is_empty()));
    assert!(fields.read_all::<ThreadId>(name).len() <= fields.all(name).count());
    assert_eq!(fields.ticked(name), !one.is_empty());
}

/// Bytes as the body of a form, and as what stands behind a question mark.
pub fn fields(bytes: &[u8]) {
    let request = Request::builder()
        .method("POST")
        .header(CONTENT_TYPE, "application/x-www-form-urlencoded")
        .body(Body::from(bytes.to_vec()));
    let Ok(request) = request else { return };
    let read = at_once(forms::fields(request, &()));
    assert!(read.is_some(), "a body that is there keeps nobody waiting");
    if let Some(Ok(fields)) = read {
        ["csrf", "a", ""].iter().for_each(|name| look(&fields, name));
    }
    let Ok(request) = Request::builder().uri(format!("/week?{}", text(bytes))).body(Body::empty()) else { return };
    let (mut parts, _) = request.into_parts();
    if let Some(Ok(Question(fields))) = at_once(Question::from_request_parts(&mut parts, &())) {
        ["week", "a", ""].iter().for_each(|name| look(&fields, name));
    }
}

/// The first line as the kind of a body, the rest as the body.
pub fn uploads(bytes: &[u8]) {
    let line = bytes.iter().position(|byte| *byte == b'\n').unwrap_or(0);
    let (kind, body) = bytes.split_at(line);
    let body = body.get(1..).unwrap_or_default();
    for kind in [text(kind).as_ref(), "multipart/form-data; boundary=x1"] {
        let request = Request::builder().method("POST").header(CONTENT_TYPE, kind).body(Body::from(body.to_vec()));
        // A kind that is no value of a header never gets this far.
        let Ok(request) = request else { continue };
        let read = at_once(upload::upload(request, &()));
        assert!(read.is_some(), "a body that is there keeps nobody waiting");
        if let Some(Ok((fields, file))) = read {
            look(&fields, "csrf");
            if let Some(file) = file {
                assert!(!file.name.contains(['/', '\\']) && !file.bytes.is_empty() && file.bytes.len() <= body.len());
            }
        }
    }
}
