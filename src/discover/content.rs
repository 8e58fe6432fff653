//! What a text's words say of its language: a score for each, added up over the lines.
//!
//! `*.conf` is everybody's ending. What tells nginx from the others is not one word but words in their place: a known
//! directive that ends with `;`, a known block that opens with `{`. A file of three `add_header` lines has to be
//! recognised, a `supervisord.conf` must not be.

use super::Dialect;
use super::apache::{self, Says};
use super::name::{Apache, Hint};
use super::script;
use super::words::{FOREIGN_WORDS, NGINX_OWN, NGINX_PREFIXES, NGINX_SHARED};

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
    /// Lines of those that write as Apache does.
    lookalike: u32,
    /// `server {`, `http {`: nginx, or HOCON, or a dozen others.
    common_blocks: u32,
    /// Lines with a `;`, without which no nginx configuration does anything.
    semicolons: u32,
    lines: u32,
    /// Whether the first line that is no comment is nginx's.
    begins_as_nginx: bool,
    /// Whether it is Apache's.
    begins_as_apache: bool,
    /// Whether one of the first [`BEGINNING`] is.
    is_apache_soon: bool,
}

/// What a text whose name says nothing has to score: a server with a location, or half a dozen directives.
const NO_DOUBT: u32 = 8;

/// Among how many lines, comments apart, there has to be one of Apache's: `Listen`, `Include` and `Define` are others', too.
const BEGINNING: u32 = 3;

/// Reads the words of a text whose name gave `hint`; `named`: the user says that it is a configuration.
pub(super) fn read(hint: Hint, text: &str, named: bool) -> Reading {
    if hint == Hint::Script {
        let is_wanted = named || script::is_relevant(text) && !script::is_bundle(text);
        return if is_wanted { Reading::Recognised(Dialect::Express) } else { Reading::Nothing };
    }
    let nginx_likely = matches!(hint, Hint::Surely(Dialect::Nginx) | Hint::Configuration { nginx_likely: true, .. });
    let apache_likely = matches!(hint, Hint::Configuration { apache: Apache::Likely, .. });
    let has_no_ending = matches!(hint, Hint::Configuration { apache: Apache::Beginning, .. });
    let scores = score(text, apache_likely, has_no_ending);
    let may_be_apache =
        scores.begins_as_apache || scores.is_apache_soon || scores.lines < BEGINNING || !has_no_ending || named;
    let nginx = scores.nginx + if scores.semicolons > 0 || scores.foreign == 0 { scores.common_blocks } else { 0 };
    let enough = |likely: bool| if likely { 1 } else { 2 };
    if scores.lines == 0 {
        Reading::Blank
    } else if hint == Hint::Silent && !named {
        scores.without_a_name(nginx)
    } else if may_be_apache && scores.apache >= enough(apache_likely) && scores.is_apache(nginx) {
        Reading::Recognised(Dialect::Apache)
    // Twice, since a block of Lua or a map of origins has lines that look like another language's.
    } else if nginx >= enough(nginx_likely) && nginx * 2 > scores.foreign {
        Reading::Recognised(Dialect::Nginx)
    } else if scores.foreign + scores.lookalike >= 3 {
        Reading::Foreign
    } else {
        Reading::Nothing
    }
}

fn score(text: &str, apache_likely: bool, has_no_ending: bool) -> Scores {
    let mut scores = Scores::default();
    let mut end = text.len().min(ENOUGH);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let begins_with = |starts: &[&str]| starts.iter().any(|start| begins_ignoring_case(text.trim_start(), start));
    if begins_with(&["<?xml", "<!doctype", "<html"]) {
        scores.foreign += 20;
        scores.says(apache::ANOTHER_LANGUAGE);
    }
    // A script with a configuration in a here-document.
    if begins_with(&["#!/", "#! /", "<?php"]) {
        scores.says(apache::ANOTHER_LANGUAGE);
        // `bin/add-vhost` in PHP has lines that end with `;`.
        scores.foreign += if has_no_ending { 20 } else { 0 };
    }
    let mut in_tag = false;
    for line in text[..end].split(['\n', '\r']) {
        let line = line.trim_start_matches('\u{feff}').trim();
        // The parameters of an EPP template stand in a tag of several lines.
        let was_in_tag = in_tag;
        in_tag = (in_tag || line.starts_with("<%")) && !line.contains("%>");
        if in_tag || was_in_tag {
            continue;
        }
        let is_template = ["{%", "{{", "{#", "<%", "%}", "-%}"].iter().any(|mark| line.starts_with(mark));
        if line.is_empty() || line.starts_with('#') || is_template {
            continue;
        }
        scores.lines += 1;
        scores.add(line, apache_likely);
        if scores.lines == 1 {
            scores.begins_as_nginx = scores.nginx + scores.common_blocks > 0;
            scores.begins_as_apache = scores.apache > 0;
        }
        if scores.lines == BEGINNING {
            scores.is_apache_soon = scores.apache > 0;
        }
    }
    scores
}

impl Scores {
    /// What a text is whose name says nothing. A script with a configuration in a here-document, a YAML file with one in
    /// a block, begin otherwise than that configuration.
    fn without_a_name(&self, nginx: u32) -> Reading {
        if self.begins_as_nginx && nginx >= NO_DOUBT && nginx > self.foreign + self.apache {
            Reading::Recognised(Dialect::Nginx)
        } else if self.begins_as_apache && self.apache >= NO_DOUBT && self.is_apache(nginx) {
            Reading::Recognised(Dialect::Apache)
        } else {
            Reading::Nothing
        }
    }

    /// Whether more speaks for Apache than for anybody else.
    fn is_apache(&self, nginx: u32) -> bool {
        self.apache > nginx && self.apache * 2 > self.foreign && self.apache > self.lookalike
    }

    fn says(&mut self, says: Says) {
        match says {
            Says::Apache(points) => self.apache += points,
            Says::Other(points) => self.lookalike += points,
        }
    }

    fn add(&mut self, line: &str, apache_likely: bool) {
        // Nobody of ours comments so.
        if line.starts_with("//") {
            self.foreign += 2;
            return;
        }
        if line.starts_with('<') {
            return self.says(apache::section(line));
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
        self.says(apache::directive(word, rest, apache_likely && !ends));
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

fn begins_ignoring_case(text: &str, start: &str) -> bool {
    text.as_bytes().get(..start.len()).is_some_and(|begin| begin.eq_ignore_ascii_case(start.as_bytes()))
}
