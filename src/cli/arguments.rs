//! What can be typed.

use std::path::PathBuf;

use clap::{ArgGroup, Args, Parser, Subcommand};

use super::values::{
    AnswerFormat, Block, DialectName, FailOn, Least, ListFormat, Output, Product, When, answer, assignment,
    formats_help, header, method, origin, output, url,
};
use crate::policy::Answer;

/// Predicts what a browser will make of the CORS configuration in a tree of files.
///
/// Reads configurations of nginx and Apache httpd and the code of Express applications, works out what the server
/// answers to real requests, and lets the browser's own algorithm judge the answers. Nothing is run or asked.
#[derive(Debug, Parser)]
#[command(
    name = "corslint",
    version,
    args_conflicts_with_subcommands = true,
    disable_help_subcommand = true,
    max_term_width = 100,
    after_help = "Exit codes: 0 nothing at or above --fail-on, 1 findings, 2 usage, settings, unreadable input or a \
                  file that could not be parsed.\nA file that is called like a subcommand is written `./explain`."
)]
pub(super) struct Arguments {
    #[command(subcommand)]
    pub(super) command: Option<Command>,
    #[command(flatten)]
    pub(super) check: Check,
}

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Check configurations; the same as giving paths alone.
    Check(Box<Check>),
    /// Say what a rule is about and how to mend what it finds.
    Explain {
        /// Id of the rule.
        rule: String,
        #[command(flatten)]
        color: Color,
    },
    /// List the rules.
    Rules {
        /// How to write the list.
        #[arg(long, value_enum, default_value_t = ListFormat::Text)]
        format: ListFormat,
        #[command(flatten)]
        color: Color,
    },
    /// Write a commented corslint.toml into this folder.
    Init {
        /// Write it even if there is one.
        #[arg(long)]
        force: bool,
    },
    /// Answer requests as the configured server would, and judge the answers as a browser would.
    #[command(
        after_help = "Exit codes: 0 answered, whatever the verdict, 2 usage, unreadable input, or a URL or request \
                            that is none."
    )]
    Simulate(Box<Simulate>),
    /// Write what a package brings beside the program, to standard output.
    Generate {
        /// What to write.
        #[arg(value_enum)]
        product: Product,
    },
}

/// Arguments of `check`.
#[derive(Debug, Args)]
pub(super) struct Check {
    #[command(flatten)]
    pub(super) input: Input,
    #[arg(long, value_name = "FORMAT[=FILE]", value_parser = output, help = formats_help(), help_heading = "Output")]
    pub(super) format: Vec<Output>,
    /// What the format sarif calls this run, to tell it from others of the same repository.
    #[arg(long, value_name = "NAME", default_value = "corslint", help_heading = "Output")]
    pub(super) category: String,
    /// The least severity that makes the exit code 1 [default: that of corslint.toml, or warning].
    #[arg(long, value_enum, value_name = "SEVERITY", help_heading = "Output")]
    pub(super) fail_on: Option<FailOn>,
    /// The least severity that is reported [default: that of corslint.toml, or info].
    #[arg(long, value_enum, value_name = "SEVERITY", help_heading = "Output")]
    pub(super) min_severity: Option<Least>,
    #[command(flatten)]
    pub(super) color: Color,
    #[command(flatten)]
    pub(super) amount: Amount,
    /// Tell only which files would be read, and as which language.
    #[arg(long, conflicts_with_all = ["format", "statistics", "write_baseline"], help_heading = "Output")]
    pub(super) show_files: bool,
    #[command(flatten)]
    pub(super) rules: Rules,
    #[command(flatten)]
    pub(super) suppressions: Suppressions,
}

/// Which rules are checked.
#[derive(Debug, Args)]
pub(super) struct Rules {
    /// Check also the rules that are off by default.
    #[arg(long, help_heading = "Rules")]
    pub(super) pedantic: bool,
    /// Check only this rule, even if it is off by default. May be given several times.
    #[arg(long, value_name = "ID", value_delimiter = ',', help_heading = "Rules")]
    pub(super) rule: Vec<String>,
    /// Do not check this rule. May be given several times.
    #[arg(long, value_name = "ID", value_delimiter = ',', help_heading = "Rules")]
    pub(super) skip: Vec<String>,
}

