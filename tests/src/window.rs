//! The real window, driven through the webview's own driver.

use std::{
    fs,
    net::{TcpListener, TcpStream},
    os::unix::process::CommandExt,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    time::{Duration, Instant},
};

use fantoccini::{
    Client, ClientBuilder, Locator,
    elements::Element,
    error::{CmdError, NewSessionError},
    key::Key,
};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::{Value, json};

use crate::{
    bus,
    place::Place,
    root,
    screen::{PATIENCE, Screen},
};

/// Collects what a page must never do, from now on and, where the webview still knows it, from before.
const COLLECTOR: &str = "
if (!document.__kept) {
  const kept = document.__kept = [];
  addEventListener('securitypolicyviolation', (e) => kept.push('policy: ' + e.violatedDirective + ' ' + e.blockedURI + ' ' + e.sample));
  addEventListener('error', (e) => kept.push('error: ' + (e.message || (e.target && e.target.outerHTML))), true);
  addEventListener('unhandledrejection', (e) => kept.push('rejection: ' + e.reason));
  const said = console.error;
  console.error = (...words) => { kept.push('console: ' + words.join(' ')); said.apply(console, words); };
  new ReportingObserver((reports) => reports.forEach((r) => kept.push('report: ' + JSON.stringify(r.body))), { types: ['csp-violation'], buffered: true }).observe();
}
return document.__kept;";

/// A window of the program with a driver of its own; both end with it.
#[derive(Debug)]
pub struct Window {
    /// What the test asks the window through.
    pub client: Client,
    driver: Driver,
    data: PathBuf,
}

/// A driver on a port of its own, in a process group of its own.
#[derive(Debug)]
struct Driver {
    process: Child,
    port: u16,
}

impl Driver {
    fn start(place: &Place, variables: &[(&str, &str)]) -> Self {
        let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        let mut command = on_display(place, "WebKitWebDriver");
        command.arg(format!("--port={port}")).env("TAURI_WEBVIEW_AUTOMATION", "true").process_group(0);
        for (name, value) in variables {
            command.env(name, value);
        }
        // The program prints where its driver does.
        let printed = fs::File::options().create(true).append(true).open(place.path().join("printed")).unwrap();
        command.stdout(printed.try_clone().unwrap()).stderr(printed);
        let process = command.spawn().expect("WebKitWebDriver; `cargo xtask setup` installs it");
        let driver = Self { process, port };
        let deadline = Instant::now() + PATIENCE;
        while TcpStream::connect(("127.0.0.1", port)).is_err() {
            assert!(Instant::now() < deadline, "the driver does not answer");
            std::thread::sleep(Duration::from_millis(10));
        }
        driver
    }
}

impl Drop for Driver {
    fn drop(&mut self) {
        // The whole group: the driver, the program that it started, and the program's own processes.
        let group = format!("-{}", self.process.id());
        drop(Command::new("kill").args(["-KILL", "--", &group]).stderr(Stdio::null()).status());
        drop(self.process.wait());
    }
}

/// A program of this place on the display that the test runs under.
#[must_use]
pub fn on_display(place: &Place, program: impl AsRef<std::ffi::OsStr>) -> Command {
    let mut command = place.command(program);
    command.env("DISPLAY", std::env::var_os("DISPLAY").expect("a display; run `cargo xtask test window`"));
    command.env("DBUS_SESSION_BUS_ADDRESS", bus::address());
    command.env("LIBGL_ALWAYS_SOFTWARE", "1").env("NO_AT_BRIDGE", "1").stdout(Stdio::null()).stderr(Stdio::null());
    command
}

impl Window {
    /// Opens a window on this place's data folder and waits for its first screen.
    pub async fn open(place: &Place, binary: &Path) -> Self {
        Self::open_with(place, binary, &[]).await
    }

    /// The same with variables of its own.
    pub async fn open_with(place: &Place, binary: &Path, variables: &[(&str, &str)]) -> Self {
        let window = Self::try_open(place, binary, variables).await.unwrap_or_else(|error| panic!("no session with the window: {error}"));
        window.collected().await;
        window.until("the first screen", "return document.querySelector('h1') !== null").await;
        window
    }

