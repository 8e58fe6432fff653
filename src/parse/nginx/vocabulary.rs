//! Names that betray a forgotten `;` or brace. Not a list of what nginx knows: unknown directives are legal.

/// Directives that always have a block.
const BLOCKS: [&str; 8] = ["events", "http", "if", "limit_except", "location", "map", "types", "upstream"];

/// Directives that never have one, but for names that are also arguments of others (`break`, `ssl`, `http2`).
/// Sorted.
const SIMPLE: [&str; 91] = [
    "access_log",
    "add_header",
    "add_trailer",
    "alias",
    "allow",
    "auth_basic",
    "auth_basic_user_file",
    "auth_request",
    "auth_request_set",
    "autoindex",
    "charset",
    "client_body_buffer_size",
    "client_max_body_size",
    "default_type",
    "deny",
    "error_log",
    "error_page",
    "expires",
    "fastcgi_cache",
    "fastcgi_hide_header",
    "fastcgi_index",
    "fastcgi_param",
    "fastcgi_pass",
    "fastcgi_pass_header",
    "fastcgi_read_timeout",
    "fastcgi_split_path_info",
    "grpc_pass",
    "grpc_set_header",
    "gzip",
    "gzip_comp_level",
    "gzip_min_length",
    "gzip_proxied",
    "gzip_types",
    "gzip_vary",
    "include",
    "index",
    "internal",
    "keepalive_timeout",
    "limit_conn",
    "limit_req",
    "listen",
    "log_format",
    "log_not_found",
    "more_clear_headers",
    "more_clear_input_headers",
    "more_set_headers",
    "more_set_input_headers",
    "proxy_buffer_size",
    "proxy_buffering",
    "proxy_buffers",
    "proxy_cache",
    "proxy_cache_bypass",
    "proxy_cache_key",
    "proxy_cache_valid",
    "proxy_connect_timeout",
    "proxy_hide_header",
    "proxy_http_version",
    "proxy_intercept_errors",
    "proxy_method",
    "proxy_no_cache",
    "proxy_pass",
    "proxy_pass_header",
    "proxy_pass_request_headers",
    "proxy_read_timeout",
    "proxy_redirect",
    "proxy_request_buffering",
    "proxy_send_timeout",
    "proxy_set_header",
    "proxy_ssl_server_name",
    "resolver",
    "return",
    "rewrite",
    "root",
    "satisfy",
    "send_timeout",
    "sendfile",
    "server_name",
    "server_tokens",
    "set",
    "ssl_certificate",
    "ssl_certificate_key",
    "ssl_ciphers",
    "ssl_prefer_server_ciphers",
    "ssl_protocols",
    "ssl_session_cache",
    "ssl_session_timeout",
    "sub_filter",
    "tcp_nodelay",
    "try_files",
    "uwsgi_pass",
    "worker_connections",
];

/// Blocks whose entries are a key and a value.
const PAIRS: [&str; 3] = ["geo", "map", "split_clients"];

/// Whether `name` is that of a block and of nothing else.
pub(super) fn is_block(name: &str) -> bool {
    BLOCKS.contains(&name)
}

/// Whether `name` is that of a directive without a block.
pub(in crate::parse) fn is_simple(name: &str) -> bool {
    SIMPLE.binary_search(&name).is_ok()
}

/// Whether a word at the beginning of a line looks like the beginning of a directive.
pub(super) fn begins_directive(word: &str) -> bool {
    is_simple(word) || is_block(word) || word == "server"
}

/// Whether the entries of a block of this name are pairs of key and value.
pub(super) fn holds_pairs(name: &str) -> bool {
    PAIRS.contains(&name)
}

/// Whether the entries of a block of this name are not directives.
pub(super) fn is_table(name: &str) -> bool {
    holds_pairs(name) || matches!(name, "types" | "charset_map")
}

/// Whether the body of a block of this name is Lua.
pub(super) fn is_lua(name: &str) -> bool {
    name.ends_with("_by_lua_block")
}

/// Beginnings of nginx's own variables.
const VARIABLE_PREFIXES: [&str; 6] = ["arg_", "cookie_", "http_", "sent_http_", "ssl_", "upstream_"];

/// The others of its variables that people use (<https://nginx.org/en/docs/varindex.html>).
const VARIABLES: [&str; 40] = [
    "args",
    "binary_remote_addr",
    "body_bytes_sent",
    "bytes_sent",
    "connection",
    "content_length",
    "content_type",
    "document_root",
    "document_uri",
    "fastcgi_path_info",
    "fastcgi_script_name",
    "host",
    "hostname",
    "https",
    "is_args",
    "limit_rate",
    "msec",
    "pid",
    "proxy_add_x_forwarded_for",
    "proxy_host",
    "proxy_port",
    "query_string",
    "realpath_root",
    "remote_addr",
    "remote_port",
    "remote_user",
    "request",
    "request_body",
    "request_filename",
    "request_id",
    "request_method",
    "request_time",
    "request_uri",
    "scheme",
    "server_addr",
    "server_name",
    "server_port",
    "server_protocol",
    "status",
    "uri",
];

/// Whether nginx has a variable of this name, which is in lower case.
pub(super) fn is_variable(name: &str) -> bool {
    VARIABLES.binary_search(&name).is_ok() || VARIABLE_PREFIXES.iter().any(|prefix| name.starts_with(prefix))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_is_sorted_for_the_binary_search() {
        assert!(SIMPLE.is_sorted() && VARIABLES.is_sorted());
        assert!(is_simple("add_header") && !is_simple("add_headers") && !is_simple("location"));
    }
}
