//! What stands in the words of nginx's directives.
//!
//! A word's value is as `ngx_conf_read_token` leaves it: quotes stripped and `\"`, `\'`, `\\`, `\t`, `\r`, `\n` replaced;
//! every other backslash stays.

use super::directive::Word;

/// A piece of a value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Part {
    /// Text as it stands; never empty.
    Text(String),
    /// `$name` or `${name}`, without the mark.
    Variable(String),
    /// `$1` … `$9`.
    Capture(usize),
    /// What a template fills in: its tag, with the beginning of the variable's name if it stands in one.
    Hole(String),
}

/// The condition of an `if`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Test {
    /// `($variable)`: neither empty nor `0`.
    Truthy(String),
    /// `($variable = value)`, `($variable != value)`.
    Equal {
        /// Name, without `$`.
        variable: String,
        /// What it is compared with; may hold variables.
        value: Word,
        /// `!=`
        negated: bool,
    },
    /// `($variable ~ pattern)` and its variants.
    Match {
        /// Name, without `$`.
        variable: String,
        /// The regular expression; variables in it are not replaced.
        pattern: Word,
        /// `~*`
        ignore_case: bool,
        /// `!~`
        negated: bool,
    },
    /// `(-f path)` and its variants.
    File {
        /// What is asked of the path.
        kind: FileTest,
        /// The path; may hold variables.
        path: Word,
        /// `!-f`
        negated: bool,
    },
}

/// What a condition asks of a path.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FileTest {
    /// `-f`: is a file.
    File,
    /// `-d`: is a directory.
    Directory,
    /// `-e`: exists.
    Exists,
    /// `-x`: is executable.
    Executable,
}

/// The key of a `map` entry. Wildcards of `hostnames` are literals here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum MapKey {
    /// `default`
    Default,
    /// `~pattern`, `~*pattern`
    Regex {
        /// Without its marks.
        pattern: String,
        /// `~*`
        ignore_case: bool,
    },
    /// Anything else, without the one backslash that may hide a mark.
    Literal(String),
}
