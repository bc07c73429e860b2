//! How long nobody touched keyboard or pointer, in any program: people work in the browser beside this one.

use std::sync::mpsc::{Receiver, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

/// What wakes the window when an answer waits.
pub type WakeWindow = Box<dyn Fn() + Send>;

/// Who knows the idleness of the system.
pub trait IdleTime {
    /// Asks without blocking. The answer is the time since the last input, `None` where the system does not tell:
    /// then only the input of the program's own window is known.
    fn ask(&mut self, wake: WakeWindow) -> Receiver<Option<Duration>>;
}

/// The system: `GetLastInputInfo` of Windows, the screen saver extension of X11, the idle monitor of the Wayland
/// desktops that have one (over D-Bus), IOKit of macOS.
#[derive(Clone, Copy, Debug, Default)]
pub struct SystemIdleTime;

impl IdleTime for SystemIdleTime {
    fn ask(&mut self, wake: WakeWindow) -> Receiver<Option<Duration>> {
        let (answer, answers) = channel();
        // A display or a bus that hangs must not hold the window.
        std::thread::spawn(move || {
            // The window may have been closed meanwhile.
            let _ = answer.send(system_idle_time::get_idle_time().ok());
            wake();
        });
        answers
    }
}

/// An idleness that a test sets.
#[derive(Clone, Debug, Default)]
pub struct PreparedIdleTime(Arc<Mutex<Option<Duration>>>);

impl PreparedIdleTime {
    /// What is answered from now on.
    pub fn set(&self, idle: Option<Duration>) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = idle;
    }
}

impl IdleTime for PreparedIdleTime {
    fn ask(&mut self, _wake: WakeWindow) -> Receiver<Option<Duration>> {
        let (answer, answers) = channel();
        // The receiver is in our hands, so sending cannot fail.
        let _ = answer.send(*self.0.lock().unwrap_or_else(PoisonError::into_inner));
        answers
    }
}