    /// Tries to get hold of a window.
    ///
    /// # Errors
    /// Where the window does not let itself be driven.
    pub async fn try_open(place: &Place, binary: &Path, variables: &[(&str, &str)]) -> Result<Self, NewSessionError> {
        let driver = Driver::start(place, variables);
        let options = json!({ "browserName": "wry", "webkitgtk:browserOptions": { "binary": binary, "args": [] } });
        let mut builder = ClientBuilder::new(HttpConnector::new());
        builder.capabilities(options.as_object().unwrap().clone());
        let client = builder.connect(&format!("http://127.0.0.1:{}", driver.port)).await?;
        Ok(Self { client, driver, data: place.data() })
    }

    /// Runs a script in the page; what it returns, or what it promises.
    pub async fn ask(&self, script: &str) -> Value {
        self.client.execute(script, Vec::new()).await.unwrap_or_else(|error| panic!("{error}: {script}"))
    }

    /// Runs an asynchronous expression in the page and gives back `{ok}` or `{error}`.
    pub async fn attempt(&self, expression: &str) -> Value {
        let script = format!(
            "const done = arguments[arguments.length - 1]; (async () => {expression})().then((ok) => done({{ ok: ok ?? null }}), (e) => done({{ error: e && e.code ? e : String(e) }}))"
        );
        self.client.execute_async(&script, Vec::new()).await.unwrap_or_else(|error| panic!("{error}: {expression}"))
    }

    /// Calls a command of the host as the page would.
    pub async fn invoke(&self, command: &str, arguments: &Value) -> Value {
        self.attempt(&format!("window.__TAURI_INTERNALS__.invoke({}, {arguments})", Value::from(command))).await
    }

