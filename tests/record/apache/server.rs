//! A running httpd with a copy of a site.

use std::path::{Path, PathBuf};
use std::process::Command;

use super::edits::{as_written, files, runnable};
use super::fixtures;
use super::site::{Site, is_htaccess};
use crate::files::{bytes, is_configuration};
use crate::process::{Process, said};
use crate::workplace::Workplace;

/// As Debian installs it.
const PROGRAM: &str = "/usr/sbin/apache2";
const MODULE_FOLDER: &str = "/usr/lib/apache2/modules";

/// What an installation usually loads, and what recipes for CORS, proxies and logins ask for.
const MODULES: &[&str] = &[
    "mpm_event",
    "access_compat",
    "actions",
    "alias",
    "allowmethods",
    "auth_basic",
    "authn_core",
    "authn_file",
    "authz_core",
    "authz_groupfile",
    "authz_host",
    "authz_user",
    "autoindex",
    "cgi",
    "deflate",
    "dir",
    "env",
    "expires",
    "filter",
    "headers",
    "include",
    "macro",
    "mime",
    "negotiation",
    "proxy",
    "proxy_fcgi",
    "proxy_http",
    "slotmem_shm",
    "lbmethod_byrequests",
    "proxy_balancer",
    "reqtimeout",
    "rewrite",
    "setenvif",
    "socache_shmcb",
    "ssl",
    "status",
];

const TYPES: &str = "text/html html htm\ntext/css css\ntext/plain txt\ntext/csv csv\ntext/javascript js mjs\n\
                     application/json json map geojson\napplication/manifest+json webmanifest\nimage/png png\n\
                     image/jpeg jpg jpeg\nimage/gif gif\nimage/svg+xml svg\nimage/webp webp\nimage/x-icon ico\n\
                     font/woff woff\nfont/woff2 woff2\nfont/ttf ttf\nfont/otf otf\n\
                     application/vnd.ms-fontobject eot\napplication/pdf pdf\nvideo/mp4 mp4\n";

/// The version of the httpd on this machine.
pub(super) fn version() -> Result<String, String> {
    let said = said(Command::new(PROGRAM).arg("-v"))?.1;
    let version = said.split("Apache/").nth(1).and_then(|rest| rest.split_whitespace().next());
    version.map(str::to_owned).ok_or_else(|| format!("apache2 -v says {said:?}"))
}

/// Why httpd does not start with this site, without the place; `None` if it does.
pub(super) fn refusal(site: &Site, place: &Workplace) -> Result<Option<String>, String> {
    let main = write(site, place)?;
    let (good, said) = said(command(site, &main).arg("-t"))?;
    if good {
        return Ok(None);
    }
    let after = said.split("Syntax error on line").nth(1).and_then(|rest| rest.lines().nth(1));
    let message = after.or_else(|| said.lines().find(|line| line.starts_with("AH"))).unwrap_or(&said);
    Ok(Some(without(message, place.path())))
}

/// Starts httpd.
pub(super) fn start(site: &Site, place: &Workplace) -> Result<Process, String> {
    let main = write(site, place)?;
    let mut command = command(site, &main);
    // One process, so that killing it leaves none behind.
    let process = Process::start(command.arg("-X"), site.ports.values().copied(), place.path());
    // What is wrong in a configuration is said to standard error, what is wrong at start to the log.
    process.map_err(|error| format!("{error} {}", log(place.path()).trim()))
}

/// The first complaint about a `.htaccess`, without the place.
pub(super) fn complaint(place: &Path) -> Option<String> {
    let log = log(place);
    let line = log.lines().find(|line| line.contains(".htaccess: "))?;
    Some(without(line.split(".htaccess: ").nth(1)?, place))
}

fn log(place: &Path) -> String {
    std::fs::read(place.join("run/error.log"))
        .map(|bytes| String::from_utf8_lossy(&bytes).into_owned())
        .unwrap_or_default()
}

