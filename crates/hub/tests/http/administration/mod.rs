//! The administration over HTTP.

mod devices;
mod document;
mod exports;
mod import;
mod invitations;
mod people;
mod permits;
mod stores;
