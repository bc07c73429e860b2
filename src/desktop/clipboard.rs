//! The clipboard for what must not stay there: links. Kept out of clipboard histories where the system allows it,
//! and taken back only while it still holds what was put there.

use std::sync::{Arc, Mutex, PoisonError};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

/// How long leaving the program waits for the clipboard of another program to answer.
const MOST_WAIT: Duration = Duration::from_millis(1500);

/// The system's clipboard could not be reached. Holds nothing of the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the clipboard of the system cannot be reached")]
pub struct ClipboardUnreachable;

/// A clipboard that takes secrets and gives them back.
pub trait SecretClipboard {
    /// Puts a text there, outside of histories where the system knows such a mark.
    ///
    /// # Errors
    /// [`ClipboardUnreachable`]: nothing was put there.
    fn put(&mut self, secret: &str) -> Result<(), ClipboardUnreachable>;

    /// Empties it if it still holds this text. May go on beside the caller.
    fn take_back(&mut self, secret: String);

    /// Waits for what [`take_back`](Self::take_back) left running, a second or two at most: before the program ends.
    fn finish(&mut self) {}
}

/// The system's clipboard.
#[derive(Default)]
pub struct SystemClipboard {
    /// On X11 and Wayland the text lives in this program: it is gone when this is dropped.
    held: Option<arboard::Clipboard>,
    taking_back: Option<JoinHandle<()>>,
}

impl SecretClipboard for SystemClipboard {
    fn put(&mut self, secret: &str) -> Result<(), ClipboardUnreachable> {
        if self.held.is_none() {
            self.held = Some(arboard::Clipboard::new().map_err(|_| ClipboardUnreachable)?);
        }
        let Some(clipboard) = &mut self.held else { return Err(ClipboardUnreachable) };
        outside_of_histories(clipboard.set()).text(secret.to_owned()).map_err(|_| ClipboardUnreachable)
    }

    fn take_back(&mut self, secret: String) {
        // Comparing asks the program that owns the clipboard now, which may take its time.
        self.taking_back = Some(std::thread::spawn(move || {
            let Ok(mut clipboard) = arboard::Clipboard::new() else { return };
            if clipboard.get_text().is_ok_and(|held| held == secret) {
                drop(clipboard.clear());
            }
            overwrite(secret);
        }));
    }

    fn finish(&mut self) {
        let Some(running) = self.taking_back.take() else { return };
        let begun = Instant::now();
        while !running.is_finished() && begun.elapsed() < MOST_WAIT {
            std::thread::sleep(Duration::from_millis(10));
        }
    }
}

#[cfg(windows)]
fn outside_of_histories(set: arboard::Set<'_>) -> arboard::Set<'_> {
    use arboard::SetExtWindows;
    set.exclude_from_cloud().exclude_from_history().exclude_from_monitoring()
}

#[cfg(target_os = "macos")]
fn outside_of_histories(set: arboard::Set<'_>) -> arboard::Set<'_> {
    use arboard::SetExtApple;
    set.exclude_from_history()
}

#[cfg(not(any(windows, target_os = "macos")))]
fn outside_of_histories(set: arboard::Set<'_>) -> arboard::Set<'_> {
    use arboard::SetExtLinux;
    set.exclude_from_history()
}

/// Overwrites a text before its memory is given back, as well as can be.
pub fn overwrite(text: String) {
    let mut bytes = text.into_bytes();
    bytes.fill(0);
    // Keeps the compiler from leaving out a write that nobody reads.
    std::hint::black_box(&mut bytes);
}

/// A clipboard that a test looks into.
#[derive(Clone, Debug, Default)]
pub struct PreparedClipboard(Arc<Mutex<Option<String>>>);

impl PreparedClipboard {
    /// What it holds.
    pub fn text(&self) -> Option<String> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Another program puts a text there.
    pub fn set(&self, text: &str) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(text.to_owned());
    }
}

impl SecretClipboard for PreparedClipboard {
    fn put(&mut self, secret: &str) -> Result<(), ClipboardUnreachable> {
        self.set(secret);
        Ok(())
    }

    fn take_back(&mut self, secret: String) {
        let mut held = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        held.take_if(|held| *held == secret);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_still_ours_is_taken_back() {
        let seen = PreparedClipboard::default();
        let mut clipboard = seen.clone();
        for (held_at_the_end, left) in [("секрет", None), ("чужое", Some("чужое"))] {
            clipboard.put("секрет").expect("it takes everything");
            seen.set(held_at_the_end);
            clipboard.take_back("секрет".into());
            assert_eq!(seen.text().as_deref(), left);
        }
    }
}
