//! What a file's name says of its language, before anything is read.

use super::Dialect;

/// What a name says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Hint {
    /// It is called what only files of this language are called.
    Surely(Dialect),
    /// Some server's configuration; the content decides.
    Configuration {
        /// Whether it lies, or is called, so that few words of nginx are enough.
        nginx_likely: bool,
        /// What it takes to be Apache's.
        apache: Apache,
    },
    /// JavaScript or TypeScript; the content decides.
    Script,
    /// Nothing at all (`config/example.org`, `proxy.j2`): a configuration only if its words leave no doubt.
    Silent,
    /// Something else: not read unless the user names it.
    Nothing,
}

/// How much a file has to say to be Apache's.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Apache {
    /// Hardly anything: its ending is a configuration's, and it lies, or is called, as Apache's are.
    Likely,
    /// A directive or two.
    Possible,
    /// The same, and it has to begin with one. `apache/LICENSE` and `sites-available/example.org` have no ending.
    Beginning,
}

/// Endings that a template or a sample adds to the name of what it becomes.
const TEMPLATE_ENDINGS: &[&str] = &[
    "template", "templ", "tmpl", "tpl", "stpl", "j2", "jinja", "jinja2", "erb", "epp", "ejs", "mustache", "hbs",
    "gotmpl", "ctmpl", "tt2", "in", "sample", "example", "dist", "default", "tftpl",
];

/// Endings of whole or partial configurations, wherever they lie.
const CONFIGURATION_ENDINGS: &[&str] =
    &["conf", "nginx", "nginxconf", "vhost", "vhosts", "apache", "apache2", "httpd", "htaccess"];

/// Endings of JavaScript and TypeScript.
const SCRIPT_ENDINGS: &[&str] = &["js", "mjs", "cjs", "jsx", "ts", "mts", "cts", "tsx"];

/// Folders in which a server's configurations have any name or ending (`sites-enabled/example.com`).
const FOLDERS: &[&str] = &[
    "sites-available",
    "sites-enabled",
    "sites",
    "conf.d",
    "http.d",
    "server.d",
    "snippets",
    "vhosts",
    "vhosts.d",
    "vhost.d",
    "servers",
    "default.d",
    "locations",
    "upstreams",
];

/// Folders in which Apache's configurations have any name or ending.
const APACHE_FOLDERS: &[&str] = &[
    "sites-available",
    "sites-enabled",
    "mods-available",
    "mods-enabled",
    "conf.modules.d",
    "vhosts",
    "vhosts.d",
    "vhost.d",
];

/// Endings that no server's configuration has, even in those folders.
const OTHER_ENDINGS: &[&str] = &[
    "md", "markdown", "rst", "adoc", "txt", "html", "htm", "css", "scss", "less", "py", "rb", "pl", "php", "sh",
    "bash", "zsh", "ps1", "bat", "yml", "yaml", "json", "toml", "xml", "ini", "cfg", "service", "socket", "timer",
    "lock", "log", "pem", "crt", "key", "csr", "cer", "der", "p12", "pub", "png", "jpg", "jpeg", "gif", "svg", "ico",
    "webp", "pdf", "zip", "gz", "tgz", "bz2", "xz", "tar", "go", "rs", "java", "c", "h", "cc", "cpp", "lua", "sql",
    "vcl", "tf", "tfvars", "nix", "pp", "swp", "deb", "rpm", "spec", "woff", "woff2", "ttf", "eot", "jar", "so", "exe",
    "csv", "diff", "patch", "kt", "swift", "scala", "m", "cs", "vb", "fs", "ml", "hs", "ex", "exs", "erl", "clj",
    "dart", "r", "jl", "el", "vim", "proto", "graphql", "vue", "svelte", "astro", "sass", "styl", "pug", "haml",
    "slim", "ipynb", "mp3", "mp4", "webm", "mov", "ogg", "wav", "psd", "ttc", "otf", "class", "pyc", "o", "a", "dll",
    "bin", "dat", "license", "te", "tsv", "db", "sqlite", "iso", "sum", "mod", "gradle", "cmake", "mk", "po", "mo",
    "plist", "snap", "rej", "csh", "m4",
];

