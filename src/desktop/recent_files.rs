//! Whether recent files are still where they were. Asked on a thread: a network drive that is off may
//! keep an answer back for a long time, and the window must not wait for it.

use std::path::PathBuf;
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

/// Local discs answer within this; only slower ones are waited for in later frames.
const FIRST_LOOK: Duration = Duration::from_millis(20);

/// What is known of the recent files.
pub struct RecentFilesLook {
    asked: Vec<PathBuf>,
    missing: Vec<PathBuf>,
    answers: Receiver<PathBuf>,
}

impl RecentFilesLook {
    /// Asks after the files; `wake` is called when a late answer is there.
    pub fn begin(paths: &[PathBuf], wake: impl Fn() + Send + 'static) -> Self {
        let (answer, answers) = channel();
        let wanted = paths.to_vec();
        std::thread::spawn(move || {
            for path in wanted {
                if !path.exists() && answer.send(path).is_err() {
                    return;
                }
            }
            drop(answer);
            wake();
        });
        let mut look = Self { asked: paths.to_vec(), missing: Vec::new(), answers };
        // The sender is dropped at the end, which ends the wait at once.
        while let Ok(path) = look.answers.recv_timeout(FIRST_LOOK) {
            look.missing.push(path);
        }
        look
    }

    /// The files that are not there, as far as is known by now.
    pub fn missing(&mut self) -> &[PathBuf] {
        self.missing.extend(self.answers.try_iter());
        &self.missing
    }

    /// Whether it was begun for other files.
    pub fn is_of_others(&self, paths: &[PathBuf]) -> bool {
        paths.iter().any(|path| !self.asked.contains(path))
    }
}
