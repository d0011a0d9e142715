//! The sockets of a connection, with what goes wrong on purpose.

use std::{
    collections::VecDeque,
    future::poll_fn,
    io,
    net::{IpAddr, SocketAddr},
    task::{Context, Poll},
};

use tokio::{
    io::ReadBuf,
    net::UdpSocket,
    time::{Instant, sleep_until},
};

use super::Faults;

/// The longest packet that is read, in bytes.
const LONGEST: usize = 2048;
/// The most packets that wait for a delay to pass; a real line drops what is too much as well.
const MOST_WAITING: usize = 4096;

/// A packet as it came.
pub(super) struct Received {
    /// Whence.
    pub(super) source: SocketAddr,
    /// The own address that it came to.
    pub(super) destination: SocketAddr,
    /// What it holds.
    pub(super) contents: Vec<u8>,
}

struct Waiting {
    due: Instant,
    source: SocketAddr,
    destination: SocketAddr,
    contents: Vec<u8>,
}

/// The sockets of a connection.
pub(super) struct Network {
    sockets: Vec<(SocketAddr, UdpSocket)>,
    faults: Faults,
    waiting: VecDeque<Waiting>,
    next: usize,
}

impl Network {
    pub(super) fn new(faults: Faults) -> Self {
        Self { sockets: Vec::new(), faults, waiting: VecDeque::new(), next: 0 }
    }

    /// Opens a socket on an own address, unless there is one. Gives back where it is reached.
    pub(super) async fn bind(&mut self, address: IpAddr) -> io::Result<Option<SocketAddr>> {
        if self.sockets.iter().any(|(own, _)| own.ip() == address) {
            return Ok(None);
        }
        let socket = UdpSocket::bind((address, 0)).await?;
        // A new socket takes nothing until the runtime has looked at it, and the first packet of a call would be lost: it comes again only after 250 ms.
        socket.writable().await?;
        let own = socket.local_addr()?;
        self.sockets.push((own, socket));
        Ok(Some(own))
    }

    /// Sends a packet, or lets it wait. A packet that cannot be sent is lost, as on any line.
    pub(super) fn send(&mut self, source: SocketAddr, destination: SocketAddr, contents: Vec<u8>) {
        if self.faults.swallows() {
            return;
        }
        let lateness = self.faults.lateness();
        if lateness.is_zero() && self.waiting.is_empty() {
            self.send_now(source, destination, &contents);
        } else if self.waiting.len() < MOST_WAITING {
            self.waiting.push_back(Waiting { due: Instant::now() + lateness, source, destination, contents });
        }
    }

    fn send_now(&self, source: SocketAddr, destination: SocketAddr, contents: &[u8]) {
        let found = self.sockets.iter().find(|(own, _)| *own == source);
        if let Some((_, socket)) = found
            && let Err(error) = socket.try_send_to(contents, destination)
        {
            tracing::trace!(kind = ?error.kind(), "a packet was not sent");
        }
    }

    /// Sends what has waited long enough.
    pub(super) fn send_due(&mut self, now: Instant) {
        while self.waiting.front().is_some_and(|first| first.due <= now) {
            if let Some(first) = self.waiting.pop_front() {
                self.send_now(first.source, first.destination, &first.contents);
            }
        }
    }

    /// When the next packet has waited long enough.
    pub(super) fn due(&self) -> Option<Instant> {
        self.waiting.front().map(|first| first.due)
    }

    /// The next packet that passes, or none when it is `until`.
    pub(super) async fn receive(&mut self, until: Instant) -> Option<Received> {
        tokio::select! {
            biased;
            received = poll_fn(|context| self.poll(context)) => Some(received),
            () = sleep_until(until) => None,
        }
    }

    /// Looks at the sockets in turn, so that a busy one does not hide the others.
    fn poll(&mut self, context: &mut Context<'_>) -> Poll<Received> {
        for step in 0..self.sockets.len() {
            let at = (self.next + step) % self.sockets.len();
            let Some((own, socket)) = self.sockets.get(at) else { continue };
            let mut bytes = [0; LONGEST];
            // An error of a socket is about a packet sent earlier ("port unreachable"): the next read is a new one.
            for _ in 0..MOST_WAITING {
                let mut buffer = ReadBuf::new(&mut bytes);
                match socket.poll_recv_from(context, &mut buffer) {
                    Poll::Pending => break,
                    Poll::Ready(Ok(source)) if !self.faults.swallows() => {
                        self.next = at + 1;
                        return Poll::Ready(Received { source, destination: *own, contents: buffer.filled().to_vec() });
                    }
                    Poll::Ready(_) => {}
                }
            }
        }
        Poll::Pending
    }
}
