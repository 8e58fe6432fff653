//! What a text's words say of its language: a score for each, added up over the lines.
//!
//! `*.conf` is everybody's ending. What tells nginx from the others is not one word but words in their place: a known
//! directive that ends with `;`, a known block that opens with `{`. A file of three `add_header` lines has to be
//! recognised, a `supervisord.conf` must not be.

use super::Dialect;
use super::name::Hint;
use super::words::{APACHE_OWN, APACHE_SECTIONS, FOREIGN_WORDS, NGINX_OWN, NGINX_PREFIXES, NGINX_SHARED};

/// What the words say.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Reading {
    /// Enough words of this language.
    Recognised(Dialect),
    /// Enough words of a language that is none of ours.
    Foreign,
    /// White space and comments.
    Blank,
    /// No words that are known.
    Nothing,
}

/// How many bytes are looked at: what a file is shows long before that.
const ENOUGH: usize = 256 * 1024;

/// Points for each language.
#[derive(Default)]
struct Scores {
    nginx: u32,
    apache: u32,
    foreign: u32,
    /// `server {`, `http {`: nginx, or HOCON, or a dozen others.
    common_blocks: u32,
    /// Lines with a `;`, without which no nginx configuration does anything.
    semicolons: u32,
    lines: u32,
    /// Whether the first line that is no comment is nginx's.
    begins_as_nginx: bool,
}

/// What a text whose name says nothing has to score: a server with a location, or half a dozen directives.
const NO_DOUBT: u32 = 8;

/// Reads the words of a text whose name gave `hint`; `named`: the user says that it is a configuration.
pub(super) fn read(hint: Hint, text: &str, named: bool) -> Reading {
    if hint == Hint::Script {
        let speaks_of_cors = contains_ignoring_case(text, "access-control") || contains_ignoring_case(text, "cors");
        return if speaks_of_cors { Reading::Recognised(Dialect::Express) } else { Reading::Nothing };
    }
    let scores = score(text);
    let nginx = scores.nginx + if scores.semicolons > 0 || scores.foreign == 0 { scores.common_blocks } else { 0 };
    let nginx_likely = matches!(hint, Hint::Surely(Dialect::Nginx) | Hint::Configuration { nginx_likely: true });
    let enough = if nginx_likely { 1 } else { 2 };
    if scores.lines == 0 {
        Reading::Blank
    } else if hint == Hint::Silent && !named {
        // A script with a configuration in a here-document, a YAML file with one in a block, begin otherwise.
        let no_doubt = scores.begins_as_nginx && nginx >= NO_DOUBT && nginx > scores.foreign + scores.apache;
        if no_doubt { Reading::Recognised(Dialect::Nginx) } else { Reading::Nothing }
    } else if scores.apache >= 2 && scores.apache > nginx && scores.apache * 2 > scores.foreign {
        Reading::Recognised(Dialect::Apache)
    // Twice, since a block of Lua or a map of origins has lines that look like another language's.
    } else if nginx >= enough && nginx * 2 > scores.foreign {
        Reading::Recognised(Dialect::Nginx)
    } else if scores.foreign >= 3 {
        Reading::Foreign
    } else {
        Reading::Nothing
    }
}

fn score(text: &str) -> Scores {
    let mut scores = Scores::default();
    let mut end = text.len().min(ENOUGH);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    if ["<?xml", "<!DOCTYPE"].iter().any(|start| text.trim_start().starts_with(start)) {
        scores.foreign += 20;
    }
    for line in text[..end].split(['\n', '\r']) {
        let line = line.trim_start_matches('\u{feff}').trim();
        let is_template = ["{%", "{{", "{#", "<%", "%}", "-%}"].iter().any(|mark| line.starts_with(mark));
        if line.is_empty() || line.starts_with('#') || is_template {
            continue;
        }
        scores.lines += 1;
        scores.add(line);
        if scores.lines == 1 {
            scores.begins_as_nginx = scores.nginx + scores.common_blocks > 0;
        }
    }
    scores
}

impl Scores {
    fn add(&mut self, line: &str) {
        // Nobody of ours comments so.
        if line.starts_with("//") {
            self.foreign += 2;
            return;
        }
        if line.starts_with('<') {
            self.apache += apache_section(line);
            return;
        }
        let (word, rest) = split_word(line);
        let ends = line.contains(';') && !line.starts_with(';');
        self.semicolons += u32::from(ends);
        let block = rest.split_once('{').map_or(Block::Unknown, |(argument, _)| nginx_block(word, argument.trim()));
        match block {
            Block::Own => self.nginx += 4,
            Block::Common => self.common_blocks += 4,
            // `add_header X ${VALUE};`
            Block::Unknown => self.nginx += nginx_directive(word, rest, ends),
        }
        if !ends {
            self.apache += apache_directive(word, rest);
        }
        self.foreign += foreign(line, word, rest, ends);
    }
}

