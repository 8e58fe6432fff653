//! What a line says of Apache httpd, and of those that took over its way of writing: `ProFTPD`, collectd, CUPS, fluentd.
//!
//! Their files have the same sections and partly the same directives, so that it is the words that Apache does *not*
//! have which decide.

mod words;

use words::{
    BARE_SECTIONS, FTP_MODULES, HEADER_ACTIONS, HTML_TAGS, LOOKALIKES, OWN, PREFIXES, REQUIREMENTS, SECTIONS, SHARED,
};

/// Points that no number of words which Apache has, too, can outweigh.
const DECISIVE: u32 = 10_000;

/// What a line says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Says {
    /// Points for Apache.
    Apache(u32),
    /// Points for somebody who writes in a similar way.
    Other(u32),
}

/// What the beginning of a document in HTML or XML, or of a script, says.
pub(super) const ANOTHER_LANGUAGE: Says = Says::Other(DECISIVE);

/// What a line that begins with `<` says.
pub(super) fn section(line: &str) -> Says {
    if is_lookalike(line) {
        return Says::Other(DECISIVE);
    }
    let name = line.trim_start_matches(['<', '/']);
    let end = name.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(name.len());
    let (name, rest) = name.split_at(end);
    let name = name.to_ascii_lowercase();
    let known = SECTIONS.contains(&name.as_str());
    if BARE_SECTIONS.contains(&name.as_str()) || (known && line.starts_with("</") && rest.trim() == ">") {
        return Says::Apache(4);
    }
    let argument = rest.trim_start_matches(char::is_whitespace).trim_end_matches('>');
    let first = argument.split_ascii_whitespace().next().unwrap_or_default();
    // An element of XML, with text behind it or with attributes.
    let is_element = !rest.starts_with(char::is_whitespace) || is_attribute(first);
    match name.as_str() {
        name if HTML_TAGS.contains(&name) => Says::Other(4),
        _ if !known => Says::Apache(0),
        _ if is_element || first.is_empty() => Says::Other(4),
        "limit" | "limitexcept" if is_ftp_command(first) => Says::Other(DECISIVE),
        // Not decisive: Apache 1.3 had a `mod_tls.c` on NetWare.
        "ifmodule" if is_ftp_module(first) => Says::Other(12),
        _ => Says::Apache(4),
    }
}

/// `name="value"`, which begins the argument of no section.
fn is_attribute(word: &str) -> bool {
    word.split_once('=').is_some_and(|(name, value)| {
        !name.is_empty() && name.chars().all(|c| c.is_ascii_alphanumeric()) && value.starts_with(['"', '\''])
    })
}

/// Whether `ProFTPD`'s `<Limit>` is about it, rather than a method of HTTP. `<Limit LOGIN>`, `<Limit WRITE>`.
fn is_ftp_command(word: &str) -> bool {
    let commands = [
        "ALL",
        "LOGIN",
        "READ",
        "WRITE",
        "DIRS",
        "STOR",
        "STOU",
        "RETR",
        "APPE",
        "CWD",
        "CDUP",
        "MKD",
        "XMKD",
        "RMD",
        "DELE",
        "RNFR",
        "RNTO",
        "SITE",
        "SITE_CHMOD",
        "LIST",
        "NLST",
        "AUTH",
        "MFMT",
        "SFTP",
    ];
    commands.iter().any(|command| command.eq_ignore_ascii_case(word))
}

fn is_ftp_module(word: &str) -> bool {
    let module = word.trim_start_matches(['!', '"']);
    FTP_MODULES.iter().any(|name| module.starts_with(name))
}

fn is_lookalike(line: &str) -> bool {
    LOOKALIKES.iter().any(|(word, _)| {
        let after = line.strip_prefix(word);
        after.is_some_and(|after| !after.starts_with(|c: char| c.is_ascii_alphanumeric() || c == '_'))
    })
}

