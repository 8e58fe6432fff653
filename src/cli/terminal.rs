//! Standard output and standard error: whether they show colours, and writing to them.

use std::io::{self, IsTerminal, Write};

use anstream::AutoStream;

use super::values::When;
use crate::report::{Detail, Look};

/// What a stream can show.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Shows {
    /// Escape sequences for colours.
    pub(super) color: bool,
    /// More than ASCII.
    pub(super) unicode: bool,
}

/// What standard output shows.
pub(super) fn stdout_shows(when: When) -> Shows {
    shows(when, io::stdout().is_terminal(), &environment)
}

/// What standard error shows.
pub(super) fn stderr_shows(when: When) -> Shows {
    shows(when, io::stderr().is_terminal(), &environment)
}

/// What a file shows: colours only if they are asked for.
pub(super) fn file_shows(when: When) -> Shows {
    Shows { color: when == When::Always, unicode: true }
}

/// How errors are shown where there is nothing else to show.
pub(super) fn plain_look(shows: Shows) -> Look {
    Look {
        color: shows.color,
        unicode: shows.unicode,
        detail: Detail::Normal,
        statistics: false,
        category: String::new(),
        inputs: Vec::new(),
    }
}

fn environment(name: &str) -> Option<String> {
    std::env::var(name).ok().filter(|value| !value.is_empty())
}

fn shows(when: When, is_terminal: bool, variable: &dyn Fn(&str) -> Option<String>) -> Shows {
    let forced = |name: &str| variable(name).is_some_and(|value| value != "0");
    let color = match when {
        When::Always => true,
        When::Never => false,
        // https://no-color.org, https://force-color.org, https://bixense.com/clicolors
        When::Auto if variable("NO_COLOR").is_some() => false,
        When::Auto if forced("FORCE_COLOR") || forced("CLICOLOR_FORCE") => true,
        When::Auto => {
            is_terminal && variable("TERM").as_deref() != Some("dumb") && variable("CLICOLOR").as_deref() != Some("0")
        }
    };
    // Whoever reads a pipe or a file gets UTF-8, as the configurations in the report are; a terminal, what its
    // locale says it can show (POSIX: the first of these that is set). Windows has no such variables and shows it.
    let locale = ["LC_ALL", "LC_CTYPE", "LANG"].iter().find_map(|name| variable(name)).unwrap_or_default();
    let locale = locale.to_ascii_lowercase();
    let unicode = !is_terminal || cfg!(windows) || locale.contains("utf-8") || locale.contains("utf8");
    Shows { color, unicode }
}

/// Writes bytes to standard output.
pub(super) fn say(bytes: &[u8], color: bool) -> io::Result<()> {
    let stdout = io::stdout().lock();
    // An old Windows console does not know escape sequences; the wrapper translates them.
    let mut out = if color { AutoStream::always(stdout) } else { AutoStream::always_ansi(stdout) };
    out.write_all(bytes)?;
    out.flush()
}

/// Writes a message to standard error; if that is closed there is nobody to tell.
pub(super) fn complain(message: &str) {
    let _ = AutoStream::always(io::stderr().lock()).write_all(message.as_bytes());
}

#[cfg(test)]
mod tests {
    use super::*;

    fn color(when: When, is_terminal: bool, variables: &[(&str, &str)]) -> bool {
        shows(when, is_terminal, &lookup(variables)).color
    }

    fn lookup(variables: &[(&str, &str)]) -> impl Fn(&str) -> Option<String> {
        |name| variables.iter().find(|(known, _)| *known == name).map(|(_, value)| (*value).to_owned())
    }

    #[test]
    fn colours_follow_flag_then_environment_then_terminal() {
        use When::{Always, Auto, Never};
        assert!(color(Always, false, &[("NO_COLOR", "1")]));
        assert!(!color(Never, true, &[("FORCE_COLOR", "1")]));
        assert!(color(Auto, true, &[]));
        assert!(!color(Auto, false, &[]));
        assert!(!color(Auto, true, &[("NO_COLOR", "1")]));
        assert!(color(Auto, false, &[("FORCE_COLOR", "1")]));
        assert!(color(Auto, false, &[("CLICOLOR_FORCE", "1")]));
        assert!(!color(Auto, false, &[("CLICOLOR_FORCE", "0")]));
        assert!(!color(Auto, true, &[("TERM", "dumb")]));
        assert!(!color(Auto, true, &[("CLICOLOR", "0")]));
    }

    #[test]
    fn a_terminal_shows_what_its_locale_says() {
        let unicode = |is_terminal, variables| shows(When::Auto, is_terminal, &lookup(variables)).unicode;
        assert!(unicode(false, &[("LANG", "C")]));
        assert!(unicode(true, &[("LANG", "de_DE.UTF-8")]));
        assert_eq!(unicode(true, &[("LC_ALL", "C"), ("LANG", "de_DE.UTF-8")]), cfg!(windows));
    }
}
