//! The screen as a person has it: which windows are there, and what is pressed.

use std::{
    collections::HashSet,
    thread,
    time::{Duration, Instant},
};

use x11rb::{
    connection::Connection,
    protocol::{
        xproto::{AtomEnum, ClientMessageEvent, ConnectionExt, EventMask, ImageFormat, InputFocus, MapState, Window},
        xtest::ConnectionExt as _,
    },
    rust_connection::RustConnection,
    wrapper::ConnectionExt as _,
};

/// Longest wait for anything on the screen.
pub const PATIENCE: Duration = Duration::from_secs(30);

/// A window that can be seen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Seen {
    /// Its number.
    pub window: Window,
    /// What its title says.
    pub title: String,
    /// Width and height.
    pub size: (u16, u16),
}

/// Most pixels in which two pictures are still the same: a caret blinks.
const CARET: usize = 200;
/// Fewest colors of something that is drawn, not blank.
const COLORS: usize = 16;

/// True where two pictures differ in more than a caret.
#[must_use]
pub fn differs(one: &[u8], other: &[u8]) -> bool {
    one.len() != other.len() || one != other && one.chunks(4).zip(other.chunks(4)).filter(|(one, other)| one != other).nth(CARET).is_some()
}

/// A picture as a file.
fn png(seen: &Seen, picture: &[u8]) -> Vec<u8> {
    // The server gives blue, green, red and a byte that means nothing.
    let colors: Vec<u8> = picture.chunks_exact(4).flat_map(|pixel| [pixel[2], pixel[1], pixel[0]]).collect();
    let mut file = Vec::new();
    let mut encoder = png::Encoder::new(&mut file, seen.size.0.into(), seen.size.1.into());
    encoder.set_color(png::ColorType::Rgb);
    encoder.set_compression(png::Compression::Fast);
    encoder.write_header().unwrap().write_image_data(&colors).unwrap();
    file
}

fn is_drawn(picture: &[u8]) -> bool {
    let mut colors = HashSet::new();
    picture.chunks(4).any(|pixel| colors.insert(pixel) && colors.len() > COLORS)
}

/// The display of the test.
#[derive(Debug)]
pub struct Screen {
    display: RustConnection,
    root: Window,
}

/// A key by its X keysym.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Key(pub u32);

impl Key {
    /// F12.
    pub const F12: Self = Self(0xffc9);
    /// Control, left.
    pub const CONTROL: Self = Self(0xffe3);
    /// Shift, left.
    pub const SHIFT: Self = Self(0xffe1);
    /// The letter I.
    pub const I: Self = Self(0x69);
    /// The letter C.
    pub const C: Self = Self(0x63);
    /// Escape.
    pub const ESCAPE: Self = Self(0xff1b);
    /// Arrow up.
    pub const UP: Self = Self(0xff52);
    /// Return.
    pub const ENTER: Self = Self(0xff0d);
}

impl Default for Screen {
    fn default() -> Self {
        Self::new()
    }
}

impl Screen {
    /// Connects.
    ///
    /// # Panics
    /// Where no display answers: these tests are run under one.
    #[must_use]
    pub fn new() -> Self {
        let (display, number) = x11rb::connect(None).expect("a display; run `cargo xtask test window`");
        let root = display.setup().roots[number].root;
        Self { display, root }
    }

    fn atom(&self, name: &str) -> u32 {
        self.display.intern_atom(false, name.as_bytes()).unwrap().reply().unwrap().atom
    }

    fn title(&self, window: Window) -> String {
        let named = |property: u32, kind: u32| {
            let reply = self.display.get_property(false, window, property, kind, 0, 1_024).unwrap().reply().ok()?;
            (!reply.value.is_empty()).then(|| String::from_utf8_lossy(&reply.value).into_owned())
        };
        named(self.atom("_NET_WM_NAME"), self.atom("UTF8_STRING"))
            .or_else(|| named(AtomEnum::WM_NAME.into(), AtomEnum::ANY.into()))
            .unwrap_or_default()
    }

    /// Every window at the top level that is on the screen and larger than a helper window.
    #[must_use]
    pub fn windows(&self) -> Vec<Seen> {
        let children = self.display.query_tree(self.root).unwrap().reply().unwrap().children;
        let seen = children.into_iter().filter_map(|window| {
            let state = self.display.get_window_attributes(window).ok()?.reply().ok()?;
            let shape = self.display.get_geometry(window).ok()?.reply().ok()?;
            let shown = state.map_state == MapState::VIEWABLE && shape.width > 32 && shape.height > 32;
            shown.then(|| Seen { window, title: self.title(window), size: (shape.width, shape.height) })
        });
        seen.collect()
    }

