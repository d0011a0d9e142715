//! What is said on a connection, byte by byte.

use std::{
    io::{Read, Write},
    net::{Shutdown, TcpStream},
};

/// A connection to a server.
pub(crate) fn connected(url: &str) -> TcpStream {
    TcpStream::connect(url.trim_start_matches("http://")).unwrap()
}

/// Sends these bytes, perhaps says that no more come, and reads what is answered.
pub(crate) fn spoken(url: &str, sent: &[u8], ended: bool) -> String {
    let mut stream = connected(url);
    stream.write_all(sent).unwrap();
    if ended {
        stream.shutdown(Shutdown::Write).unwrap();
    }
    let mut answer = Vec::new();
    // Where the server hangs up at once, there is nothing to read.
    let _ = stream.read_to_end(&mut answer);
    String::from_utf8_lossy(&answer).into_owned()
}
