//! A folder of a test's own.

use std::fs;
use std::path::PathBuf;
use std::sync::atomic::{AtomicUsize, Ordering};

/// A folder below the system's temporary one, removed at the end.
pub(crate) struct Folder(pub(crate) PathBuf);

impl Folder {
    /// Makes one that no other test and no other run has.
    pub(crate) fn new() -> Self {
        static MADE: AtomicUsize = AtomicUsize::new(0);
        let number = MADE.fetch_add(1, Ordering::Relaxed);
        let name = format!("corslint-test-{}-{number}", std::process::id());
        // Includes are looked up in folders above as well: those have to be empty.
        let folder = Self(std::env::temp_dir().join(name).join("srv").join("site"));
        folder.remove();
        fs::create_dir_all(&folder.0).expect("folder can be made");
        folder
    }

    /// Adds a file, and the folders that its name leads through.
    pub(crate) fn with(self, name: &str, text: impl AsRef<[u8]>) -> Self {
        let path = self.0.join(name);
        fs::create_dir_all(path.parent().expect("is below the folder")).expect("folder can be made");
        fs::write(path, text).expect("file can be written");
        self
    }

    fn remove(&self) {
        if let Some(top) = self.0.ancestors().nth(2) {
            let _ = fs::remove_dir_all(top);
        }
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        self.remove();
    }
}