/// The first word of a line, which `{`, `;` and white space end, and what follows it.
fn split_word(line: &str) -> (&str, &str) {
    let end = line.find(|c: char| c.is_ascii_whitespace() || c == '{' || c == ';').unwrap_or(line.len());
    (&line[..end], line[end..].trim_start())
}

enum Block {
    /// nginx has it in this form and hardly anybody else.
    Own,
    /// Others have it too.
    Common,
    Unknown,
}

fn nginx_block(word: &str, argument: &str) -> Block {
    match word {
        "location" | "limit_except" if !argument.is_empty() && !argument.ends_with('=') => Block::Own,
        "map" | "geo" | "split_clients" if argument.contains('$') => Block::Own,
        // rsyslog ends it with `then`.
        "if" if argument.starts_with('(') && argument.contains('$') && argument.ends_with(')') => Block::Own,
        "types" if argument.is_empty() => Block::Own,
        _ if word.ends_with("_by_lua_block") => Block::Own,
        "upstream" if !argument.is_empty() => Block::Common,
        "server" | "http" | "events" | "stream" if argument.is_empty() => Block::Common,
        _ => Block::Unknown,
    }
}

fn nginx_directive(word: &str, rest: &str, ends: bool) -> u32 {
    let assigned = rest.starts_with('=') || rest.starts_with(':');
    if assigned {
        return 0;
    }
    let own = NGINX_OWN.contains(&word) || NGINX_PREFIXES.iter().any(|prefix| word.starts_with(prefix));
    let sets_variable = word == "set" && rest.starts_with('$');
    match word {
        _ if ends && (own || sets_variable) => 3,
        "set" => 0,
        // The value may stand on the next line, and somebody may have forgotten the semicolon. `root` and `index`
        // are Caddy's, too.
        _ if NGINX_OWN.contains(&word) && word.contains('_') && !rest.is_empty() => 2,
        _ if ends && NGINX_SHARED.contains(&word) => 2,
        "include" if ends => 1,
        _ => 0,
    }
}

fn apache_section(line: &str) -> u32 {
    let name = line.trim_start_matches(['<', '/']);
    let end = name.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(name.len());
    if APACHE_SECTIONS.contains(&name[..end].to_ascii_lowercase().as_str()) { 4 } else { 0 }
}

fn apache_directive(word: &str, rest: &str) -> u32 {
    let word = word.to_ascii_lowercase();
    let first = rest.split_ascii_whitespace().next().unwrap_or_default().to_ascii_lowercase();
    match word.as_str() {
        _ if rest.starts_with('=') => 0,
        "header" => {
            let actions = [
                "set",
                "add",
                "append",
                "merge",
                "unset",
                "echo",
                "edit",
                "edit*",
                "always",
                "onsuccess",
                "setifempty",
                "note",
            ];
            if actions.contains(&first.as_str()) { 3 } else { 0 }
        }
        "options"
            if first.starts_with(['+', '-'])
                || ["all", "none", "indexes", "followsymlinks"].contains(&first.as_str()) =>
        {
            2
        }
        "require" if ["all", "ip", "host", "valid-user", "user", "group", "not", "expr"].contains(&first.as_str()) => 2,
        "order" if first.starts_with("allow") || first.starts_with("deny") => 2,
        "allow" | "deny" if first == "from" => 2,
        "redirect" if first.starts_with('/') || first.parse::<u16>().is_ok() => 2,
        word if APACHE_OWN.contains(&word) => 3,
        _ => 0,
    }
}

fn foreign(line: &str, word: &str, rest: &str, ends: bool) -> u32 {
    let is_section = line.starts_with('[') && line.ends_with(']');
    let is_assignment =
        rest.starts_with('=') || (word.contains('=') && word.starts_with(|c: char| c.is_ascii_alphabetic()));
    // `d /run/nginx 0755 root root`: systemd-tmpfiles.
    let is_tmpfile = word.len() == 1 && word.starts_with(|c: char| c.is_ascii_alphabetic()) && rest.starts_with('/');
    // `/var/log/nginx/*.log {`: logrotate.
    let is_path_block = line.starts_with('/') && line.ends_with('{');
    let known =
        FOREIGN_WORDS.iter().any(|(foreign, _)| *foreign == word) && (!ends || matches!(word, "option" | "zone"));
    // `//`: BIND's comments, and those of everything that looks like C.
    if is_section || line == "};" || line.starts_with("//") {
        4
    } else if is_tmpfile || is_path_block || known {
        3
    } else {
        // A `;` begins a comment in ini files.
        u32::from(is_assignment || line.starts_with(';'))
    }
}

fn contains_ignoring_case(text: &str, needle: &str) -> bool {
    text.as_bytes().windows(needle.len()).any(|window| window.eq_ignore_ascii_case(needle.as_bytes()))
}
