//! A document as PDF: set by typst from one template, which reads the document as data. Nothing is read from a disc or a network.

use std::sync::LazyLock;

use typst::comemo;
use typst::diag::{FileError, FileResult, SourceDiagnostic};
use typst::foundations::{Bytes, Datetime, Duration, Smart};
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Library, LibraryExt, World};
use typst_kit::fonts::{FontStore, embedded};
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards};

use crate::Document;

/// The template; it reads the document as data, so that no words can be taken for markup (R-DOC-4).
const TEMPLATE: &str = include_str!("template.typ");

/// A document that could not be set. It is our mistake: any words can be set.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the document could not be set: {0}")]
pub struct Unset(String);

/// What every document shares.
struct Shared {
    library: LazyHash<Library>,
    fonts: FontStore,
    template: Source,
    data: FileId,
}

/// The fonts are those that typst brings along.
static SHARED: LazyLock<Result<Shared, Unset>> = LazyLock::new(|| {
    let mut fonts = FontStore::new();
    // The serif ones are what the template asks for; the others have letters that those lack, Arabic ones among them.
    fonts.extend(embedded().filter(|(_, info)| !info.family.contains("Math")));
    Ok(Shared {
        library: LazyHash::new(Library::default()),
        fonts,
        template: Source::new(file("document.typ")?, TEMPLATE.to_owned()),
        data: file("document.json")?,
    })
});

fn file(name: &str) -> Result<FileId, Unset> {
    let path = VirtualPath::new(name).map_err(|error| Unset(error.to_string()))?;
    Ok(FileId::new(RootedPath::new(VirtualRoot::Project, path)))
}

/// The world of one document: the template and the data.
struct Sheet<'a> {
    shared: &'a Shared,
    data: Bytes,
}

impl World for Sheet<'_> {
    fn library(&self) -> &LazyHash<Library> {
        &self.shared.library
    }

    fn book(&self) -> &LazyHash<FontBook> {
        self.shared.fonts.book()
    }

    fn main(&self) -> FileId {
        self.shared.template.id()
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        if id == self.main() { Ok(self.shared.template.clone()) } else { Err(FileError::AccessDenied) }
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        if id == self.shared.data { Ok(self.data.clone()) } else { Err(FileError::AccessDenied) }
    }

    fn font(&self, index: usize) -> Option<Font> {
        self.shared.fonts.font(index)
    }

    fn today(&self, _: Option<Duration>) -> Option<Datetime> {
        None
    }
}

fn why(errors: impl IntoIterator<Item = SourceDiagnostic>) -> Unset {
    Unset(errors.into_iter().next().map_or_else(String::new, |error| error.message.to_string()))
}

/// The document as PDF/UA-1: tagged, with its title and language (R-DOC-2); the same document gives the same bytes (R-DOC-3).
/// With a letter that no typeface here has it is tagged all the same, and only not called PDF/UA. It takes tens of milliseconds: do it beside the pages, not between them.
///
/// # Errors
/// When the template is wrong.
pub fn pdf(document: &Document) -> Result<Vec<u8>, Unset> {
    let shared = SHARED.as_ref().map_err(Clone::clone)?;
    let data = serde_json::to_vec(document).map_err(|error| Unset(error.to_string()))?;
    let sheet = Sheet { shared, data: Bytes::new(data) };
    let set = typst::compile::<PagedDocument>(&sheet).output.map_err(why);
    let made = set.and_then(|set| {
        let strict = PdfStandards::new(&[PdfStandard::Ua_1]).map_err(|error| Unset(error.message().to_string()))?;
        let written = |standards| {
            let options = PdfOptions {
                ident: Smart::Custom(format!("{} {}", document.of, document.title)),
                creator: Smart::Custom(Some("Alongside".to_owned())),
                standards,
                ..PdfOptions::default()
            };
            typst_pdf::pdf(&set, &options).map_err(why)
        };
        match written(strict) {
            Err(Unset(why)) if why.contains("could not be displayed") => written(PdfStandards::default()),
            made => made,
        }
    });
    // What was set is kept nowhere: the next reader's document is another one.
    comemo::evict(0);
    made
}