    /// Waits until a script returns true.
    pub async fn until(&self, what: &str, script: &str) {
        let deadline = Instant::now() + PATIENCE;
        loop {
            if self.client.execute(script, Vec::new()).await.is_ok_and(|answer| answer == Value::Bool(true)) {
                return;
            }
            if Instant::now() > deadline {
                let text = self.text().await;
                Self::keep("failed", Screen::new().png_now().as_deref());
                panic!("{what} did not come; the page says:\n{text}");
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }

    /// What a person can read.
    pub async fn text(&self) -> String {
        self.ask("return document.body.innerText").await.as_str().unwrap_or_default().to_owned()
    }

    /// Waits until a person can read this.
    pub async fn sees(&self, words: &str) {
        let script = format!("return document.body.innerText.toLowerCase().includes({})", Value::from(words.to_lowercase()));
        self.until(words, &script).await;
    }

    /// Waits until the address is of this screen.
    pub async fn arrives(&self, screen: &str) {
        let script =
            format!("return location.hash.startsWith({}) && document.querySelector('h1') !== null", Value::from(format!("#/{screen}")));
        self.until(screen, &script).await;
    }

    /// The button or link that says this, once it is there and can be pressed.
    pub async fn button(&self, says: &str) -> Element {
        let path = format!(
            "//*[self::button or self::a or @role='button'][not(@disabled)][contains(normalize-space(.), \"{says}\") or @aria-label=\"{says}\"]"
        );
        self.find(Locator::XPath(&path), says).await
    }

    /// Presses the button or link that says this.
    pub async fn press(&self, says: &str) {
        let deadline = Instant::now() + PATIENCE;
        // What is drawn anew between being found and being pressed is looked for again.
        while let Err(error) = self.try_press(says).await {
            assert!(Instant::now() < deadline, "“{says}” cannot be pressed: {error:?}");
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    }

    async fn try_press(&self, says: &str) -> Result<(), CmdError> {
        let button = self.button(says).await;
        // As a person does who scrolls until it is well in view.
        let shown = vec![serde_json::to_value(&button)?];
        self.client.execute("arguments[0].scrollIntoView({ block: 'center', behavior: 'instant' })", shown).await?;
        button.click().await
    }

    /// What was said, in order, as the transcript of a debrief shows it without its marks.
    pub async fn transcript(&self) -> Vec<String> {
        let script = "return [...document.querySelectorAll('[data-pane] li > div')].map((one) => {
            const copy = one.cloneNode(true);
            copy.querySelectorAll('b, sup').forEach((mark) => mark.remove());
            return copy.textContent;
        })";
        let lines = self.ask(script).await;
        lines.as_array().unwrap().iter().map(|line| line.as_str().unwrap().to_owned()).collect()
    }

    /// The first element that is on the screen.
    pub async fn find(&self, locator: Locator<'_>, what: &str) -> Element {
        let deadline = Instant::now() + PATIENCE;
        loop {
            for element in self.client.find_all(locator).await.unwrap_or_default() {
                if element.is_displayed().await.unwrap_or(false) {
                    return element;
                }
            }
            if Instant::now() > deadline {
                let text = self.text().await;
                Self::keep("failed", Screen::new().png_now().as_deref());
                panic!("“{what}” is not there; the page says:\n{text}");
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }

    /// Types into the field that a selector finds.
    pub async fn types(&self, field: &str, text: &str) {
        self.find(Locator::Css(field), field).await.send_keys(text).await.unwrap();
    }

    /// Types into whatever has the focus.
    pub async fn keys(&self, text: &str) {
        let focused = self.client.active_element().await.expect("something has the focus");
        focused.send_keys(text).await.unwrap();
    }

    /// Presses Tab until what has the focus says this.
    pub async fn tab_to(&self, says: &str) {
        let script = "const e = document.activeElement; return (e.getAttribute('aria-label') || '') + ' ' + e.innerText";
        for _ in 0..120 {
            self.keys(&char::from(Key::Tab).to_string()).await;
            if self.ask(script).await.as_str().is_some_and(|text| text.contains(says)) {
                return;
            }
        }
        panic!("Tab never comes to “{says}”");
    }

    /// Says a line in a conversation by keyboard, and waits for the answer. False where the customer has gone.
    pub async fn says(&self, line: &str) -> bool {
        let count = "document.querySelectorAll('li.turn:not(.pending)').length";
        let before = self.ask(&format!("return {count}")).await.as_u64().unwrap();
        self.types("textarea", &format!("{line}{}", char::from(Key::Enter))).await;
        self.until("an answer", &format!("return {count} === {}", before + 2)).await;
        self.until("the field or the end", "return document.querySelector('textarea, .over') !== null").await;
        self.ask("return document.querySelector('textarea') !== null").await == Value::Bool(true)
    }

    /// Everything that the page did and must not do.
    pub async fn collected(&self) -> Vec<String> {
        let kept = self.ask(COLLECTOR).await;
        kept.as_array().unwrap().iter().map(ToString::to_string).collect()
    }

    /// That the page broke no rule, and that neither it nor the program logged an error.
    pub async fn is_clean(&self) {
        assert_eq!(self.collected().await, Vec::<String>::new());
        let logged = logged(&self.data);
        assert!(!logged.contains("ERROR"), "{logged}");
    }

    /// Keeps a picture of the window, as it stands on the screen, in `tests/screens/current`, to be looked at.
    ///
    /// # Panics
    /// Where it stays blank, or never stands still.
    pub async fn shoot(&self, name: &str) {
        // Two frames after the last change, or, where something stands in front of the page and it draws none, a second.
        let frames = "const done = arguments[arguments.length - 1]; requestAnimationFrame(() => requestAnimationFrame(() => document.fonts.ready.then(done)))";
        drop(tokio::time::timeout(Duration::from_secs(1), self.client.execute_async(frames, Vec::new())).await);
        Self::keep(name, Some(&Screen::new().png()));
    }

    fn keep(name: &str, picture: Option<&[u8]>) {
        let folder = root().join("tests/screens/current");
        fs::create_dir_all(&folder).unwrap();
        if let Some(picture) = picture {
            fs::write(folder.join(format!("{name}.png")), picture).unwrap();
        }
    }

    /// Gives the window this size and waits until the page has it.
    pub async fn resize(&self, width: u32, height: u32) {
        self.client.set_window_size(width, height).await.unwrap();
        self.until("the new size", &format!("return innerWidth === {width} && innerHeight === {height}")).await;
    }

    /// Closes the window with its close button, and waits until it is gone.
    pub async fn close(self, screen: &Screen) {
        let windows = screen.wait_for(1);
        screen.close(windows[0].window);
        screen.wait_for(0);
        let deadline = Instant::now() + PATIENCE;
        // The window goes first; the program ends once everything is stored.
        while self.data.join("sellme.open").exists() {
            assert!(Instant::now() < deadline, "the program did not close its data file");
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        drop(self.driver);
    }
}

/// Everything in the logs of a data folder.
#[must_use]
pub fn logged(data: &Path) -> String {
    let Ok(entries) = fs::read_dir(data.join("logs")) else { return String::new() };
    entries.flatten().map(|entry| fs::read_to_string(entry.path()).unwrap_or_default()).collect()
}