/// Endings of files that somebody put aside and no server reads.
const BACKUP_ENDINGS: &[&str] =
    &["bak", "backup", "old", "orig", "save", "dpkg-dist", "dpkg-old", "dpkg-new", "rpmnew", "rpmsave"];

/// Parts of the names of other programs' configurations whose words look like a server's.
const FOREIGN_NAMES: &[&str] = &[
    "dockerfile.",
    "rsyslog",
    "syslog-ng",
    "sudoers",
    "snort",
    "proftpd",
    "postfix",
    "dovecot",
    "named.conf",
    "selinux",
    "supervisor",
    "logrotate",
    "fail2ban",
    "haproxy",
    "varnish",
    "keepalived",
];

/// What the shown name `path` says; letter case does not matter.
pub(super) fn hint(path: &str) -> Hint {
    let path = path.to_ascii_lowercase();
    let (folders, name) = path.rsplit_once('/').unwrap_or(("", &path));
    if SCRIPT_ENDINGS.contains(&ending(name)) {
        let made_by_tools = name.ends_with(".d.ts") || name.ends_with(".min.js");
        return if made_by_tools { Hint::Nothing } else { Hint::Script };
    }
    let stem = without_template_endings(name);
    if is_htaccess(name) {
        return Hint::Surely(Dialect::Apache);
    }
    let is_called_apache = speaks_of_apache(stem);
    // `apache-vhost.txt` may be prose.
    if is_called_apache && ending(stem) == "txt" {
        return Hint::Silent;
    }
    // `compose.yml.j2` is no more of a configuration than `compose.yml`.
    let is_backup = BACKUP_ENDINGS.contains(&ending(stem)) || name.ends_with('~');
    let is_foreign = FOREIGN_NAMES.iter().any(|foreign| stem.contains(foreign))
        || folders.split('/').any(|folder| FOREIGN_NAMES.contains(&folder) || folder.contains("proftpd"));
    if is_backup || is_foreign || OTHER_ENDINGS.contains(&ending(stem)) || SCRIPT_ENDINGS.contains(&ending(stem)) {
        return Hint::Nothing;
    }
    if stem.starts_with("nginx.conf") || ending(stem) == "nginx" {
        return Hint::Surely(Dialect::Nginx);
    }
    let lies_in = |wanted: &dyn Fn(&str) -> bool| folders.split('/').any(wanted);
    let nginx_likely =
        stem.contains("nginx") || lies_in(&|folder| FOLDERS.contains(&folder) || folder.contains("nginx"));
    let apache_likely =
        is_called_apache || lies_in(&|folder| APACHE_FOLDERS.contains(&folder) || speaks_of_apache(folder));
    let apache = match CONFIGURATION_ENDINGS.contains(&ending(stem)) {
        true if apache_likely => Apache::Likely,
        true => Apache::Possible,
        false => Apache::Beginning,
    };
    if nginx_likely || apache_likely || apache == Apache::Possible {
        return Hint::Configuration { nginx_likely, apache };
    }
    Hint::Silent
}

/// Whether a part of a path speaks of Apache, and not of lighttpd.
fn speaks_of_apache(part: &str) -> bool {
    let begins_word = |at: usize| !part[..at].ends_with(|c: char| c.is_ascii_alphanumeric());
    ["apache", "htaccess", "vhost"].iter().any(|word| part.contains(word))
        || part.match_indices("httpd").any(|(at, _)| begins_word(at))
}

/// Whether it is called what only a `.htaccess`, or what is to become one, is called: `htaccess.txt` of Joomla,
/// `_htaccess` of TYPO3, `dot-htaccess`, `.htaccess.dist`. A `htaccess.tpl` may be the page on which one is edited.
fn is_htaccess(name: &str) -> bool {
    let stem = name.strip_suffix(".txt").unwrap_or(name);
    matches!(
        without_template_endings(stem),
        ".htaccess" | "_htaccess" | "dot-htaccess" | "dot.htaccess" | "dot_htaccess"
    ) || matches!(name, "htaccess.txt" | "htaccess.dist" | "htaccess.sample")
}

