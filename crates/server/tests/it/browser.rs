//! A browser without scripts: keeps cookies, fills forms, and complains about every page that lacks what pages owe.

use std::collections::BTreeMap;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{Request, header};
use tower::ServiceExt;

use crate::owed;
use crate::page::{Form, Page};

/// A browser.
#[derive(Clone)]
pub struct Browser {
    router: Router,
    checks: bool,
    pub cookies: BTreeMap<String, String>,
}

impl Browser {
    pub fn new(router: Router) -> Self {
        Self { router, checks: true, cookies: BTreeMap::new() }
    }

    /// The same browser, that no longer checks what pages owe: for very many pages that are checked elsewhere.
    pub fn trusting(self) -> Self {
        Self { checks: false, ..self }
    }

    /// Sends a request as it is, with the cookies.
    pub async fn request(&mut self, request: axum::http::request::Builder, body: Body) -> Page {
        let cookies: Vec<String> = self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
        let request = request.header(header::COOKIE, cookies.join("; ")).body(body).unwrap();
        let path = format!("{} {}", request.method(), request.uri());
        let response = self.router.clone().oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        let headers: Vec<(String, String)> = parts
            .headers
            .iter()
            .map(|(name, value)| (name.to_string(), value.to_str().unwrap().to_owned()))
            .filter(|(name, _)| name != "date")
            .collect();
        for (_, cookie) in headers.iter().filter(|(name, _)| name == "set-cookie") {
            let (pair, rest) = cookie.split_once(';').unwrap();
            let (name, value) = pair.split_once('=').unwrap();
            if rest.contains("Max-Age=0") {
                self.cookies.remove(name);
            } else {
                self.cookies.insert(name.to_owned(), value.to_owned());
            }
        }
        let bytes = to_bytes(body, usize::MAX).await.unwrap().to_vec();
        let page = Page { path, status: parts.status.as_u16(), headers, bytes };
        let faults = if self.checks { owed::faults(&page) } else { Vec::new() };
        assert!(faults.is_empty(), "{} {}: {faults:#?}", page.path, page.status);
        page
    }

    /// Opens an address.
    pub async fn get(&mut self, path: &str) -> Page {
        self.request(Request::get(path), Body::empty()).await
    }

    /// Sends fields.
    pub async fn post(&mut self, path: &str, fields: &[(String, String)]) -> Page {
        let body: Vec<String> =
            fields.iter().map(|(name, value)| format!("{}={}", coded(name), coded(value))).collect();
        let request = Request::post(path).header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
        self.request(request, Body::from(body.join("&"))).await
    }

    /// Sends a form.
    pub async fn send(&mut self, form: &Form) -> Page {
        self.post(&form.action, &form.fields).await
    }

    /// Goes where an answer leads.
    pub async fn follow(&mut self, answer: Page) -> Page {
        answer.is(303);
        let place = answer.header("location").unwrap().to_owned();
        self.get(&place).await
    }

    /// Sends a form that is taken, and looks at the page it leads to.
    pub async fn does(&mut self, form: &Form) -> Page {
        let answer = self.send(form).await;
        self.follow(answer).await
    }

    /// Sends fields to an address as if from one of our pages, whether or not a page offers it.
    pub async fn forge(&mut self, path: &str, fields: &[(&str, &str)]) -> Page {
        let csrf = self.csrf().await;
        let mut all = vec![("csrf".to_owned(), csrf)];
        all.extend(fields.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())));
        self.post(path, &all).await
    }

    /// The session's token.
    pub async fn csrf(&mut self) -> String {
        let account = self.get("/account").await;
        account.form("/sign-out").get("csrf").unwrap().to_owned()
    }
}

/// As a form codes it.
pub fn coded(text: &str) -> String {
    let byte = |byte: u8| match byte {
        b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' => char::from(byte).to_string(),
        b' ' => "+".to_owned(),
        other => format!("%{other:02X}"),
    };
    text.bytes().map(byte).collect()
}