/// How much is told.
#[derive(Debug, Args)]
pub(super) struct Amount {
    /// Leave out the summary.
    #[arg(short, long, conflicts_with = "verbose", help_heading = "Output")]
    pub(super) quiet: bool,
    /// Tell all evidence, and what was not understood.
    #[arg(short, long, help_heading = "Output")]
    pub(super) verbose: bool,
    /// Tell how often each rule finds something, in place of what it finds; in the format text.
    #[arg(long, help_heading = "Output")]
    pub(super) statistics: bool,
}

/// What is not to be told.
#[derive(Debug, Args)]
pub(super) struct Suppressions {
    /// Do not tell what this file lists, which `--write-baseline` has written.
    #[arg(long, value_name = "FILE", help_heading = "Suppressions")]
    pub(super) baseline: Option<PathBuf>,
    /// Write all that is found to this file, as known. What it held already is kept where it still holds.
    #[arg(long, value_name = "FILE", conflicts_with = "baseline", help_heading = "Suppressions")]
    pub(super) write_baseline: Option<PathBuf>,
    /// Heed no comments `corslint: ignore[…]`.
    #[arg(long, help_heading = "Suppressions")]
    pub(super) no_ignores: bool,
}

/// What is read, for `check` and `simulate`.
#[derive(Debug, Args)]
pub(super) struct Input {
    /// Files and folders; `-` is standard input.
    #[arg(value_name = "PATH", default_value = ".")]
    pub(super) paths: Vec<PathBuf>,
    /// Take named files and standard input for this language; of a folder, read only files of this language.
    #[arg(long, value_enum, help_heading = "Input")]
    pub(super) dialect: Option<DialectName>,
    /// What a named file or standard input is the inside of, where it is a part that others include.
    #[arg(long, value_enum, value_name = "BLOCK", help_heading = "Input")]
    pub(super) context: Option<Block>,
    /// Pass over what this pattern means, as in a .gitignore; named files are read all the same. May be given several
    /// times.
    #[arg(long, value_name = "GLOB", help_heading = "Input")]
    pub(super) exclude: Vec<String>,
    /// Read also what .gitignore and .ignore name.
    #[arg(long, help_heading = "Input")]
    pub(super) no_respect_gitignore: bool,
    /// What standard input is called; its language is told from this name, too.
    #[arg(long, value_name = "NAME", help_heading = "Input")]
    pub(super) stdin_filename: Option<String>,
    /// The settings of the project, in place of the nearest corslint.toml upward.
    #[arg(long, value_name = "FILE", conflicts_with = "no_config", help_heading = "Input")]
    pub(super) config: Option<PathBuf>,
    /// Read no corslint.toml.
    #[arg(long, help_heading = "Input")]
    pub(super) no_config: bool,
    /// The value of an environment variable. May be given several times.
    #[arg(long, value_name = "NAME=VALUE", value_parser = assignment, help_heading = "Input")]
    pub(super) env: Vec<(String, String)>,
}

/// Arguments of `simulate`.
#[derive(Debug, Args)]
#[command(group = ArgGroup::new("question").args(["url", "requests"]).required(true))]
pub(super) struct Simulate {
    #[command(flatten)]
    pub(super) input: Input,
    #[command(flatten)]
    pub(super) fetch: Fetch,
    /// Requests as JSON Lines; `-` is standard input. Each is answered by one line of JSON.
    #[arg(long, value_name = "FILE")]
    pub(super) requests: Option<PathBuf>,
    /// Of several configurations, ask the one in this file.
    #[arg(long = "in", value_name = "FILE")]
    pub(super) within: Option<PathBuf>,
    /// How to write the answer [default: text for --url, json for --requests].
    #[arg(long, value_enum, help_heading = "Output")]
    pub(super) format: Option<AnswerFormat>,
    #[command(flatten)]
    pub(super) color: Color,
}