/// What a directive says: its first word, and what follows it. `likely`: the file lies among Apache's.
pub(super) fn directive(word: &str, rest: &str, likely: bool) -> Says {
    if is_lookalike(word) {
        return Says::Other(DECISIVE);
    }
    let name = word.to_ascii_lowercase();
    // Its directives are made of letters; so much of what others write is not.
    let is_php = matches!(name.as_str(), "php_value" | "php_flag" | "php_admin_value" | "php_admin_flag");
    let is_block = rest.starts_with('{') && !rest.starts_with("{{");
    if is_block || rest.starts_with(['=', ':']) || !(is_php || name.chars().all(|c| c.is_ascii_alphanumeric())) {
        return Says::Apache(0);
    }
    let first = rest.split_ascii_whitespace().next().unwrap_or_default().to_ascii_lowercase();
    let listed = |words: &[&str]| words.contains(&first.as_str());
    let is_tag = rest.starts_with("<%") || rest.starts_with("{{");
    let points = match name.as_str() {
        _ if is_php => 3,
        // ProFTPD's modules have one name only.
        "loadmodule" if rest.split_ascii_whitespace().count() == 1 => return Says::Other(6),
        "header" | "requestheader" if listed(HEADER_ACTIONS) || is_tag => 3,
        "header" => 0,
        "addtype" => 3 * u32::from(first.contains(['/', '%', '{', '$'])),
        "setenv" => 3 * u32::from(!first.is_empty() && !first.starts_with('-')),
        "options" if is_option(&first) => 2,
        "require" if listed(REQUIREMENTS) => 2,
        "order" if first.starts_with("allow") || first.starts_with("deny") => 2,
        "allow" | "deny" if first == "from" => 2,
        "redirect"
            if first.starts_with(['/', '"']) || first.parse::<u16>().is_ok() || first == "permanent" || is_tag =>
        {
            2
        }
        // In lower case it is modprobe's.
        "alias" if word == "Alias" && first.trim_start_matches('"').starts_with('/') => 2,
        name if OWN.contains(&name) || PREFIXES.iter().any(|prefix| name.starts_with(prefix)) => 3,
        name if likely && SHARED.contains(&name) => 1,
        _ => 0,
    };
    Says::Apache(points)
}

/// Whether it can follow `Options`.
fn is_option(word: &str) -> bool {
    let options = ["all", "none", "indexes", "followsymlinks", "symlinksifownermatch", "execcgi", "multiviews"];
    options.contains(&word.trim_start_matches(['+', '-']))
        || word.starts_with("+includes")
        || word.starts_with("includes")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sections_of_apache_are_told_from_elements_and_from_lookalikes() {
        for line in [
            "<VirtualHost *:80>",
            "<IfModule mod_headers.c>",
            "<ifmodule !mod_authz_core.c>",
            "<FilesMatch \"\\.(woff2?)$\">",
            "</Directory>",
            "<RequireAll>",
            "<Else>",
            "<Limit GET POST>",
            "<If \"%{HTTP:Origin} == 'https://a.example'\">",
            "<Location />",
            "<Files ~ \"\\.js$\">",
        ] {
            assert_eq!(section(line), Says::Apache(4), "{line}");
        }
        for line in [
            "<Plugin df>",
            "<match **>",
            "<source>",
            "<Limit LOGIN>",
            "<Limit ALL SITE_CHMOD>",
            "<Anonymous ~ftp>",
            "<Global>",
            "<Policy default>",
        ] {
            assert_eq!(section(line), Says::Other(DECISIVE), "{line}");
        }
        assert_eq!(section("<IfModule mod_tls.c>"), Says::Other(12));
        for line in ["<location>/var/log</location>", "<Location path=\"x\">", "<files>", "<limit name=\"a\">1</limit>"]
        {
            assert_eq!(section(line), Says::Other(4), "{line}");
        }
        assert_eq!(section("<td class=\"a\">"), Says::Other(4));
        assert_eq!(section("<Perl>"), Says::Apache(0));
    }

    #[test]
    fn directives_count_by_what_follows_them() {
        let points = |line: &str| {
            let (word, rest) = line.split_once(' ').unwrap_or((line, ""));
            directive(word, rest, false)
        };
        for line in
            ["Header set A b", "header always unset A", "php_flag engine off", "SetEnvIf Origin . A", "SetEnv A 1"]
        {
            assert_eq!(points(line), Says::Apache(3), "{line}");
        }
        for line in ["Header A", "setenv -g A 1", "ProxyCommand ssh", "AddType temperature x", "proxy_pass http://a"] {
            assert_eq!(points(line), Says::Apache(0), "{line}");
        }
        assert_eq!(points("LoadModule mod_sql.c"), Says::Other(6));
        assert_eq!(points("LoadModule a_module modules/mod_a.so"), Says::Apache(3));
        assert_eq!(points("DefaultRoot ~"), Says::Other(DECISIVE));
        assert_eq!(points("Listen 80"), Says::Apache(0));
        assert_eq!(directive("Listen", "80", true), Says::Apache(1));
    }
}
