//! Which modules and which version of httpd are taken to be there.

use crate::syntax::directive::Word;
use crate::syntax::hole;

/// The version that is taken to run, where a configuration asks: major, minor, patch.
const VERSION: [u32; 3] = [2, 4, 62];

/// Modules of httpd's own, and widely used ones beside them, without `mod_`: whoever writes about one in a configuration
/// is taken to have it. `headers` among them: without it there would be nothing to say.
const KNOWN: &[&str] = &[
    "access_compat",
    "actions",
    "alias",
    "allowmethods",
    "asis",
    "auth_basic",
    "auth_digest",
    "auth_form",
    "authn_anon",
    "authn_core",
    "authn_dbd",
    "authn_dbm",
    "authn_file",
    "authn_socache",
    "authnz_ldap",
    "authz_core",
    "authz_dbd",
    "authz_dbm",
    "authz_groupfile",
    "authz_host",
    "authz_owner",
    "authz_user",
    "autoindex",
    "brotli",
    "buffer",
    "cache",
    "cache_disk",
    "cgi",
    "cgid",
    "data",
    "dav",
    "dav_fs",
    "deflate",
    "dir",
    "env",
    "expires",
    "ext_filter",
    "file_cache",
    "filter",
    "headers",
    "http2",
    "include",
    "info",
    "ldap",
    "log_config",
    "logio",
    "lua",
    "macro",
    "mime",
    "mime_magic",
    "negotiation",
    "proxy",
    "proxy_ajp",
    "proxy_balancer",
    "proxy_fcgi",
    "proxy_http",
    "proxy_http2",
    "proxy_scgi",
    "proxy_uwsgi",
    "proxy_wstunnel",
    "ratelimit",
    "remoteip",
    "reqtimeout",
    "request",
    "rewrite",
    "session",
    "session_cookie",
    "setenvif",
    "slotmem_shm",
    "so",
    "socache_shmcb",
    "speling",
    "ssl",
    "status",
    "substitute",
    "unique_id",
    "unixd",
    "userdir",
    "usertrack",
    "version",
    "vhost_alias",
    "watchdog",
    "xml2enc",
];

/// The same of modules that others make.
const KNOWN_ELSEWHERE: &[&str] = &[
    "auth_mellon",
    "auth_openidc",
    "authnz_external",
    "evasive",
    "fastcgi",
    "fcgid",
    "geoip",
    "itk",
    "jk",
    "maxminddb",
    "pagespeed",
    "passenger",
    "perl",
    "php",
    "php5",
    "php7",
    "php8",
    "python",
    "qos",
    "security",
    "security2",
    "shib",
    "suphp",
    "wsgi",
    "xsendfile",
];

/// Whether the module of an `IfModule` is loaded; `None` where that is anybody's guess. File name (`mod_headers.c`) and
/// identifier (`headers_module`) are compared with regard to case.
pub(super) fn is_loaded(asked: &str) -> Option<bool> {
    if hole::has_hole(asked) {
        return None;
    }
    if matches!(asked, "core.c" | "http_core.c" | "core_module" | "http_module" | "prefork.c" | "event.c" | "worker.c")
    {
        return Some(asked != "prefork.c" && asked != "worker.c");
    }
    let by_file = asked.strip_prefix("mod_").and_then(|rest| rest.strip_suffix(".c"));
    match by_file.or(asked.strip_suffix("_module")) {
        Some(name) if KNOWN.contains(&name) || KNOWN_ELSEWHERE.contains(&name) => Some(true),
        // `mod_headers`, `MOD_HEADERS.C`: httpd knows no such module.
        _ if is_misspelt(asked) => Some(false),
        _ => None,
    }
}

/// Whether a known module is meant by a name that httpd does not know it by.
fn is_misspelt(asked: &str) -> bool {
    let lower = asked.to_ascii_lowercase();
    let name = lower.trim_start_matches("mod_").trim_end_matches(".c").trim_end_matches("_module");
    KNOWN.contains(&name)
}

/// Whether the version asked for by an `IfVersion` is the one that is taken to run; `None` where a pattern asks.
pub(super) fn version_holds(words: &[Word]) -> Option<bool> {
    let values: Vec<&str> = words.iter().map(|word| word.value.as_str()).collect();
    let (operator, asked) = match values.as_slice() {
        [asked] => ("=", *asked),
        [operator, asked] => (*operator, *asked),
        _ => return None,
    };
    let (negated, operator) = operator.strip_prefix('!').map_or((false, operator), |rest| (true, rest));
    let parts: Option<Vec<u32>> = asked.split('.').map(|part| part.parse().ok()).collect();
    let mut parts = parts?;
    parts.resize(3, 0);
    let holds = match operator {
        "=" | "==" => VERSION[..] == parts[..],
        ">" => VERSION[..] > parts[..],
        ">=" => VERSION[..] >= parts[..],
        "<" => VERSION[..] < parts[..],
        "<=" => VERSION[..] <= parts[..],
        _ => return None,
    };
    Some(holds != negated)
}
