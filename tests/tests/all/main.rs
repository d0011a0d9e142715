//! What crosses packages: the programs, the company’s server, faults, the dependency arrows, the real window.

mod arrows;
mod catalog;
mod cli;
mod company;
mod deleted;
mod killed;
mod luck;
mod postgres;
mod practice;
mod reps;
mod score;
mod secrets;
mod shipping;
mod states;
mod typed;
mod window;
