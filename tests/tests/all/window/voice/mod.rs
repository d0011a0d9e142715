//! Talks by voice in the real window: the program's own sound, on a sound server without hardware, with the local endpoint as the service.

mod echo;
mod line;
mod refused;
mod talk;
mod unplugged;
mod whole;