/// What follows the last dot; empty for `default` and `.htaccess`.
fn ending(name: &str) -> &str {
    name.rsplit_once('.').filter(|(stem, _)| !stem.is_empty()).map_or("", |(_, ending)| ending)
}

fn without_template_endings(mut name: &str) -> &str {
    while let Some((stem, ending)) = name.rsplit_once('.') {
        if stem.is_empty() || !TEMPLATE_ENDINGS.contains(&ending) {
            break;
        }
        name = stem;
    }
    name
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_say_what_they_say() {
        let nginx = Hint::Surely(Dialect::Nginx);
        let apache = Hint::Surely(Dialect::Apache);
        let likely = Hint::Configuration { nginx_likely: true, apache: Apache::Possible };
        let perhaps_likely = Hint::Configuration { nginx_likely: true, apache: Apache::Beginning };
        let apache_likely = Hint::Configuration { nginx_likely: false, apache: Apache::Likely };
        let beginning = Hint::Configuration { nginx_likely: false, apache: Apache::Beginning };
        let perhaps = Hint::Configuration { nginx_likely: false, apache: Apache::Possible };
        let cases = [
            ("nginx.conf", nginx),
            ("deploy/Nginx.conf.j2", nginx),
            ("nginx.conf.bak", Hint::Nothing),
            ("sites-available/app.conf~", Hint::Nothing),
            ("nginx/50-nginx.rsyslog.conf", Hint::Nothing),
            ("api.nginx", nginx),
            ("my.nginx.conf", likely),
            ("cors.conf", perhaps),
            ("cors.conf.template", perhaps),
            ("swag/plex.subdomain.conf.sample", perhaps),
            ("a.vhost", apache_likely),
            ("redis.conf.default", perhaps),
            ("etc/sites-enabled/example.com", perhaps_likely),
            ("etc/sites-enabled/default", perhaps_likely),
            ("roles/nginx/templates/lms.j2", perhaps_likely),
            ("templates/web/nginx/php-fpm/default.stpl", perhaps_likely),
            ("templates/web/apache2/php-fpm/default.tpl", beginning),
            ("templates/page.j2", Hint::Silent),
            ("config/example.org", Hint::Silent),
            ("nginx/compose.yml.j2", Hint::Nothing),
            ("nginx.conf.md", Hint::Nothing),
            ("etc/nginx/README.md", Hint::Nothing),
            ("etc/nginx/key.pem", Hint::Nothing),
            ("Makefile", Hint::Silent),
            ("app/.htaccess", apache),
            ("conf/httpd.conf", apache_likely),
            ("docker/vhost.conf.j2", apache_likely),
            ("conf.modules.d/00-base.conf", apache_likely),
            ("etc/lighttpd/10-cgi.conf", perhaps),
            ("apache-final.txt", Hint::Silent),
            ("app/.htaccess.dist", apache),
            ("joomla/htaccess.txt", apache),
            ("_htaccess", apache),
            ("etc/roundcube/htaccess", beginning),
            ("apache/LICENSE", beginning),
            ("extras/htaccess.tpl", beginning),
            ("dot-htaccess", apache),
            ("web/.htaccess-local", beginning),
            ("web/.htaccess.bak", Hint::Nothing),
            ("example.htaccess", apache_likely),
            ("src/htaccess.php", Hint::Nothing),
            ("ansible-role-proftpd/templates/site.conf", Hint::Nothing),
            ("extra/httpd-vhosts.conf", apache_likely),
            ("src/server.ts", Hint::Script),
            ("types/server.d.ts", Hint::Nothing),
            ("public/jquery.min.js", Hint::Nothing),
            ("", Hint::Silent),
            ("..", Hint::Silent),
        ];
        for (name, expected) in cases {
            assert_eq!(hint(name), expected, "{name}");
        }
    }
}
