//! Reading what people wrote, entry by entry: what is wrong with one hides nothing that is wrong with another. TOML and JSON alike.

use std::collections::{BTreeMap, BTreeSet};

use serde_path_to_error::{Path, Segment};

/// Values in lists and under names.
pub(super) trait Tree: Sized {
    fn at(&self, index: usize) -> Option<&Self>;
    fn under(&self, key: &str) -> Option<&Self>;
    fn at_mut(&mut self, index: usize) -> Option<&mut Self>;
    fn under_mut(&mut self, key: &str) -> Option<&mut Self>;
    fn list(&mut self) -> Option<&mut Vec<Self>>;
    fn text(&self) -> Option<&str>;
}

macro_rules! tree {
    ($kind:ty) => {
        impl Tree for $kind {
            fn at(&self, index: usize) -> Option<&Self> {
                self.get(index)
            }

            fn under(&self, key: &str) -> Option<&Self> {
                self.get(key)
            }

            fn at_mut(&mut self, index: usize) -> Option<&mut Self> {
                self.get_mut(index)
            }

            fn under_mut(&mut self, key: &str) -> Option<&mut Self> {
                self.get_mut(key)
            }

            fn list(&mut self) -> Option<&mut Vec<Self>> {
                self.as_array_mut()
            }

            fn text(&self) -> Option<&str> {
                self.as_str()
            }
        }
    };
}

tree!(toml::Value);
tree!(serde_json::Value);

/// The value, where nothing is wrong with it. Reading ends at the first entry that is wrong, so that one is told, taken out, and the rest is read again, until what
/// is left is whole, cannot be mended so, or `most` were told.
pub(super) fn read<V: Tree, T>(
    mut value: V,
    reading: impl Fn(&V) -> Result<T, (Path, String)>,
    most: usize,
    mut tell: impl FnMut(String, String),
) -> Option<T> {
    let mut gone = Gone::default();
    for _ in 0..most {
        let (path, problem) = match reading(&value) {
            Ok(read) => return gone.0.is_empty().then_some(read),
            Err(wrong) => wrong,
        };
        tell(name_entries(&value, &path, &gone), problem);
        if !take_out(&mut value, &path, &mut gone) {
            break;
        }
    }
    None
}

/// Which entries were taken out, by their list and their numbers in the file.
#[derive(Default)]
struct Gone(BTreeMap<String, BTreeSet<usize>>);

impl Gone {
    /// The number in the file of an entry that now has this one.
    fn number(&self, list: &str, now: usize) -> usize {
        let before = self.0.get(list).into_iter().flatten();
        before.fold(now, |number, gone| if *gone <= number { number + 1 } else { number })
    }
}

/// Takes the innermost entry on this path out of its list. False where the path leads through none, and then nothing more can be read.
fn take_out<V: Tree>(value: &mut V, path: &Path, gone: &mut Gone) -> bool {
    let segments: Vec<_> = path.iter().collect();
    let Some(last) = segments.iter().rposition(|segment| matches!(segment, Segment::Seq { .. })) else { return false };
    let mut here = Some(value);
    let mut list = String::new();
    for segment in &segments[..last] {
        here = match segment {
            Segment::Seq { index } => {
                list = format!("{list}[{}]", gone.number(&list, *index));
                here.and_then(|value| value.at_mut(*index))
            }
            Segment::Map { key } | Segment::Enum { variant: key } => {
                list = format!("{list}.{key}");
                here.and_then(|value| value.under_mut(key))
            }
            Segment::Unknown => None,
        };
    }
    match (here.and_then(V::list), segments[last]) {
        (Some(entries), Segment::Seq { index }) if *index < entries.len() => {
            entries.remove(*index);
            let number = gone.number(&list, *index);
            gone.0.entry(list).or_default().insert(number);
            true
        }
        _ => false,
    }
}

/// `feature[2]` becomes `feature[oil-finish]` where the entry has an id to be called by.
fn name_entries<V: Tree>(value: &V, path: &Path, gone: &Gone) -> String {
    let mut here = Some(value);
    let (mut name, mut list) = (String::new(), String::new());
    for segment in path.iter() {
        match segment {
            Segment::Seq { index } => {
                here = here.and_then(|value| value.at(*index));
                let id = here.and_then(|value| value.under("id")).and_then(V::text);
                let number = gone.number(&list, *index);
                list = format!("{list}[{number}]");
                match id {
                    Some(id) => name.push_str(&format!("[{id}]")),
                    None => name.push_str(&format!("[{number}]")),
                }
            }
            Segment::Map { key } | Segment::Enum { variant: key } => {
                here = here.and_then(|value| value.under(key));
                list = format!("{list}.{key}");
                if !name.is_empty() {
                    name.push('.');
                }
                name.push_str(key);
            }
            Segment::Unknown => {}
        }
    }
    name
}
