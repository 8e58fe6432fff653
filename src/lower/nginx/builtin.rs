//! nginx's own variables (<https://nginx.org/en/docs/varindex.html>).

use crate::policy::Expression;

/// What the rest of a variable's name means.
type Meaning = fn(&str) -> Expression;

/// Variables whose names begin so, and what the rest of the name means.
const PREFIXES: &[(&str, Meaning)] = &[
    ("http_", |rest| Expression::RequestHeader(header_name(rest))),
    ("sent_http_", |rest| Expression::ResponseHeader(header_name(rest))),
    ("upstream_http_", |rest| Expression::UpstreamHeader(header_name(rest))),
    ("arg_", |rest| Expression::Query(Some(rest.to_owned()))),
    ("cookie_", |rest| Expression::Cookie(rest.to_owned())),
];

/// The value of a variable of nginx's own; `None` for what it does not know and for what differs in ways that no
/// probe shows (`$remote_addr`, `$request_id`).
pub(super) fn expression(name: &str) -> Option<Expression> {
    let whole = match name {
        "request_method" => Expression::Method,
        "scheme" => Expression::Scheme,
        "host" => Expression::Host,
        "uri" | "document_uri" | "request_filename" | "fastcgi_script_name" => Expression::Path,
        "document_root" | "realpath_root" | "fastcgi_path_info" | "is_args" => Expression::literal(""),
        "request_uri" => Expression::RequestTarget,
        "args" | "query_string" => Expression::Query(None),
        "status" => Expression::Status,
        "content_type" => Expression::RequestHeader("content-type".to_owned()),
        _ => return PREFIXES.iter().find_map(|(prefix, meaning)| Some(meaning(name.strip_prefix(prefix)?))),
    };
    Some(whole)
}

/// `x_forwarded_for` as a header's name.
fn header_name(rest: &str) -> String {
    rest.to_ascii_lowercase().replace('_', "-")
}

/// Whether nginx or a module of its own has a variable of this name, whatever its value.
pub(super) fn is_known(name: &str) -> bool {
    KNOWN.contains(&name) || PREFIXES_KNOWN.iter().any(|prefix| name.starts_with(prefix))
}

const PREFIXES_KNOWN: &[&str] =
    &["ssl_", "upstream_", "proxy_", "geoip", "session_log_", "jwt_", "date_", "time_", "tcpinfo_"];

/// <https://nginx.org/en/docs/varindex.html>, but for what [`expression`] and [`PREFIXES_KNOWN`] cover.
const KNOWN: &[&str] = &[
    "ancient_browser",
    "binary_remote_addr",
    "body_bytes_sent",
    "bytes_received",
    "bytes_sent",
    "connection",
    "connection_requests",
    "connection_time",
    "connections_active",
    "connections_reading",
    "connections_waiting",
    "connections_writing",
    "content_length",
    "gzip_ratio",
    "hostname",
    "https",
    "invalid_referer",
    "limit_rate",
    "limit_conn_status",
    "limit_req_status",
    "memcached_key",
    "modern_browser",
    "msec",
    "msie",
    "nginx_version",
    "pid",
    "pipe",
    "protocol",
    "realip_remote_addr",
    "realip_remote_port",
    "remote_addr",
    "remote_port",
    "remote_user",
    "request",
    "request_body",
    "request_body_file",
    "request_completion",
    "request_id",
    "request_length",
    "request_time",
    "secure_link",
    "secure_link_expires",
    "server_addr",
    "server_name",
    "server_port",
    "server_protocol",
    "slice_range",
    "spdy",
    "http2",
    "http3",
    "uid_got",
    "uid_reset",
    "uid_set",
    "uri_captures",
];
