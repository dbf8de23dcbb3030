//! The browser side of Alongside: fonts, style sheet, pictures and small modules, built from `web/` and the npm lock
//! file, named by their hash and embedded. A path never changes its content, so a server may have it cached for ever.

/// One file a page may link to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Asset {
    /// Its name without the hash, for example `app.css`.
    pub name: &'static str,
    /// Where the server must offer it, for example `/assets/app-5HQ2X7KD.css`.
    pub path: &'static str,
    /// The `Content-Type` to send.
    pub content_type: &'static str,
    /// The bytes as they are.
    pub raw: &'static [u8],
    /// The same bytes in gzip; empty where that saves nothing (fonts).
    pub gzip: &'static [u8],
    /// For the attribute `integrity`, for example `sha256-…`.
    pub integrity: &'static str,
}

/// Every asset, ordered by name. Empty only in a debug build made without Node.
pub static ALL: &[Asset] = include!(concat!(env!("OUT_DIR"), "/table.rs"));

/// The asset served at `path` (with the leading `/assets/`).
#[must_use]
pub fn by_path(path: &str) -> Option<&'static Asset> {
    ALL.iter().find(|asset| asset.path == path)
}

/// The asset with this name, without a hash: `app.css`, `font-licence.txt`.
#[must_use]
pub fn by_name(name: &str) -> Option<&'static Asset> {
    ALL.iter().find(|asset| asset.name == name)
}

/// The style sheet of every page.
#[must_use]
pub fn style() -> Option<&'static Asset> {
    by_name("app.css")
}

/// The module of every page, for `<script type="module">`.
#[must_use]
pub fn script() -> Option<&'static Asset> {
    by_name("app.js")
}

/// The two boats for dark ground, as in the top bar.
#[must_use]
pub fn logo() -> Option<&'static Asset> {
    by_name("logo.svg")
}

/// The two boats on their own ground, for the browser's tab.
#[must_use]
pub fn favicon() -> Option<&'static Asset> {
    by_name("favicon.svg")
}

/// The upright font for Latin text, for `<link rel="preload" as="font" crossorigin>`: nearly every page needs it.
#[must_use]
pub fn font() -> Option<&'static Asset> {
    by_name("atkinson-hyperlegible-next-latin-wght-normal.woff2")
}

#[cfg(test)]
mod tests;