fn without(message: &str, place: &Path) -> String {
    as_written(message, place).replace(&place.display().to_string(), "").trim().to_owned()
}

fn command(site: &Site, main: &Path) -> Command {
    let mut command = Command::new(PROGRAM);
    command.arg("-f").arg(main).args(site.setup.defines.iter().map(|name| format!("-D{name}")));
    // What Debian's start script sets.
    let run = main.parent().unwrap_or(main);
    command.env("APACHE_LOG_DIR", run).env("APACHE_RUN_DIR", run);
    command.env("APACHE_RUN_USER", "www-data").env("APACHE_RUN_GROUP", "www-data");
    command
}

/// Writes the copy and whatever it needs around it; returns the file to start with.
fn write(site: &Site, place: &Workplace) -> Result<PathBuf, String> {
    let problem = |error: std::io::Error| format!("{}: {error}", place.path().display());
    for folder in ["conf", "fs/var/www", "root", "run"] {
        std::fs::create_dir_all(place.path().join(folder)).map_err(problem)?;
    }
    for (name, text) in &site.files {
        let is_read = is_configuration(name) || is_htaccess(name);
        let text = if is_read { runnable(site, name, place.path())? } else { text.clone() };
        for path in fixtures::copies(site, name) {
            place.write(&path, &bytes(&text)).map_err(problem)?;
        }
    }
    fixtures::write(site, place).map_err(problem)?;
    place.write("run/mime.types", TYPES.as_bytes()).map_err(problem)?;
    let main =
        head(site, place.path()) + &if site.is_server() { server(site, place.path()) } else { root(place.path()) };
    place.write("run/httpd.conf", main.as_bytes()).map_err(problem)
}

/// What every httpd here is told.
fn head(site: &Site, place: &Path) -> String {
    let run = place.join("run").display().to_string();
    let mut lines = vec![
        format!("ServerRoot \"{}\"", place.join("conf").display()),
        format!("PidFile \"{run}/pid\""),
        format!("ErrorLog \"{run}/error.log\""),
        format!("DefaultRuntimeDir \"{run}\""),
        format!("Mutex \"file:{run}\" default"),
        "ServerName www.example.com".to_owned(),
        "StartServers 1\nThreadsPerChild 4\nMaxRequestWorkers 4".to_owned(),
    ];
    let mut loaded: Vec<String> = MODULES
        .iter()
        .filter(|name| !site.setup.modules_off.iter().any(|off| off == *name))
        .map(|name| format!("LoadModule {name}_module {MODULE_FOLDER}/mod_{name}.so"))
        .collect();
    lines.append(&mut loaded);
    lines.push("User www-data\nGroup www-data".to_owned());
    lines.push(format!("TypesConfig \"{run}/mime.types\""));
    lines.extend(site.ports.values().map(|port| format!("Listen 127.0.0.1:{port}")));
    lines
        .push("<Directory />\n  Require all denied\n  AllowOverride None\n  Options FollowSymLinks ExecCGI".to_owned());
    lines.push("</Directory>\nDirectoryIndex index.html index.php\nAddHandler cgi-script .php .cgi".to_owned());
    lines.push("<FilesMatch \"^\\.ht\">\n  Require all denied\n</FilesMatch>\n".to_owned());
    lines.join("\n")
}

/// Around the configuration of a server: what Debian's own main file says.
fn server(site: &Site, place: &Path) -> String {
    let root = format!("<Directory \"{}/var/www\">\n  Require all granted\n</Directory>\n", files(place));
    let entries = site.entries().into_iter().map(|entry| place.join("conf").join(entry));
    let includes: Vec<String> = entries.map(|path| format!("Include \"{}\"\n", path.display())).collect();
    root + &includes.concat()
}

/// Around `.htaccess` files: a document root where they may say anything.
fn root(place: &Path) -> String {
    let root = place.join("root").display().to_string();
    format!(
        "DocumentRoot \"{root}\"\n<Directory \"{root}\">\n  Require all granted\n  AllowOverride All\n</Directory>\n"
    )
}
