//! Instructions while they are written: headings, and under each of them short bullets.

/// A text of sections.
#[derive(Debug, Default)]
pub(super) struct Sheet(String);

impl Sheet {
    /// Begins a section.
    pub(super) fn heading(&mut self, title: &str) {
        if !self.0.is_empty() {
            self.0.push('\n');
        }
        self.0.push_str("# ");
        self.0.push_str(title);
        self.0.push('\n');
    }

    /// Adds a bullet.
    pub(super) fn bullet(&mut self, text: impl AsRef<str>) {
        self.0.push_str("- ");
        self.0.push_str(text.as_ref());
        self.0.push('\n');
    }

    /// Adds several.
    pub(super) fn bullets(&mut self, texts: &[String]) {
        texts.iter().for_each(|text| self.bullet(text));
    }

    /// The text.
    pub(super) fn text(self) -> String {
        self.0.trim_end().to_owned()
    }
}
