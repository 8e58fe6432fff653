//! A sign of life on a terminal, where a run takes longer than a second.

use std::io::{self, IsTerminal};
use std::sync::mpsc::{self, RecvTimeoutError};
use std::thread;
use std::time::{Duration, Instant};

use super::terminal;

/// How often the sign changes.
const BEAT: Duration = Duration::from_secs(1);

/// Does the work, and shows on standard error how long it has taken if that is a terminal. What was shown is gone when
/// the work is done.
pub(super) fn during<T>(work: impl FnOnce() -> T) -> T {
    if !io::stderr().is_terminal() {
        return work();
    }
    let (done, waiting) = mpsc::channel::<()>();
    let sign = thread::spawn(move || {
        let started = Instant::now();
        let mut shown = false;
        while waiting.recv_timeout(BEAT) == Err(RecvTimeoutError::Timeout) {
            terminal::complain(&format!("\rchecking, {} s", started.elapsed().as_secs()));
            shown = true;
        }
        if shown {
            terminal::complain("\r                    \r");
        }
    });
    let result = work();
    drop(done);
    // It cannot have panicked on anything but a closed terminal, and then there is nobody to tell.
    let _ = sign.join();
    result
}
