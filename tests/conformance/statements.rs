//! What is known about nginx, as numbered statements, and which cases exercise each.
//!
//! `statements` in a `case.json` names the ones that the recorded answers of that case depend on.

use std::collections::BTreeMap;

/// One thing that nginx does.
struct Statement {
    number: u8,
    says: &'static str,
    /// Why no recorded answer can show it.
    exempt: Option<&'static str>,
}

const fn shown(number: u8, says: &'static str) -> Statement {
    Statement { number, says, exempt: None }
}

const STATEMENTS: &[Statement] = &[
    shown(1, "exactly one block's add_header list applies; levels never add up"),
    shown(2, "an empty value sends nothing, yet drops what is inherited"),
    shown(3, "expires, add_trailer, proxy_hide_header, more_set_headers, return are no add_header"),
    shown(4, "include is textual"),
    shown(5, "add_header_inherit on, off, merge"),
    shown(6, "names of headers are not checked"),
    shown(7, "without always only 200 201 204 206 301 302 303 304 307 308"),
    shown(8, "always covers every status, nginx's own errors too"),
    shown(9, "a value that is empty is not sent"),
    shown(10, "$http_anything is legal, any other unknown variable is not"),
    shown(11, "$http_origin is the raw header, case kept"),
    shown(12, "values are taken when the header is sent; the order counts for $sent_http_*"),
    shown(13, "the same name twice is two lines; proxy_hide_header removes the upstream's"),
    shown(14, "arguments of add_header"),
    shown(15, "where an if may stand and what it may hold"),
    shown(16, "the last matching if wins"),
    shown(17, "an if without add_header inherits the location's"),
    shown(18, "an if with add_header drops the location's"),
    shown(19, "how conditions compare"),
    shown(20, "regexes without quotes, empty alternatives"),
    shown(21, "a regex in an if overwrites the captures of the location"),
    shown(22, "server-level statements first, then the location's; return and break end them"),
    shown(23, "a server-level return answers with the server's list"),
    shown(24, "nested locations inherit headers and logins, not ifs and proxy_pass"),
    shown(25, "try_files is lost inside a matching if; proxy_pass and alias are not"),
    shown(26, "a variable that was never set is empty"),
    shown(27, "after an internal redirect the last location's list applies"),
    shown(28, "always does not help when error_page moves the answer"),
    shown(29, "error_page takes an upstream's errors only with proxy_intercept_errors"),
    shown(30, "return 418 with error_page = @name"),
    shown(31, "files refuse OPTIONS with 405, missing or not, and POST if they exist, unless error_page 405 =200"),
    shown(32, "error_page to a URI makes a GET of it, a named location keeps the method"),
    shown(33, "return in an if comes before the login"),
    shown(34, "limit_except is chosen before the rewrite phase"),
    shown(35, "401 and 403 carry the always headers of the location or the if"),
    shown(36, "satisfy any, satisfy all"),
    shown(37, "error_page 401 takes preflights as well"),
    shown(38, "map keys compare without case and beat regexes"),
    shown(39, "regexes in maps"),
    shown(40, "map's default, empty and doubled keys, include"),
    shown(41, "hostnames in maps"),
    shown(42, "maps are cached for the request unless volatile"),
    shown(43, "more_set_headers is sent on every status and replaces the upstream's"),
    shown(44, "more_set_headers adds up over the levels"),
    shown(45, "more_set_headers -s, -t, quotes, empty values"),
    shown(46, "headers-more runs before add_header"),
    shown(47, "add_header and more_set_headers do not drop each other"),
    shown(48, "gzip_vary sends a Vary of its own"),
    shown(49, "Vary needs always where Allow-Origin has it"),
    shown(50, "which location is chosen"),
    shown(51, "which server is chosen for an unknown Host"),
    shown(52, "captures of a regex server_name; no listen is port 80"),
    shown(53, "unusual but legal writing"),
    Statement {
        number: 54,
        says: "a byte-order mark is an error at start",
        exempt: Some("such files are linted as if the mark were not there, so the server's refusal is not recorded"),
    },
    shown(55, "escapes and line breaks in quotes"),
];

/// Which cases exercise which statement.
pub(crate) struct Coverage {
    by_number: BTreeMap<u8, Vec<String>>,
}

/// Of cases with their names and the numbers that they give.
pub(crate) fn coverage(cases: &[(String, Vec<u8>)]) -> Coverage {
    let mut by_number: BTreeMap<u8, Vec<String>> = BTreeMap::new();
    for (name, numbers) in cases {
        for number in numbers {
            by_number.entry(*number).or_default().push(name.clone());
        }
    }
    Coverage { by_number }
}

impl Coverage {
    /// A line for each statement: number, what it says, the numbers of its cases.
    pub(crate) fn table(&self) -> String {
        let mut lines = Vec::new();
        for Statement { number, says, exempt } in STATEMENTS {
            let cases = self.by_number.get(number).map_or(&[][..], Vec::as_slice);
            let cases: Vec<&str> = cases.iter().map(|case| case.split('-').next().unwrap_or(case)).collect();
            let exempt = exempt.map(|why| format!(" (exempt: {why})")).unwrap_or_default();
            lines.push(format!("{number:2} {says}: {}{exempt}\n", cases.join(" ")));
        }
        lines.concat()
    }

    /// What is amiss: a statement without a case, a number without a statement.
    pub(crate) fn verdict(&self) -> Result<(), String> {
        let uncovered = STATEMENTS
            .iter()
            .filter(|statement| statement.exempt.is_none() && !self.by_number.contains_key(&statement.number))
            .map(|statement| format!("no case exercises statement {} ({})", statement.number, statement.says));
        let unknown = self
            .by_number
            .iter()
            .filter(|(number, _)| STATEMENTS.iter().all(|statement| statement.number != **number))
            .map(|(number, cases)| format!("{}: there is no statement {number}", cases.join(", ")));
        let faults: Vec<String> = uncovered.chain(unknown).collect();
        if faults.is_empty() { Ok(()) } else { Err(faults.join("\n")) }
    }
}