/// One call that a page makes.
#[derive(Debug, Args)]
pub(super) struct Fetch {
    /// What the page fetches: a URL, or a path, which goes to the first site that has a name.
    #[arg(long, value_parser = url, requires = "origin")]
    pub(super) url: Option<String>,
    /// The origin of the page, as in `https://app.example.com`; `null` is that of a sandboxed frame or a local file.
    #[arg(long, value_parser = origin, conflicts_with = "requests")]
    pub(super) origin: Option<String>,
    /// The method.
    #[arg(long, default_value = "GET", value_parser = method, conflicts_with = "requests")]
    pub(super) method: String,
    /// A header that the page sets. May be given several times.
    #[arg(long, value_name = "NAME[: VALUE]", value_parser = header, conflicts_with = "requests")]
    pub(super) header: Vec<(String, String)>,
    /// With the user's cookies, or another login of the browser's.
    #[arg(long, conflicts_with = "requests")]
    pub(super) credentials: bool,
    /// What the application behind the configuration answers: a status, or `missing` for no such file or script.
    #[arg(long, value_name = "STATUS", default_value = "200", value_parser = answer, conflicts_with = "requests")]
    pub(super) answer: Answer,
    /// The user is logged in.
    #[arg(long, conflicts_with = "requests")]
    pub(super) login: bool,
}

/// When to colour; flattened, so that it can follow any subcommand.
#[derive(Debug, Args)]
pub(super) struct Color {
    /// When to use colours.
    #[arg(long = "color", value_enum, value_name = "WHEN", default_value_t = When::Auto, help_heading = "Output")]
    pub(super) when: When,
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;

    fn parse(line: &str) -> Result<Arguments, clap::Error> {
        Arguments::try_parse_from(line.split_whitespace())
    }

    #[test]
    fn the_definition_is_sound() {
        Arguments::command().debug_assert();
    }

    #[test]
    fn words_are_subcommands_only_where_they_come_first() {
        let paths = |line: &str| parse(line).expect("can be parsed").check.input.paths;
        assert_eq!(paths("corslint"), [PathBuf::from(".")]);
        assert_eq!(paths("corslint deploy explain"), [PathBuf::from("deploy"), PathBuf::from("explain")]);
        assert_eq!(paths("corslint ./explain"), [PathBuf::from("./explain")]);
        assert_eq!(paths("corslint --format json -"), [PathBuf::from("-")]);
        assert!(matches!(parse("corslint explain x").expect("can be parsed").command, Some(Command::Explain { .. })));
        let checked = parse("corslint check a -q").expect("can be parsed").command;
        assert!(matches!(checked, Some(Command::Check(check)) if check.amount.quiet));
    }

    #[test]
    fn values_are_checked() {
        for line in [
            "corslint --format xml",
            "corslint --format json=",
            "corslint --env =x",
            "corslint --env x",
            "corslint --fail-on never --min-severity never",
            "corslint -q -v",
            "corslint explain",
            "corslint simulate a",
            "corslint simulate --url /a",
            "corslint simulate --url /a --requests b",
            "corslint simulate --url /a --origin null --requests b",
            "corslint simulate --requests b --login",
            "corslint simulate --url a --origin null",
            "corslint simulate --url /a --origin app.example.com",
            "corslint simulate --url /a --origin null --method TRACE",
            "corslint simulate --url /a --origin null --header a/b",
            "corslint simulate --url /a --origin null --header Cookie:a",
            "corslint simulate --url /a --origin null --answer 1000",
        ] {
            assert!(parse(line).is_err(), "{line}");
        }
        let check = parse("corslint --env A=b=c --rule a,b --rule c --format json=x=y").expect("can be parsed").check;
        assert_eq!(check.input.env, [("A".to_owned(), "b=c".to_owned())]);
        assert_eq!(check.rules.rule, ["a", "b", "c"]);
        assert_eq!(check.format[0].file, Some(PathBuf::from("x=y")));
        let line = "corslint simulate --url /a --origin null --method put --header A --header b:c --answer missing";
        let Some(Command::Simulate(simulate)) = parse(line).expect("can be parsed").command else { panic!("{line}") };
        let Fetch { origin, method, header, answer, .. } = simulate.fetch;
        let pair = |name: &str, value: &str| (name.to_owned(), value.to_owned());
        assert_eq!((origin.as_deref(), method.as_str(), answer), (Some("null"), "PUT", Answer::Missing));
        assert_eq!(header, [pair("A", ""), pair("b", "c")]);
    }
}
