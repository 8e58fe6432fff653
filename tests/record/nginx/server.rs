//! A running nginx with a copy of a site.

use std::path::{Path, PathBuf};
use std::process::Command;

use super::edits::runnable;
use super::site::{self, Site};
use crate::files::bytes;
use crate::process::{Process, said};
use crate::standin::Protocol;
use crate::workplace::Workplace;

/// Where Debian puts the module that knows `more_set_headers`.
const HEADERS_MORE: &str = "/usr/lib/nginx/modules/ngx_http_headers_more_filter_module.so";

/// Where the copy of the site is.
pub(super) fn configuration(place: &Path) -> PathBuf {
    place.join("conf")
}

/// What stands before the absolute paths of the site.
pub(super) fn files(place: &Path) -> String {
    place.join("fs").display().to_string()
}

/// What every `http` block needs here.
pub(super) fn http_head(place: &Path) -> String {
    let place = place.join("temp");
    let temporary = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"]
        .map(|kind| format!("{kind}_temp_path {}; ", place.join(kind).display()));
    format!(" access_log off; {}", temporary.concat())
}

/// The version of the nginx on this machine.
pub(super) fn version() -> Result<String, String> {
    let said = said(Command::new("nginx").arg("-v"))?.1;
    let version = said.split("nginx/").nth(1).and_then(|rest| rest.split_whitespace().next());
    version.map(str::to_owned).ok_or_else(|| format!("nginx -v says {said:?}"))
}

/// Why nginx does not start with this site: its message without the place.
pub(super) fn refusal(site: &Site, place: &Workplace) -> Result<String, String> {
    let main = write(site, place)?;
    match check(site, place.path(), &main)? {
        None => Err("nginx takes this configuration".to_owned()),
        Some(said) => {
            let message = said.split("[emerg] ").nth(1).unwrap_or(&said).lines().next().unwrap_or_default();
            Ok(message.split(&format!(" in {}", place.path().display())).next().unwrap_or_default().to_owned())
        }
    }
}

/// Starts nginx, leaving out directives that it does not know (they are then in `site.unknown`).
pub(super) fn start(site: &mut Site, place: &Workplace) -> Result<Process, String> {
    let main = loop {
        let main = write(site, place)?;
        let Some(said) = check(site, place.path(), &main)? else { break main };
        let unknown = said.split("unknown directive \"").nth(1).and_then(|rest| rest.split('"').next());
        match unknown {
            Some(name) if site.unknown.insert(name.to_owned()) => {}
            _ => return Err(format!("nginx -t: {}", said.trim())),
        }
    };
    let mut command = command(site, place.path(), &main, "daemon off; master_process off;");
    Process::start(&mut command, site.live_ports(), place.path())
}

/// What `nginx -t` says against the configuration; `None` if it takes it.
fn check(site: &Site, place: &Path, main: &Path) -> Result<Option<String>, String> {
    let (good, said) = said(command(site, place, main, "").arg("-t"))?;
    Ok((!good).then_some(said))
}

/// `directives` go in front of the main file; nginx takes only one `-g`.
fn command(site: &Site, place: &Path, main: &Path, directives: &str) -> Command {
    let log = place.join("error.log");
    let needs_module = site.directives().iter().any(|directive| directive.name.value.starts_with("more_"));
    let module = if needs_module { format!("load_module {HEADERS_MORE};") } else { String::new() };
    let pid = place.join("nginx.pid");
    let mut command = Command::new("nginx");
    command.arg("-p").arg(place.join("prefix")).arg("-e").arg(&log).arg("-c").arg(main);
    command.arg("-g").arg(format!("{module} pid {}; error_log {}; {directives}", pid.display(), log.display()));
    command
}

/// Writes the copy and whatever it needs around it; returns the file to start with.
fn write(site: &Site, place: &Workplace) -> Result<PathBuf, String> {
    let problem = |error: std::io::Error| format!("{}: {error}", place.path().display());
    for folder in ["temp", "prefix/logs", "fs"] {
        std::fs::create_dir_all(place.path().join(folder)).map_err(problem)?;
    }
    for (path, text) in &site.setup.fixtures {
        place.write(&format!("fs/{}", path.trim_start_matches('/')), text.as_bytes()).map_err(problem)?;
    }
    for directive in site.directives() {
        let Some(path) = directive.argument(0).and_then(|path| path.strip_prefix('/')) else { continue };
        if directive.is("auth_basic_user_file") {
            place.write(&format!("fs/{path}"), b"probe:{PLAIN}probe\n").map_err(problem)?;
        } else if directive.name.value.ends_with("_cache_path") {
            std::fs::create_dir_all(place.path().join("fs").join(path)).map_err(problem)?;
        }
    }
    for (name, file) in &site.files {
        let text = match file.tree {
            Some(_) => runnable(site, name, place.path())?,
            None => file.text.clone(),
        };
        place.write(&format!("conf/{name}"), &bytes(&text)).map_err(problem)?;
    }
    main_file(site, place).map_err(problem)
}

/// The entry file itself if it is a whole configuration, else one that includes the entry files where they belong.
fn main_file(site: &Site, place: &Workplace) -> std::io::Result<PathBuf> {
    let entries = site.entries();
    let top: Vec<&str> = entries
        .iter()
        .filter_map(|name| site.files.get(*name))
        .flat_map(site::File::directives)
        .map(|directive| directive.name.value.as_str())
        .collect();
    let http_level = ["server", "upstream", "map", "geo", "proxy_cache_path", "limit_req_zone"];
    let wrap = match &site.setup.wrap {
        Some(wrap) => wrap.as_str(),
        None if top.contains(&"http") => "none",
        None if top.iter().any(|name| http_level.contains(name)) => "http",
        None => "server",
    };
    let configuration = configuration(place.path());
    if let ("none", Some(entry)) = (wrap, entries.first()) {
        let path = configuration.join(entry);
        if !site.directives().iter().any(|directive| directive.is("events")) {
            let mut bytes = std::fs::read(&path)?;
            bytes.extend_from_slice(b"\nevents {}\n");
            std::fs::write(&path, bytes)?;
        }
        return Ok(path);
    }
    let includes: Vec<String> =
        entries.iter().map(|entry| format!("include {};", configuration.join(entry).display())).collect();
    let mut inner = includes.join("\n");
    if wrap == "location" {
        inner = format!("location / {{ proxy_pass http://{}; {inner} }}", site.standins[&Protocol::Http]);
    }
    if wrap != "http" {
        inner = format!("server {{ listen 127.0.0.1:{}; {}\n{inner} }}", site.ports[&80], site.setup.inside);
    }
    let (head, prelude) = (http_head(place.path()), &site.setup.prelude);
    let text = format!("events {{}}\nhttp {{ {head}\ninclude /etc/nginx/mime.types;\n{prelude}\n{inner}\n}}\n");
    place.write("main.conf", text.as_bytes())
}
