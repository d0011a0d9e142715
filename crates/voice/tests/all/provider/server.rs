//! A server on this machine that writes down what it is asked and answers as it was told.

use std::{
    collections::{BTreeMap, VecDeque},
    net::SocketAddr,
    sync::{Arc, Mutex},
    time::Duration,
};

use tokio::{
    io::{AsyncReadExt, AsyncWriteExt, BufReader},
    net::{TcpListener, TcpStream},
    task::JoinHandle,
};

/// What it was asked.
#[derive(Debug, Clone)]
pub(crate) struct Asked {
    /// Method and path, such as `POST /v1/realtime/calls`.
    pub(crate) line: String,
    /// Headers, by their names in small letters.
    pub(crate) headers: BTreeMap<String, String>,
    /// The body.
    pub(crate) body: String,
}

impl Asked {
    /// A header; empty where it was not sent.
    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", String::as_str)
    }

    /// The parts of a form: name, content type, text.
    pub(crate) fn parts(&self) -> Vec<(String, String, String)> {
        let kind = self.header("content-type");
        let boundary = kind.strip_prefix("multipart/form-data; boundary=").unwrap_or_else(|| panic!("a form: {kind}"));
        let mark = format!("--{boundary}");
        let pieces: Vec<_> = self.body.split(mark.as_str()).collect();
        assert_eq!((pieces[0], pieces[pieces.len() - 1]), ("", "--\r\n"), "a form begins and ends with its mark");
        let part = |piece: &&str| {
            let (head, text) = piece.split_once("\r\n\r\n").expect("a head and a text");
            let head = head.to_ascii_lowercase();
            let after = |start: &str| head.split(start).nth(1).unwrap_or_default().split(['"', '\r']).next().unwrap_or_default().to_owned();
            (after("name=\""), after("content-type: "), text.strip_suffix("\r\n").expect("an end of line").to_owned())
        };
        pieces[1..pieces.len() - 1].iter().map(part).collect()
    }
}

/// What it answers.
#[derive(Debug, Clone)]
pub(crate) enum Reply {
    /// Status, further headers, body.
    Whole(u16, Vec<(&'static str, String)>, Vec<u8>),
    /// A head that promises much, a first piece of it, and then nothing more.
    Slow(Vec<u8>),
    /// A body without a length that goes on as long as anybody reads.
    Endless,
    /// This, after so long.
    Late(Duration, Box<Self>),
    /// Nothing: the question is read and nobody says a word.
    Silent,
    /// The connection is closed in the middle of the body.
    Broken,
}

impl Reply {
    /// A status and a text.
    pub(crate) fn text(status: u16, text: impl Into<String>) -> Self {
        Self::Whole(status, Vec::new(), text.into().into_bytes())
    }

    /// The same with this header.
    pub(crate) fn with(self, name: &'static str, value: impl Into<String>) -> Self {
        match self {
            Self::Whole(status, mut headers, body) => {
                headers.push((name, value.into()));
                Self::Whole(status, headers, body)
            }
            other => other,
        }
    }
}

/// The server, until it is dropped.
#[derive(Debug)]
pub(crate) struct Server {
    address: SocketAddr,
    asked: Arc<Mutex<Vec<Asked>>>,
    accepting: JoinHandle<()>,
}

impl Drop for Server {
    fn drop(&mut self) {
        self.accepting.abort();
    }
}

impl Server {
    /// One that gives these answers, one after the other.
    pub(crate) async fn answering(replies: impl IntoIterator<Item = Reply>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let (address, asked) = (listener.local_addr().unwrap(), Arc::new(Mutex::new(Vec::new())));
        let (replies, written) = (Arc::new(Mutex::new(replies.into_iter().collect::<VecDeque<_>>())), Arc::clone(&asked));
        let accepting = tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let (replies, written) = (Arc::clone(&replies), Arc::clone(&written));
                tokio::spawn(async move {
                    let mut stream = BufReader::new(stream);
                    while let Some(question) = read(&mut stream).await {
                        written.lock().unwrap().push(question);
                        let reply = replies.lock().unwrap().pop_front().unwrap_or_else(|| Reply::text(599, "asked too often"));
                        if !say(stream.get_mut(), reply).await {
                            break;
                        }
                    }
                });
            }
        });
        Self { address, asked, accepting }
    }

    /// Its address, up to `/v1`.
    pub(crate) fn url(&self) -> String {
        format!("http://{}/v1", self.address)
    }

    /// Its address, without a path.
    pub(crate) fn origin(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Its host and port.
    pub(crate) fn host(&self) -> String {
        self.address.to_string()
    }

    /// All that it was asked so far.
    pub(crate) fn asked(&self) -> Vec<Asked> {
        self.asked.lock().unwrap().clone()
    }
}

/// The next question of a connection; `None` at its end.
async fn read(stream: &mut BufReader<TcpStream>) -> Option<Asked> {
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        head.push(stream.read_u8().await.ok()?);
    }
    let head = String::from_utf8(head).ok()?;
    let mut lines = head.lines();
    let line = lines.next()?.strip_suffix(" HTTP/1.1")?.to_owned();
    let headers: BTreeMap<_, _> =
        lines.filter_map(|line| line.split_once(": ")).map(|(name, value)| (name.to_ascii_lowercase(), value.to_owned())).collect();
    let mut body = vec![0; headers.get("content-length").and_then(|length| length.parse().ok()).unwrap_or(0)];
    stream.read_exact(&mut body).await.ok()?;
    Some(Asked { line, headers, body: String::from_utf8(body).ok()? })
}

/// Answers; true where the connection goes on.
async fn say(stream: &mut TcpStream, reply: Reply) -> bool {
    match reply {
        Reply::Whole(status, headers, body) => {
            let mut head = format!("HTTP/1.1 {status} Said\r\ncontent-length: {}\r\n", body.len());
            for (name, value) in headers {
                head += &format!("{name}: {value}\r\n");
            }
            stream.write_all(format!("{head}\r\n").as_bytes()).await.is_ok() && stream.write_all(&body).await.is_ok()
        }
        Reply::Slow(piece) => {
            stream.write_all(b"HTTP/1.1 201 Said\r\ncontent-length: 4000\r\n\r\n").await.unwrap();
            stream.write_all(&piece).await.unwrap();
            std::future::pending().await
        }
        Reply::Endless => {
            stream.write_all(b"HTTP/1.1 201 Said\r\ntransfer-encoding: chunked\r\n\r\n").await.unwrap();
            let piece = "v=0\r\n".repeat(200);
            while stream.write_all(format!("{:x}\r\n{piece}\r\n", piece.len()).as_bytes()).await.is_ok() {}
            false
        }
        Reply::Late(wait, reply) => {
            tokio::time::sleep(wait).await;
            Box::pin(say(stream, *reply)).await
        }
        Reply::Silent => std::future::pending().await,
        Reply::Broken => {
            stream.write_all(b"HTTP/1.1 201 Said\r\ncontent-length: 4000\r\n\r\nv=0\r\n").await.unwrap();
            false
        }
    }
}
