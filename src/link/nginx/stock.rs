//! Files that come with nginx, its packages and tools made for it: that they are not in the tree is no fault.

/// Their names, wherever they are said to be.
const NAMES: [&str; 15] = [
    "fastcgi-php.conf",
    "fastcgi.conf",
    "fastcgi_params",
    "koi-utf",
    "koi-win",
    "mime.types",
    "naxsi_core.rules",
    "options-ssl-nginx.conf",
    "proxy_params",
    "scgi_params",
    "snakeoil.conf",
    "uwsgi_params",
    "win-utf",
    "fastcgi_params.default",
    "mime.types.default",
];

/// Whether the argument of an `include` names a file of a stock installation: of nginx itself, of Debian's and Red Hat's
/// packages, of certbot. None of them holds a header or a location.
#[must_use]
pub fn is_stock_include(argument: &str) -> bool {
    let (folder, name) = argument.rsplit_once('/').unwrap_or(("", argument));
    NAMES.contains(&name) || folder.ends_with("modules-enabled") || folder.ends_with("nginx/modules")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stock_files_are_known_by_name() {
        for (argument, expected) in [
            ("mime.types", true),
            ("/etc/nginx/mime.types", true),
            ("snippets/fastcgi-php.conf", true),
            ("/etc/letsencrypt/options-ssl-nginx.conf", true),
            ("/etc/nginx/modules-enabled/50-mod-http-geoip.conf", true),
            ("/usr/share/nginx/modules/mod-stream.conf", true),
            ("cors.conf", false),
            ("my-mime.types.conf", false),
        ] {
            assert_eq!(is_stock_include(argument), expected, "{argument}");
        }
    }
}
