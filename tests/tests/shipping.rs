//! Three promises of what ships: nobody drives it by an environment variable, nobody opens devtools in it, a panic in a command leaves the window working. Run by
//! `cargo xtask test shipping`, which builds what ships, and the same once more with the feature `automation`.

use std::{
    fs,
    os::unix::process::CommandExt,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    time::{Duration, Instant},
};

use sellme_tests::{
    fault,
    place::Place,
    program,
    screen::{Key, PATIENCE, Screen},
    script,
    window::{Window, logged, on_display},
};

/// How long a thing that must not happen is waited for; where it may happen, it takes a tenth of this.
const LONG_ENOUGH: Duration = Duration::from_secs(8);

/// A started program, ended with everything that it started.
struct Started(Child);

impl Started {
    fn new(place: &Place, binary: &Path) -> Self {
        Self(on_display(place, binary).process_group(0).spawn().unwrap())
    }

    /// Pages that it runs: one, and one more for an inspector.
    fn pages(&self) -> usize {
        let group = self.0.id().to_string();
        let ours = |process: &PathBuf| {
            let Ok(stat) = fs::read_to_string(process.join("stat")) else { return false };
            // The name stands in brackets; state, parent and group come after it.
            let Some((name, rest)) = stat.rsplit_once(')') else { return false };
            name.contains("WebKitWebProces") && rest.split_whitespace().nth(2) == Some(&group)
        };
        processes().iter().filter(|process| ours(process)).count()
    }
}

impl Drop for Started {
    fn drop(&mut self) {
        drop(Command::new("kill").args(["-KILL", "--", &format!("-{}", self.0.id())]).stderr(Stdio::null()).status());
        drop(self.0.wait());
    }
}

fn processes() -> Vec<PathBuf> {
    let entries = fs::read_dir("/proc").unwrap().flatten().map(|entry| entry.path());
    entries
        .filter(|path| path.file_name().and_then(|name| name.to_str()).is_some_and(|name| name.bytes().all(|byte| byte.is_ascii_digit())))
        .collect()
}

/// The variables that a running program of this file was started with.
fn variables_of(binary: &Path) -> Option<String> {
    let running = processes().into_iter().find(|process| fs::read_link(process.join("exe")).is_ok_and(|exe| exe == binary))?;
    Some(String::from_utf8_lossy(&fs::read(running.join("environ")).ok()?).into_owned())
}

fn within(time: Duration, mut happens: impl FnMut() -> bool) -> bool {
    let deadline = Instant::now() + time;
    while Instant::now() < deadline {
        if happens() {
            return true;
        }
        std::thread::sleep(Duration::from_millis(50));
    }
    false
}

/// Tries to get hold of a window by the variable. True where that works; either way the window opens.
async fn can_be_driven(binary: &Path) -> bool {
    let place = Place::new();
    let screen = Screen::new();
    screen.wait_for(0);
    let looking = async {
        let deadline = Instant::now() + PATIENCE;
        while screen.windows().is_empty() {
            assert!(Instant::now() < deadline, "the window does not open");
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        let variables = variables_of(binary).expect("the program runs");
        tokio::time::sleep(LONG_ENOUGH).await;
        assert_eq!(screen.windows().len(), 1, "the window stays");
        variables
    };
    tokio::select! {
        opened = Window::try_open(&place, binary, &[]) => {
            let window = opened.unwrap_or_else(|error| panic!("the driver gave up before the window was seen: {error}"));
            window.ask("return 7").await == 7
        }
        variables = looking => {
            assert!(!variables.contains("TAURI_WEBVIEW_AUTOMATION"), "the variable is still there");
            false
        }
    }
}

#[tokio::test]
#[ignore = "needs a display and what ships: cargo xtask test shipping"]
async fn the_variable_for_automation_is_dropped() {
    assert!(can_be_driven(&program::shipping_but_driven()).await, "the driver works, so its failing would mean something");
    assert!(!can_be_driven(&program::built("shipping")).await, "what ships lets itself be driven");
}

#[test]
#[ignore = "needs a display and what ships: cargo xtask test shipping"]
fn what_ships_has_no_fault_to_ask_for() {
    assert!(fault::has(&program::shipping_but_driven(), b"SELLME_FAULT"));
    assert!(!fault::has(&program::built("shipping"), b"SELLME_FAULT"));
}

/// Which of the usual ways open an inspector in this build.
fn ways_to_devtools(binary: &Path) -> Vec<&'static str> {
    let screen = Screen::new();
    let ways: [(&str, &dyn Fn()); 4] = [
        ("F12", &|| screen.press(&[Key::F12])),
        ("Ctrl+Shift+I", &|| screen.press(&[Key::CONTROL, Key::SHIFT, Key::I])),
        ("Ctrl+Shift+C", &|| screen.press(&[Key::CONTROL, Key::SHIFT, Key::C])),
        // Where there is one, it is the last entry.
        ("the context menu", &|| {
            screen.right_click(640, 700);
            within(Duration::from_secs(2), || screen.windows().len() > 1);
            screen.press(&[Key::UP]);
            screen.press(&[Key::ENTER]);
        }),
    ];
    let mut open = Vec::new();
    for (name, way) in ways {
        let place = Place::new();
        screen.wait_for(0);
        let program = Started::new(&place, binary);
        let window = screen.wait_for(1)[0].window;
        screen.focus(window);
        let before = screen.wait_until_drawn(window);
        assert_eq!(program.pages(), 1);
        // What is pressed arrives: a letter appears in the field that has the focus.
        screen.press(&[Key::I]);
        assert!(within(PATIENCE, || screen.picture(window) != before), "keys do not arrive");
        way();
        let patience = if open.is_empty() { LONG_ENOUGH } else { Duration::from_secs(1) };
        if within(patience, || program.pages() > 1) {
            open.push(name);
        }
    }
    open
}

#[test]
#[ignore = "needs a display and what ships: cargo xtask test shipping"]
fn no_key_and_no_menu_opens_devtools() {
    assert!(
        !ways_to_devtools(&program::built("debug")).is_empty(),
        "a development build has them, so not finding them would mean something"
    );
    assert_eq!(ways_to_devtools(&program::built("shipping")), Vec::<&str>::new());
}

#[tokio::test]
#[ignore = "needs a display and what ships: cargo xtask test shipping"]
async fn a_panic_in_a_command_leaves_the_window_working() {
    let place = Place::new();
    let window = Window::open_with(&place, &program::shipping_but_driven(), &[("SELLME_FAULT", "practice")]).await;
    window.types("#name", "Dana").await;
    window.press("Begin").await;
    window.sees("internal").await;
    assert!(logged(&place.data()).contains("asked to fail in practice"), "{}", logged(&place.data()));
    window.ask(&format!("location.hash = '#/briefing/{}'", script::SCENARIO)).await;
    window.press("Start talking").await;
    window.arrives("talk/").await;
    assert!(window.says(script::LINES[0]).await, "practising goes on");
}
