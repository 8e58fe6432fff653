//! What expressions know by name (`util_expr_eval.c`, `ssl_engine_vars.c` of httpd 2.4).

/// Variables, in any case.
const VARIABLES: [&str; 51] = [
    "API_VERSION",
    "AUTH_TYPE",
    "CONN_LOG_ID",
    "CONN_REMOTE_ADDR",
    "CONTENT_TYPE",
    "CONTEXT_DOCUMENT_ROOT",
    "CONTEXT_PREFIX",
    "DOCUMENT_ROOT",
    "DOCUMENT_URI",
    "HANDLER",
    "HTTP2",
    "HTTPS",
    "HTTP_ACCEPT",
    "HTTP_COOKIE",
    "HTTP_FORWARDED",
    "HTTP_HOST",
    "HTTP_PROXY_CONNECTION",
    "HTTP_REFERER",
    "HTTP_USER_AGENT",
    "IPV6",
    "IS_SUBREQ",
    "LAST_MODIFIED",
    "PATH_INFO",
    "QUERY_STRING",
    "REMOTE_ADDR",
    "REMOTE_HOST",
    "REMOTE_IDENT",
    "REMOTE_PORT",
    "REMOTE_USER",
    "REQUEST_FILENAME",
    "REQUEST_LOG_ID",
    "REQUEST_METHOD",
    "REQUEST_SCHEME",
    "REQUEST_STATUS",
    "REQUEST_URI",
    "SCRIPT_FILENAME",
    "SCRIPT_GROUP",
    "SCRIPT_USER",
    "SERVER_ADMIN",
    "SERVER_NAME",
    "SERVER_PORT",
    "SERVER_PROTOCOL",
    "SERVER_SOFTWARE",
    "THE_REQUEST",
    "TIME",
    "TIME_DAY",
    "TIME_HOUR",
    "TIME_MIN",
    "TIME_MON",
    "TIME_SEC",
    "TIME_WDAY",
];

/// Functions that give a text, in any case.
const FUNCTIONS: [&str; 20] = [
    "base64",
    "env",
    "escape",
    "file",
    "filesize",
    "http",
    "ldap",
    "md5",
    "note",
    "osenv",
    "req",
    "req_novary",
    "reqenv",
    "resp",
    "sha1",
    "ssl",
    "tolower",
    "toupper",
    "unbase64",
    "unescape",
];

/// Questions with one letter; case counts.
const LETTERS: &str = "nzRTdefsLhxFUA";

/// Questions that stand between two texts, in any case.
const QUESTIONS: [&str; 4] = ["fnmatch", "ipmatch", "strcmatch", "strmatch"];

/// Whether there is a variable of this name.
pub(super) fn is_variable(name: &str) -> bool {
    let upper = name.to_ascii_uppercase();
    VARIABLES.binary_search(&upper.as_str()).is_ok() || upper == "TIME_YEAR" || upper.starts_with("SSL_")
}

/// Whether there is a function of this name that gives a text.
pub(super) fn is_function(name: &str) -> bool {
    FUNCTIONS.binary_search(&name.to_ascii_lowercase().as_str()).is_ok()
}

/// Whether there is a function of this name that gives a list.
pub(super) fn is_list_function(name: &str) -> bool {
    name.eq_ignore_ascii_case("PeerExtList")
}

/// Whether one text can be asked this.
pub(super) fn is_letter(name: &str) -> bool {
    LETTERS.contains(name)
}

/// Whether two texts can be asked this.
pub(super) fn is_question(name: &str) -> bool {
    QUESTIONS.iter().any(|known| known.eq_ignore_ascii_case(name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lists_are_sorted_for_the_binary_search() {
        assert!(VARIABLES.is_sorted() && FUNCTIONS.is_sorted());
        assert!(is_variable("https") && is_variable("TIME_YEAR") && !is_variable("HTTP_ORIGIN"));
    }
}
