//! The release book.
