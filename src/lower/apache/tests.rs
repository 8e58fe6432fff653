use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::PathBuf;

use crate::exchange::{Entry, Outcome, Request, World, evaluate};
use crate::link;
use crate::parse;
use crate::policy::{Answer, Policy, RemarkKind};
use crate::source::{Source, Sources};

fn lower(name: &str, text: &str) -> Policy {
    let mut sources = Sources::default();
    let id = sources.add(Source::new(PathBuf::from(name), name.to_owned(), text.to_owned()));
    let trees = BTreeMap::from([(id, parse::apache::parse(text))]);
    let configurations = link::apache::link(&sources, &trees, &link::Insides::new());
    super::lower(&configurations[0])
}

/// What a GET for a path is answered with in `X-Ran`.
fn ran(policy: &Policy, path: &str) -> String {
    let request = Request::new("GET", path);
    let outcome = evaluate(policy, Entry::ByHost, &request, Answer::Status(200), &mut World::default());
    let Outcome::Answered(response) = outcome else { panic!("{outcome:?}") };
    response.joined("x-ran").text().unwrap_or_default().replace("(null)", "-")
}

fn remarks(policy: &Policy) -> Vec<RemarkKind> {
    policy.remarks.iter().map(|remark| remark.kind).collect()
}

#[test]
fn what_is_skipped_skips_nothing_itself() {
    let rules = "RewriteEngine On\n\
        RewriteRule ^/?a - [S=2]\n\
        RewriteRule b - [S=3]\n\
        RewriteRule . - [E=ONE:1]\n\
        RewriteRule c - [S=1]\n\
        RewriteRule . - [E=TWO:2]\n\
        RewriteRule . - [E=THREE:3]\n\
        RewriteRule d - [S=18446744073709551615]\n\
        RewriteRule . - [E=FOUR:4]\n\
        Header always set X-Ran %{ONE}e%{TWO}e%{THREE}e%{FOUR}e\n";
    for name in [".htaccess", "a.conf"] {
        let policy = lower(name, rules);
        for (path, expected) in [
            ("/x", "1234"),
            ("/a", "-234"),
            ("/ab", "-234"),
            ("/b", "--34"),
            ("/bc", "--34"),
            ("/c", "1-34"),
            ("/ac", "--34"),
            ("/d", "123-"),
        ] {
            assert_eq!(ran(&policy, path), expected, "{name} {path}");
        }
    }
}

#[test]
fn a_chain_runs_as_long_as_its_rules_match() {
    let mut rules = String::from("RewriteEngine On\n");
    for index in 0..40 {
        let pattern = if index == 20 { "^a" } else { "." };
        writeln!(rules, "RewriteRule {pattern} - [C,E=V{index}:{index},S=1]")
            .expect("writing to a string does not fail");
    }
    rules += "RewriteRule . - [E=LAST:last]\nHeader set X-Ran %{V15}e,%{V19}e,%{V20}e,%{V39}e,%{LAST}e\n";
    let policy = lower(".htaccess", &rules);
    assert_eq!(ran(&policy, "/a"), "15,19,20,39,last");
    assert_eq!(ran(&policy, "/b"), "15,19,-,-,-");
}

#[test]
fn macros_may_use_each_other_but_not_themselves() {
    let mut text = String::new();
    for step in 0..100 {
        let next = step + 1;
        writeln!(text, "<Macro M{step} $x>\nUse M{next} $x\n</Macro>").expect("writing to a string does not fail");
    }
    text += "<Macro M100 $x>\nHeader set X-Ran end\n</Macro>\nUse M0 a\n";
    let policy = lower("a.conf", &text);
    assert_eq!((ran(&policy, "/").as_str(), remarks(&policy)), ("end", vec![]));

    let policy = lower(
        "a.conf",
        "<Macro M>\n<Location />\nUse m\n</Location>\n</Macro>\nUse M\nHeader set Access-Control-Allow-Origin *\n",
    );
    assert_eq!(remarks(&policy), [RemarkKind::WillNotStart]);
}

#[test]
fn what_macros_leave_out_is_told() {
    let nested = format!("<Macro M>\n{}Use N\n{}</Macro>\n", "<Files a>\n".repeat(200), "</Files>\n".repeat(200));
    let text = format!(
        "{nested}{}Use M\nHeader set X-Ran end\n",
        nested.replace('M', "N").replace("<Nacro", "<Macro").replace("</Nacro", "</Macro").replace("Use N", "Use O")
    );
    let policy =
        lower("a.conf", &format!("<Macro O>\n{}{}</Macro>\n{text}", "<Files a>\n".repeat(9), "</Files>\n".repeat(9)));
    assert_eq!((ran(&policy, "/").as_str(), remarks(&policy)), ("end", vec![RemarkKind::NotUnderstood]));

    let long = "x".repeat(1000);
    let text = format!(
        "<Macro M $x>\n{}</Macro>\n{}Header set X-Ran end\n",
        "Header set A $x$x$x$x\n".repeat(50),
        format!("Use M {long}\n").repeat(100)
    );
    let policy = lower("a.conf", &text);
    assert_eq!(ran(&policy, "/"), "end");
    assert!(remarks(&policy).iter().all(|kind| *kind == RemarkKind::NotUnderstood));
}

#[test]
fn definitions_that_double_are_not_known_in_the_end() {
    let mut text = String::from("Define A0 xy\n");
    for step in 0..40 {
        writeln!(text, "Define A{} ${{A{step}}}${{A{step}}}", step + 1).expect("writing to a string does not fail");
    }
    text += "Header set X-Ran ${A3}\nHeader set X-Long ${A40}\n";
    assert_eq!(ran(&lower("a.conf", &text), "/"), "xyxyxyxyxyxyxyxy");
}
