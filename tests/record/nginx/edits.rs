//! Replaces in a site what cannot be as it is on this machine: ports, upstream addresses, paths, TLS, logs, limits.
//!
//! Byte for byte everything else stays: comments, quotes, line ends, order.

use std::collections::BTreeSet;
use std::path::Path;

use corslint::syntax::directive::{Body, Directive, Quote, Word};

use super::site::{Site, inside, is_socket, listen_port, protocol_of};
use crate::files::{Edit, edited};

/// Left out: what needs privileges, a network, keys, or would slow the probes down.
const LEFT_OUT: &[&str] = &[
    "access_log",
    "aio",
    "daemon",
    "debug_points",
    "error_log",
    "http2",
    "http3",
    "keepalive",
    "limit_conn",
    "limit_req",
    "load_module",
    "lock_file",
    "master_process",
    "pcre_jit",
    "pid",
    "quic_retry",
    "resolver",
    "resolver_timeout",
    "thread_pool",
    "timer_resolution",
    "user",
    "worker_cpu_affinity",
    "worker_priority",
    "worker_processes",
    "worker_rlimit_nofile",
    "working_directory",
];

/// Left out with everything that begins like this.
const LEFT_OUT_PREFIXES: &[&str] = &["ssl_", "proxy_ssl_", "grpc_ssl_", "uwsgi_ssl_", "http2_"];

/// Their first argument is a path.
const PATHS: &[&str] = &[
    "alias",
    "auth_basic_user_file",
    "client_body_temp_path",
    "fastcgi_cache_path",
    "fastcgi_temp_path",
    "proxy_cache_path",
    "proxy_temp_path",
    "root",
    "scgi_temp_path",
    "uwsgi_cache_path",
    "uwsgi_temp_path",
];

/// What may stand in an `upstream` beside its servers.
const BALANCING: &[&str] = &["hash", "ip_hash", "least_conn", "random", "zone"];

/// The text of a file of the site as it can be run, with everything of the site below `place`.
pub(super) fn runnable(site: &Site, name: &str, place: &Path) -> Result<String, String> {
    let Some(file) = site.files.get(name) else { return Err(format!("there is no {name}")) };
    let variables = pass_variables(site);
    let mut editor = Editor { site, file: name, place, variables, edits: Vec::new() };
    editor.block(file.directives(), &mut BTreeSet::new())?;
    Ok(edited(&file.text, editor.edits))
}

/// Names of the variables that a `…_pass` takes its target from.
fn pass_variables(site: &Site) -> BTreeSet<String> {
    let passes = site.directives().into_iter().filter(|directive| protocol_of(&directive.name.value).is_some());
    let targets = passes.filter_map(|directive| directive.argument(0)).flat_map(|target| target.split('$').skip(1));
    targets
        .map(|rest| rest.trim_start_matches('{'))
        .map(|rest| {
            rest.split(|char: char| !char.is_alphanumeric() && char != '_').next().unwrap_or_default().to_owned()
        })
        .collect()
}

struct Editor<'s> {
    site: &'s Site,
    file: &'s str,
    place: &'s Path,
    variables: BTreeSet<String>,
    edits: Vec<Edit>,
}

