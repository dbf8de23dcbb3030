//! A form with a file (multipart/form-data), read once and never larger than the route allows.

use axum::body::Bytes;
use axum::extract::{FromRequest, Request};
use axum::http::header::CONTENT_TYPE;
use axum::http::{HeaderMap, StatusCode};

use crate::error::Problem;
use crate::forms::Fields;

/// A file that came with a form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct File {
    /// What it is called there, without folders.
    pub name: String,
    /// What is in it.
    pub bytes: Bytes,
}

/// Reads the fields and the first file that is not empty.
///
/// # Errors
/// A body that is too large, or no such form.
pub async fn upload<S: Send + Sync>(request: Request, state: &S) -> Result<(Fields, Option<File>), Problem> {
    const NO_FORM: Problem = Problem::Unreadable(
        StatusCode::BAD_REQUEST,
        "Your browser sent something that is not a form of ours. Nothing was done. Go back, load the page again and send it once more.",
    );
    let mark = boundary(request.headers()).ok_or(NO_FORM)?;
    let body = Bytes::from_request(request, state).await.map_err(|_| {
        Problem::Unreadable(
            StatusCode::PAYLOAD_TOO_LARGE,
            "That file is larger than 20 MB. Nothing was done. Go back, delete pictures and other sheets or save it as CSV, and send it again.",
        )
    })?;
    parts(&body, &mark).ok_or(NO_FORM)
}

fn boundary(headers: &HeaderMap) -> Option<String> {
    let kind = headers.get(CONTENT_TYPE)?.to_str().ok()?;
    let rest = kind.strip_prefix("multipart/form-data")?;
    let mark = rest.split(';').find_map(|part| part.trim().strip_prefix("boundary="))?.trim_matches('"');
    (!mark.is_empty() && mark.len() <= 70).then(|| mark.to_owned())
}

fn parts(body: &Bytes, mark: &str) -> Option<(Fields, Option<File>)> {
    let (first, between) = (format!("--{mark}"), format!("\r\n--{mark}"));
    let mut at = find(body, first.as_bytes(), 0)? + first.len();
    let (mut fields, mut file) = (Vec::new(), None);
    while !body.get(at..)?.starts_with(b"--") {
        let head = at + 2;
        let end_of_head = find(body, b"\r\n\r\n", at)?;
        let from = end_of_head + 4;
        let to = find(body, between.as_bytes(), end_of_head + 2)?;
        // A part without a body: the blank line that ends its head begins the next mark.
        let content = if to < from { body.slice(0..0) } else { body.slice(from..to) };
        let head = String::from_utf8_lossy(body.get(head..end_of_head.max(head))?).into_owned();
        let name = parameter(&head, "name")?;
        match parameter(&head, "filename") {
            Some(called) if !content.is_empty() && file.is_none() => {
                let called = called.rsplit(['/', '\\']).next().unwrap_or_default().to_owned();
                file = Some(File { name: called, bytes: content });
            }
            Some(_) => {}
            None => fields.push((name, String::from_utf8_lossy(&content).into_owned())),
        }
        at = to + between.len();
    }
    Some((Fields::of(fields), file))
}

/// `name="value"` of the line that says what a part is.
fn parameter(head: &str, wanted: &str) -> Option<String> {
    let lower = |line: &&str| line.to_ascii_lowercase().starts_with("content-disposition:");
    let line = head.lines().find(lower)?;
    let after = line.split_once(&format!("; {wanted}=\""))?.1;
    let value = after.split_once('"')?.0;
    Some(value.replace("%22", "\""))
}

fn find(body: &[u8], wanted: &[u8], from: usize) -> Option<usize> {
    let first = *wanted.first()?;
    let mut at = from;
    loop {
        let next = body.get(at..)?.iter().position(|byte| *byte == first)? + at;
        if body.get(next..)?.starts_with(wanted) {
            return Some(next);
        }
        at = next + 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(body: &str) -> Option<(Fields, Option<File>)> {
        parts(&Bytes::copy_from_slice(body.as_bytes()), "x1")
    }

    #[test]
    fn fields_and_a_file_are_told_apart() {
        let body = "--x1\r\nContent-Disposition: form-data; name=\"csrf\"\r\n\r\nabc\r\n--x1\r\n\
                    Content-Disposition: form-data; name=\"file\"; filename=\"C:\\\\lists\\\\staff.csv\"\r\n\
                    Content-Type: text/csv\r\n\r\nName,E-mail\r\n--x\r\nNg,ng@college.example\r\n--x1--\r\n";
        let (fields, file) = read(body).expect("read");
        let file = file.expect("a file");
        assert_eq!((fields.one("csrf"), file.name.as_str()), ("abc", "staff.csv"));
        assert_eq!(&file.bytes[..], b"Name,E-mail\r\n--x\r\nNg,ng@college.example");
    }

    #[test]
    fn no_file_chosen_is_no_file_and_half_a_form_is_none() {
        let empty = "--x1\r\nContent-Disposition: form-data; name=\"file\"; filename=\"\"\r\n\r\n\r\n--x1--";
        assert_eq!(read(empty).expect("read").1, None);
        for broken in [
            "",
            "--x1",
            "--x1\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\nabc",
            "--x1\r\nabc\r\n\r\n\r\n--x1--",
        ] {
            assert!(read(broken).is_none(), "{broken:?}");
        }
    }
}
