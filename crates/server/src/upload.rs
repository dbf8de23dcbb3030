//! A form with a file (multipart/form-data), read once and never larger than the route allows.

use axum::body::Bytes;
use axum::extract::multipart::MultipartError;
use axum::extract::{FromRequest, Multipart, Request};
use axum::http::StatusCode;

use crate::error::Problem;
use crate::forms::{Fields, is_ours};
use crate::routes::App;
use crate::visit::Visit;

/// A file that came with a form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct File {
    /// What it is called there, without folders.
    pub name: String,
    /// What is in it.
    pub bytes: Bytes,
}

const NO_FORM: Problem = Problem::Unreadable(
    StatusCode::BAD_REQUEST,
    "Your browser sent something that is not a form of ours. Nothing was done. Go back, load the page again and send it once more.",
);

/// Reads the fields and the first file that is not empty.
///
/// # Errors
/// A body that is too large, or no such form.
pub async fn upload<S: Send + Sync>(request: Request, state: &S) -> Result<(Fields, Option<File>), Problem> {
    let mut form = Multipart::from_request(request, state).await.map_err(|_| NO_FORM)?;
    let (mut fields, mut file) = (Vec::new(), None);
    while let Some(part) = form.next_field().await.map_err(unreadable)? {
        let name = part.name().unwrap_or_default().to_owned();
        let called = part.file_name().map(str::to_owned);
        let bytes = part.bytes().await.map_err(unreadable)?;
        match called {
            Some(called) if !bytes.is_empty() && file.is_none() => {
                let name = called.rsplit(['/', '\\']).next().unwrap_or_default().to_owned();
                file = Some(File { name, bytes });
            }
            Some(_) => {}
            None => fields.push((name, String::from_utf8_lossy(&bytes).into_owned())),
        }
    }
    Ok((Fields::of(fields), file))
}

/// A sealed file of ten megabytes, in base64, and the form around it.
pub const MOST_SEALED: usize = 16 * 1024 * 1024;

/// A form with a sealed file, sent by somebody who is signed in, from one of our pages.
#[derive(Debug)]
pub struct Uploaded {
    /// Who.
    pub visit: Visit,
    /// The fields beside the file.
    pub fields: Fields,
    /// The file, if one came.
    pub file: Option<File>,
}

impl FromRequest<App> for Uploaded {
    type Rejection = Problem;

    async fn from_request(request: Request, app: &App) -> Result<Self, Problem> {
        let (mut parts, body) = request.into_parts();
        let visit = Visit::of(&mut parts, app).await?;
        let read = upload(Request::from_parts(parts, body), app).await;
        let (fields, file) = read.map_err(|problem| match problem {
            Problem::Unreadable(StatusCode::PAYLOAD_TOO_LARGE, _) => Problem::Unreadable(
                StatusCode::PAYLOAD_TOO_LARGE,
                "That file is larger than 10 MB. Nothing was sent. Send a smaller one, or a link to it.",
            ),
            other => other,
        })?;
        if is_ours(&visit, &fields) { Ok(Self { visit, fields, file }) } else { Err(Problem::Foreign) }
    }
}

#[expect(clippy::needless_pass_by_value, reason = "used where a fault is mapped")]
fn unreadable(fault: MultipartError) -> Problem {
    if fault.status() != StatusCode::PAYLOAD_TOO_LARGE {
        return NO_FORM;
    }
    Problem::Unreadable(
        StatusCode::PAYLOAD_TOO_LARGE,
        "That file is larger than 20 MB. Nothing was done. Go back, delete pictures and other sheets or save it as CSV, and send it again.",
    )
}

#[cfg(test)]
mod tests {
    use axum::body::Body;
    use axum::http::header::CONTENT_TYPE;

    use super::*;

    async fn read(body: &str) -> Result<(Fields, Option<File>), Problem> {
        let request = Request::builder().header(CONTENT_TYPE, "multipart/form-data; boundary=x1");
        upload(request.body(Body::from(body.to_owned())).expect("a request"), &()).await
    }

    #[tokio::test]
    async fn fields_and_a_file_are_told_apart() {
        let body = "--x1\r\nContent-Disposition: form-data; name=\"csrf\"\r\n\r\nabc\r\n--x1\r\n\
                    Content-Disposition: form-data; name=\"file\"; filename=\"lists/staff.csv\"\r\n\
                    Content-Type: text/csv\r\n\r\nName,E-mail\r\n--x\r\nNg,ng@college.example\r\n--x1--\r\n";
        let (fields, file) = read(body).await.expect("read");
        let file = file.expect("a file");
        assert_eq!((fields.one("csrf"), file.name.as_str()), ("abc", "staff.csv"));
        assert_eq!(&file.bytes[..], b"Name,E-mail\r\n--x\r\nNg,ng@college.example");
    }

    #[tokio::test]
    async fn no_file_chosen_is_no_file_and_half_a_form_is_none() {
        let empty = "--x1\r\nContent-Disposition: form-data; name=\"file\"; filename=\"\"\r\n\r\n\r\n--x1--\r\n";
        assert_eq!(read(empty).await.expect("read").1, None);
        for broken in ["", "--x1", "--x1\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\nabc"] {
            let refused = read(broken).await;
            assert!(matches!(refused, Err(Problem::Unreadable(StatusCode::BAD_REQUEST, _))), "{broken:?}");
        }
    }
}
