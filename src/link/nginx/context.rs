//! What a file is a fragment of.

use super::{Context, Item};

/// Directives of the main context alone (`http` and `events` make a root, see `roots`).
const MAIN: [&str; 12] = [
    "daemon",
    "events",
    "http",
    "load_module",
    "mail",
    "pcre_jit",
    "pid",
    "stream",
    "user",
    "worker_processes",
    "worker_rlimit_nofile",
    "worker_shutdown_timeout",
];

/// Directives of the `http` context alone.
const HTTP: [&str; 25] = [
    "fastcgi_cache_path",
    "geo",
    "geoip2",
    "geoip_city",
    "geoip_country",
    "init_by_lua_block",
    "init_worker_by_lua_block",
    "keyval_zone",
    "limit_conn_zone",
    "limit_req_zone",
    "log_format",
    "lua_package_cpath",
    "lua_package_path",
    "lua_shared_dict",
    "map",
    "map_hash_bucket_size",
    "map_hash_max_size",
    "proxy_cache_path",
    "scgi_cache_path",
    "server_names_hash_bucket_size",
    "server_names_hash_max_size",
    "split_clients",
    "upstream",
    "uwsgi_cache_path",
    "variables_hash_max_size",
];

/// Directives of `server` that no location takes. Some may stand in `http` as well; on their own they are a server's.
const SERVER: [&str; 16] = [
    "http2",
    "large_client_header_buffers",
    "listen",
    "location",
    "server_name",
    "ssl_certificate",
    "ssl_certificate_key",
    "ssl_ciphers",
    "ssl_client_certificate",
    "ssl_dhparam",
    "ssl_prefer_server_ciphers",
    "ssl_protocols",
    "ssl_session_cache",
    "ssl_session_timeout",
    "ssl_stapling",
    "ssl_trusted_certificate",
];

/// Directives of `upstream` alone; `server` is told apart by having no block.
const UPSTREAM: [&str; 5] = ["hash", "ip_hash", "keepalive", "least_conn", "random"];

/// Directives of a location.
const LOCATION: [&str; 36] = [
    "access_log",
    "add_after_body",
    "add_before_body",
    "add_header",
    "add_header_inherit",
    "add_trailer",
    "alias",
    "allow",
    "autoindex",
    "break",
    "charset",
    "client_body_buffer_size",
    "client_max_body_size",
    "default_type",
    "deny",
    "error_log",
    "error_page",
    "etag",
    "expires",
    "if",
    "if_modified_since",
    "index",
    "internal",
    "keepalive_timeout",
    "limit_except",
    "log_not_found",
    "memcached_pass",
    "return",
    "rewrite",
    "root",
    "satisfy",
    "sendfile",
    "set",
    "stub_status",
    "try_files",
    "types",
];

/// How the names of further directives of a location begin.
const LOCATION_PREFIXES: [&str; 19] = [
    "access_by_lua",
    "auth_",
    "body_filter_by_lua",
    "brotli",
    "content_by_lua",
    "fastcgi_",
    "grpc_",
    "gzip",
    "header_filter_by_lua",
    "js_",
    "limit_",
    "more_",
    "open_file_cache",
    "proxy_",
    "rewrite_by_lua",
    "scgi_",
    "set_",
    "sub_filter",
    "uwsgi_",
];

/// The outermost context that these directives can be the inside of.
pub(super) fn outermost(items: &[Item<'_>]) -> Context {
    items.iter().map(of_item).min().unwrap_or(Context::Other)
}

/// Whether these directives make up a whole `nginx.conf`, and not a fragment of the main context.
pub(super) fn is_whole(directives: &[crate::syntax::directive::Directive]) -> bool {
    directives.iter().any(|directive| directive.body.is_some() && (directive.is("http") || directive.is("events")))
}

fn of_item(item: &Item<'_>) -> Context {
    let name = item.directive.name.value.as_str();
    let any = |names: &[&str]| names.contains(&name);
    if name == "server" {
        return if item.directive.body.is_some() { Context::Http } else { Context::Upstream };
    }
    if any(&MAIN) {
        Context::Main
    } else if any(&HTTP) {
        Context::Http
    } else if any(&SERVER) {
        Context::Server
    } else if any(&UPSTREAM) {
        Context::Upstream
    } else if any(&LOCATION) || LOCATION_PREFIXES.iter().any(|prefix| name.starts_with(prefix)) {
        Context::Location
    } else {
        Context::Other
    }
}