impl Editor<'_> {
    fn replace(&mut self, start: u32, end: u32, text: impl Into<String>) {
        self.edits.push(Edit { start: start as usize, end: end as usize, text: text.into() });
    }

    fn replace_word(&mut self, word: &Word, text: impl Into<String>) {
        self.replace(word.span.start, word.span.end, text);
    }

    fn leave_out(&mut self, directive: &Directive) {
        self.replace(directive.span.start, directive.span.end, "");
    }

    /// Inserts directives into a block.
    fn insert(&mut self, block: &Directive, text: impl Into<String>) {
        let before_brace = block.span.end - 1;
        let at = block.children().first().map_or(before_brace, |first| first.span.start);
        self.replace(at, at, text);
    }

    /// `ports`: those that the server around these directives listens on so far.
    fn block(&mut self, directives: &[Directive], ports: &mut BTreeSet<u16>) -> Result<(), String> {
        for directive in directives {
            self.directive(directive, ports)?;
        }
        Ok(())
    }

    fn directive(&mut self, directive: &Directive, ports: &mut BTreeSet<u16>) -> Result<(), String> {
        let name = directive.name.value.as_str();
        if self.is_left_out(name) {
            self.leave_out(directive);
            return Ok(());
        }
        match name {
            "listen" => self.listen(directive, ports),
            "upstream" => self.upstream(directive),
            "include" => self.include(directive)?,
            "if" => self.condition(directive),
            "set" => self.set(directive),
            _ if PATHS.contains(&name) => self.path(directive.arguments.first()),
            _ => {
                if let (Some(_), Some(target)) = (protocol_of(name), directive.arguments.first()) {
                    self.target(target, name);
                }
            }
        }
        match &directive.body {
            Some(Body::Directives(children)) => self.body(directive, children, ports),
            _ => Ok(()),
        }
    }

    fn is_left_out(&self, name: &str) -> bool {
        let by_prefix = || LEFT_OUT_PREFIXES.iter().any(|prefix| name.starts_with(prefix));
        self.site.unknown.contains(name) || LEFT_OUT.contains(&name) || by_prefix()
    }

    fn body(&mut self, block: &Directive, children: &[Directive], ports: &mut BTreeSet<u16>) -> Result<(), String> {
        match block.name.value.as_str() {
            "upstream" => Ok(()),
            // The entries are no directives, but for this one.
            "map" | "types" | "geo" | "split_clients" | "charset_map" => {
                children.iter().filter(|child| child.is("include")).try_for_each(|child| self.include(child))
            }
            "server" => {
                if !children.iter().any(|child| child.is("listen")) {
                    self.insert(block, format!(" listen 127.0.0.1:{}; ", self.port(80)));
                }
                self.block(children, &mut BTreeSet::new())
            }
            "http" => {
                self.insert(block, super::server::http_head(self.place));
                self.block(children, ports)
            }
            _ => self.block(children, ports),
        }
    }

    fn port(&self, written: u16) -> u16 {
        self.site.ports.get(&written).copied().unwrap_or(written)
    }

    /// One listen a port: a second address of the same port would be the same here.
    fn listen(&mut self, listen: &Directive, ports: &mut BTreeSet<u16>) {
        let port = listen_port(listen);
        if is_socket(listen) || !ports.insert(port) {
            self.leave_out(listen);
            return;
        }
        let is_default = |word: &Word| word.value == "default_server" || word.value == "default";
        let default = if listen.arguments.iter().any(is_default) { " default_server" } else { "" };
        self.replace(listen.span.start, listen.span.end, format!("listen 127.0.0.1:{}{default};", self.port(port)));
    }

    /// One server is enough.
    fn upstream(&mut self, upstream: &Directive) {
        let protocol = upstream.argument(0).and_then(|name| self.site.protocols.get(name)).copied();
        let protocol = protocol.unwrap_or(crate::standin::Protocol::Http);
        let first = upstream.children().iter().find(|child| child.is("server"));
        let address = first.and_then(|server| server.argument(0)).unwrap_or_default();
        let mut text = format!("server {};", self.site.behind(address, protocol));
        for child in upstream.children() {
            if child.is("server") {
                self.replace(child.span.start, child.span.end, std::mem::take(&mut text));
            } else if !BALANCING.contains(&child.name.value.as_str()) {
                self.leave_out(child);
            }
        }
    }

    /// The target of a `…_pass`: an upstream stays, a host or a socket becomes the application, or the site's own server.
    fn target(&mut self, word: &Word, directive: &str) {
        let (scheme, rest) = word.value.split_once("://").map_or(("", word.value.as_str()), |(s, rest)| (s, rest));
        let colon = rest.strip_prefix("unix:").and_then(|path| path.find(':'));
        let end = match colon {
            Some(colon) => "unix:".len() + colon + 1,
            None if rest.starts_with("unix:") => rest.len(),
            None => rest.find(['/', '$']).unwrap_or(rest.len()),
        };
        let (host, path) = rest.split_at(end);
        if host.is_empty() {
            return; // a variable, which is replaced where it is set
        }
        let is_upstream = |d: &&Directive| d.is("upstream") && d.argument(0) == Some(host);
        let address = if self.site.directives().iter().any(is_upstream) {
            host.to_owned()
        } else {
            let protocol = protocol_of(directive).unwrap_or(crate::standin::Protocol::Http);
            self.site.behind(host, protocol).to_string()
        };
        let scheme = if scheme.is_empty() { "" } else { "http://" };
        self.replace_word(word, format!("\"{scheme}{address}{path}\""));
    }

    fn set(&mut self, set: &Directive) {
        let name = set.argument(0).unwrap_or_default().trim_start_matches('$');
        if let (true, Some(value)) = (self.variables.contains(name), set.arguments.get(1)) {
            self.target(value, "proxy_pass");
        }
    }

    /// Absolute paths behind `-f`, `-d`, `-e`, `-x`.
    fn condition(&mut self, condition: &Directive) {
        for pair in condition.arguments.windows(2) {
            let test = pair[0].value.trim_start_matches('(').trim_start_matches('!');
            if ["-f", "-d", "-e", "-x"].contains(&test) {
                self.path(pair.get(1));
            }
        }
    }

    /// Puts an absolute path below the place.
    fn path(&mut self, word: Option<&Word>) {
        let Some(word) = word.filter(|word| word.value.starts_with('/')) else { return };
        let quote = u32::from(word.quote != Quote::Bare);
        let at = word.span.start + quote;
        self.replace(at, at, super::server::files(self.place));
    }

    fn include(&mut self, include: &Directive) -> Result<(), String> {
        let Some(word) = include.arguments.first() else { return Ok(()) };
        let tail = word.value.rsplit('/').next().unwrap_or_default();
        let installed = Path::new("/etc/nginx").join(tail);
        if !self.site.included(&word.value).is_empty() {
            let path = super::server::configuration(self.place).join(inside(&word.value));
            self.replace_word(word, path.display().to_string());
        } else if word.value.contains('*') {
            self.leave_out(include);
        } else if installed.is_file() {
            self.replace_word(word, installed.display().to_string());
        } else {
            return Err(format!("{}: include {} names no file of the site", self.file, word.value));
        }
        Ok(())
    }
}
