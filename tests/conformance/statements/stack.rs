//! What is known about a server with an Express application behind it.

use super::{Statement, shown};

pub(super) const STATEMENTS: &[Statement] = &[
    // nginx
    shown(1, "all that the application says of CORS arrives, with errors and preflights too"),
    shown(2, "add_header puts a second line beside the application's, on the statuses that it is for"),
    shown(3, "proxy_hide_header takes the application's line away, not nginx's own"),
    shown(4, "the application sees the Origin that proxy_set_header or RequestHeader leave of the browser's"),
    shown(5, "an error that error_page replaces has nothing of the application's"),
    shown(6, "a path in the target, and rewrites, decide which route of the application is asked"),
    shown(7, "a regex location forwards the path as it came, or as it is put together of captures"),
    shown(8, "a preflight that a login or a list of methods refuses is not the application's to answer"),
    shown(9, "a preflight that the server answers is answered, whatever the application would have said"),
    shown(10, "the servers of an upstream block are one application"),
    shown(11, "headers-more replaces and takes away the application's lines"),
    shown(12, "what try_files does not find is the application's"),
    shown(13, "an application is known by its port on this machine, by its folder, by its service in a compose file"),
    shown(17, "what the server writes may hang on what the application wrote, and that on the Host that it is told"),
    // Apache httpd
    shown(
        14,
        "the application's headers are in the onsuccess table: set replaces them, add and always set double them",
    ),
    shown(15, "with ProxyErrorOverride an error has the always table alone"),
    shown(16, "a virtual host's rewrite to a status comes before ProxyPass"),
];
