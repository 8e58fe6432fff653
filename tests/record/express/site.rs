//! A copy of a site that is running.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::os::unix::fs::symlink;
use std::path::Path;
use std::process::Command;
use std::time::Duration;

use serde_json::Value;

use super::packages::Major;
use crate::case::{Ask, Case, Headers, Response, Route, Setup};
use crate::files;
use crate::probe::Running;
use crate::process::{Process, free_ports};
use crate::wire::{self, Ports, Target};
use crate::workplace::Workplace;

/// Makes the application listen where it can be asked.
const SHIM: &str = include_str!("listen.cjs");

/// Where it is asked when the case does not say.
const HOST: &str = "api.example.test";

/// How long an application may think where some requests are never answered.
const SILENCE: Duration = Duration::from_secs(2);

/// See the module.
pub(crate) struct Site<'s> {
    setup: &'s Setup,
    major: Major,
    entry: String,
    place: Workplace,
    ports: Ports,
    process: RefCell<Option<Process>>,
}

impl<'s> Site<'s> {
    /// Copies the site, beside the packages that it may ask for.
    pub(super) fn copy(folder: &Path, case: &'s Case) -> Result<Self, String> {
        let files = files::read(folder)?;
        let manifest = files.get("package.json").map_or("", String::as_str);
        let major = Major::asked_for(manifest);
        let entry = entry(&case.setup, &files).ok_or("there is no file to start with")?;
        let place = Workplace::new().map_err(|error| format!("temporary folder: {error}"))?;
        let written = files
            .iter()
            .try_for_each(|(name, text)| place.write(&format!("app/{name}"), &files::bytes(text)).map(drop));
        written
            .and_then(|()| place.write("listen.cjs", SHIM.as_bytes()).map(drop))
            .map_err(|error| format!("{}: {error}", place.path().display()))?;
        let packages = major.installed()?.join("node_modules");
        symlink(&packages, place.path().join("app/node_modules")).map_err(|error| format!("node_modules: {error}"))?;
        let ports = free_ports([80])?;
        Ok(Self { setup: &case.setup, major, entry, place, ports, process: RefCell::new(None) })
    }

    /// What answers.
    pub(crate) fn server(&self) -> Result<String, String> {
        self.major.server()
    }

    /// Where it listens.
    pub(crate) fn address(&self) -> SocketAddr {
        SocketAddr::from(([127, 0, 0, 1], self.ports[&80]))
    }

    /// Starts it; the error is what it says when it ends by itself.
    pub(super) fn start(&self) -> Result<(), String> {
        // The one before must be gone: it listens on the same port.
        drop(self.process.take());
        let mut command = Command::new("node");
        command.current_dir(self.place.path().join("app")).env_clear();
        for name in ["PATH", "SystemRoot"] {
            command.envs(std::env::var_os(name).map(|value| (name, value)));
        }
        command.env("HOME", self.place.path()).env("RECORD_PORT", self.ports[&80].to_string()).envs(&self.setup.env);
        command.arg("--require").arg(self.place.path().join("listen.cjs"));
        if [".ts", ".mts", ".cts", ".tsx"].iter().any(|extension| self.entry.ends_with(extension)) {
            command.args(["--import", "tsx"]);
        }
        let process = Process::start(command.arg(&self.entry), self.ports.values().copied(), self.place.path())?;
        *self.process.borrow_mut() = Some(process);
        Ok(())
    }

    fn is_running(&self) -> bool {
        self.process.borrow_mut().as_mut().is_some_and(Process::is_running)
    }
}

/// The file to start: as the case says, or `package.json`, else the first of the usual names.
fn entry(setup: &Setup, files: &BTreeMap<String, String>) -> Option<String> {
    if let Some(entry) = setup.entry.first() {
        return files.contains_key(entry).then(|| entry.clone());
    }
    let manifest: Value =
        files.get("package.json").and_then(|text| serde_json::from_str(text).ok()).unwrap_or_default();
    if let Some(main) = manifest["main"].as_str().filter(|main| files.contains_key(*main)) {
        return Some(main.to_owned());
    }
    for folder in ["", "src/"] {
        for name in ["server", "app", "index", "main"] {
            for extension in ["js", "mjs", "cjs", "ts", "mts"] {
                let path = format!("{folder}{name}.{extension}");
                if files.contains_key(&path) {
                    return Some(path);
                }
            }
        }
    }
    None
}

impl Running for Site<'_> {
    fn ports(&self) -> &Ports {
        &self.ports
    }

    fn place(&self, ask: &Ask) -> (String, u16) {
        (ask.host.clone().unwrap_or_else(|| HOST.to_owned()), 80)
    }

    fn success(&self, route: &Route) -> String {
        route.path.clone()
    }

    fn failing(&self, good: &str, _dynamic: bool) -> Vec<String> {
        vec![format!("{}/__404", good.trim_end_matches('/'))]
    }

    fn send(&self, method: &str, target: &Target, headers: &Headers) -> Result<Response, String> {
        if !self.setup.silent {
            return wire::send(&self.ports, method, target, headers);
        }
        if !self.is_running() {
            self.start()?;
        }
        wire::send_for(SILENCE, &self.ports, method, target, headers).or_else(|_| {
            // If it has not ended yet, it may be about to.
            drop(self.process.take());
            Ok(Response { status: 0, headers: Headers::new() })
        })
    }

    fn between(&self) -> Result<(), String> {
        if self.setup.restart { self.start() } else { Ok(()) }
    }
}
