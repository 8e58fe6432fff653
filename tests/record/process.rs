//! The server's process, and commands of it that come to an end.

use std::fs::File;
use std::io::Read;
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use crate::wire::Ports;

/// How long a server may take to check a configuration, or to start.
const PATIENCE: Duration = Duration::from_secs(20);
const PAUSE: Duration = Duration::from_millis(10);

/// A running server, one process; killed when it is dropped.
pub(crate) struct Process(Child);

impl Process {
    /// Starts `command` and returns when it listens on all `ports` of this machine. What it says goes to a file in
    /// `place`, and is the error if it ends before.
    pub(crate) fn start(
        command: &mut Command,
        ports: impl IntoIterator<Item = u16>,
        place: &Path,
    ) -> Result<Self, String> {
        let name = command.get_program().to_string_lossy().into_owned();
        let said = place.join("stderr");
        let errors = File::create(&said).map_err(|error| error.to_string())?;
        let child = command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(errors).spawn();
        let mut process = Self(child.map_err(|error| format!("{name}: {error}"))?);
        let deadline = Instant::now() + PATIENCE;
        for port in ports {
            while !listens(port) {
                let ended = process.0.try_wait().map_err(|error| error.to_string())?.is_some();
                if ended || Instant::now() > deadline {
                    let said = std::fs::read_to_string(&said).unwrap_or_default();
                    return Err(format!("{name} does not listen: {}", said.trim()));
                }
                thread::sleep(PAUSE);
            }
        }
        Ok(process)
    }

    /// Whether it has not ended by itself.
    pub(crate) fn is_running(&mut self) -> bool {
        matches!(self.0.try_wait(), Ok(None))
    }
}

fn listens(port: u16) -> bool {
    TcpStream::connect_timeout(&SocketAddr::from(([127, 0, 0, 1], port)), Duration::from_secs(1)).is_ok()
}

impl Drop for Process {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// Runs a command to its end, and returns whether it succeeded and what it said, on either stream.
pub(crate) fn said(command: &mut Command) -> Result<(bool, String), String> {
    let name = command.get_program().to_string_lossy().into_owned();
    let problem = |error: std::io::Error| format!("{name}: {error}");
    let mut child =
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().map_err(problem)?;
    let deadline = Instant::now() + PATIENCE;
    let status = loop {
        match child.try_wait().map_err(problem)? {
            Some(status) => break status,
            None if Instant::now() > deadline => {
                let _ = child.kill();
                let _ = child.wait();
                return Err(format!("{name} does not come to an end"));
            }
            None => thread::sleep(PAUSE),
        }
    };
    // What it says is far less than a pipe holds, so it never waited for a reader.
    let mut text = String::new();
    if let Some(mut stream) = child.stdout.take() {
        stream.read_to_string(&mut text).map_err(problem)?;
    }
    if let Some(mut stream) = child.stderr.take() {
        stream.read_to_string(&mut text).map_err(problem)?;
    }
    Ok((status.success(), text))
}

/// A free port of this machine for each of these.
pub(crate) fn free_ports(wanted: impl IntoIterator<Item = u16>) -> Result<Ports, String> {
    let problem = |error: std::io::Error| format!("no free port: {error}");
    // All are held at once, so that no two are the same, and let go together.
    let held = wanted.into_iter().map(|port| Ok((port, TcpListener::bind(("127.0.0.1", 0))?)));
    let held = held.collect::<std::io::Result<Vec<_>>>().map_err(problem)?;
    held.iter().map(|(port, listener)| Ok((*port, listener.local_addr().map_err(problem)?.port()))).collect()
}