    /// Waits until as many windows are on the screen as the test expects.
    ///
    /// # Panics
    /// Where there are more or fewer after the patience has run out.
    pub fn wait_for(&self, count: usize) -> Vec<Seen> {
        let deadline = Instant::now() + PATIENCE;
        loop {
            let windows = self.windows();
            if windows.len() == count {
                return windows;
            }
            assert!(Instant::now() < deadline, "{count} windows were expected: {windows:?}");
            thread::sleep(Duration::from_millis(20));
        }
    }

    /// What a window shows, pixel by pixel.
    ///
    /// # Panics
    /// Where the window is gone.
    #[must_use]
    pub fn picture(&self, window: Window) -> Vec<u8> {
        let shape = self.display.get_geometry(window).unwrap().reply().unwrap();
        let image = self.display.get_image(ImageFormat::Z_PIXMAP, window, 0, 0, shape.width, shape.height, u32::MAX).unwrap();
        image.reply().expect("a window that is shown").data
    }

    /// Waits until a window shows something in colors and nothing but a caret moves in it for a moment.
    ///
    /// # Panics
    /// Where that does not happen.
    pub fn wait_until_drawn(&self, window: Window) -> Vec<u8> {
        let deadline = Instant::now() + PATIENCE;
        let (mut before, mut still) = (Vec::new(), 0);
        loop {
            let picture = self.picture(window);
            still = if !differs(&picture, &before) && is_drawn(&picture) { still + 1 } else { 0 };
            if still > 3 {
                return picture;
            }
            assert!(Instant::now() < deadline, "the window shows nothing, or never stands still");
            before = picture;
            thread::sleep(Duration::from_millis(40));
        }
    }

    /// The window in front, as a file that can be looked at, once nothing but a caret moves in it.
    ///
    /// # Panics
    /// Where no window is there, or it never stands still.
    #[must_use]
    pub fn png(&self) -> Vec<u8> {
        let front = self.windows().pop().expect("a window");
        png(&front, &self.wait_until_drawn(front.window))
    }

    /// The window in front as it is right now; nothing where there is none.
    #[must_use]
    pub fn png_now(&self) -> Option<Vec<u8>> {
        let front = self.windows().pop()?;
        Some(png(&front, &self.picture(front.window)))
    }

    /// What the close button of a window does.
    pub fn close(&self, window: Window) {
        let data = [self.atom("WM_DELETE_WINDOW"), x11rb::CURRENT_TIME, 0, 0, 0];
        let message = ClientMessageEvent::new(32, window, self.atom("WM_PROTOCOLS"), data);
        self.display.send_event(false, window, EventMask::NO_EVENT, message).unwrap();
        self.display.sync().unwrap();
    }

    /// Gives a window the keyboard.
    pub fn focus(&self, window: Window) {
        self.display.set_input_focus(InputFocus::PARENT, window, x11rb::CURRENT_TIME).unwrap();
        self.display.sync().unwrap();
    }

    /// Presses keys together, as a hand does.
    pub fn press(&self, keys: &[Key]) {
        let codes: Vec<u8> = keys.iter().map(|key| self.code(*key)).collect();
        for code in &codes {
            self.fake(x11rb::protocol::xproto::KEY_PRESS_EVENT, *code);
        }
        for code in codes.iter().rev() {
            self.fake(x11rb::protocol::xproto::KEY_RELEASE_EVENT, *code);
        }
    }

    /// Clicks with the right button at this place of the screen.
    pub fn right_click(&self, x: i16, y: i16) {
        self.display.warp_pointer(x11rb::NONE, self.root, 0, 0, 0, 0, x, y).unwrap();
        self.fake(x11rb::protocol::xproto::BUTTON_PRESS_EVENT, 3);
        self.fake(x11rb::protocol::xproto::BUTTON_RELEASE_EVENT, 3);
    }

    fn fake(&self, kind: u8, detail: u8) {
        self.display.xtest_fake_input(kind, detail, x11rb::CURRENT_TIME, x11rb::NONE, 0, 0, 0).unwrap();
        self.display.sync().unwrap();
    }

    fn code(&self, key: Key) -> u8 {
        let setup = self.display.setup();
        let (first, last) = (setup.min_keycode, setup.max_keycode);
        let map = self.display.get_keyboard_mapping(first, last - first + 1).unwrap().reply().unwrap();
        let at = map.keysyms.chunks(usize::from(map.keysyms_per_keycode)).position(|keysyms| keysyms.first() == Some(&key.0));
        first + u8::try_from(at.expect("a key that the keyboard has")).unwrap()
    }
}
