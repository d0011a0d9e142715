//! The administration over HTTP.

mod document;
