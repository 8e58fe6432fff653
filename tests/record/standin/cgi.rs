//! CGI: a script that the server runs for each request.

use super::{BODY, METHODS, STATUS_HEADER};

/// The text of the script, for `/bin/sh`. It needs no other program, and answers as [`super::answer`] does, but for
/// paths that check logins.
pub(crate) fn script() -> String {
    let told = format!("HTTP_{}", STATUS_HEADER.to_uppercase().replace('-', "_"));
    let body = String::from_utf8_lossy(BODY);
    format!(
        r#"#!/bin/sh
status=200 allow=
case "$REQUEST_METHOD" in OPTIONS) status=405 allow='Allow: {METHODS}\r\n' ;; esac
case "$REQUEST_URI" in
  *__404*) status=404 allow= ;;
  *__500*) status=500 allow= ;;
esac
[ -z "${told}" ] || {{ status="${told}"; allow=; }}
printf "Status: $status Stand-in\r\n$allow"
case "$status" in
  204|304) printf '\r\n' ;;
  *) printf 'Content-Type: application/json\r\n\r\n%s' '{body}' ;;
esac
"#
    )
}
