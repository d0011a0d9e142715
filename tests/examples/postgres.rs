//! A PostgreSQL of one's own for as long as this runs: prints where it is, and ends when its standard input does.
#![allow(clippy::print_stdout, reason = "a program of the command line")]

use std::io::{self, Read};

use sellme_tests::postgres::Postgres;

fn main() -> io::Result<()> {
    let postgres = Postgres::start();
    println!("{}", postgres.url());
    io::stdin().read_to_end(&mut Vec::new())?;
    drop(postgres);
    Ok(())
}
