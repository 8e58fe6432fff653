//! Whole reports, as they are read.

use super::super::sample;
use super::*;

fn written(report: &Report, look: &Look) -> String {
    sample::written(write, report, look)
}

/// A report whose findings are of a rule that the catalogue does not know: its words are tested where they stand.
fn uncatalogued() -> Report {
    let mut report = sample::full();
    report.findings[0].rule = "some-rule";
    report.findings[0].help = Some("Compare Origin with the origins you mean.".to_owned());
    report
}

const WHOLE: &str = "\
error[some-rule]: Any site can read what its visitors can read here, with their cookies.
   ╭─[deploy/api.conf:3:41]
 1 │ # é漢
 2 │ location /api/ {
   · ────┬───
   ·     ╰── the answer's own block
 3 │     add_header Access-Control-Allow-Origin $http_origin always;
   ·                                            ──────┬─────
   ·                                                  ╰── sends back whatever Origin was sent
 4 │ }
   ╰────
  help:    Compare Origin with the origins you mean.
  proof:   GET /api/x  Origin: https://evil.example                (application answers 200)
           → 200  Access-Control-Allow-Origin: https://evil.example
                  Access-Control-Allow-Credentials: true
           → the browser lets https://evil.example read this, with the user's cookies
  note:    assuming the file `x` exists
  reached: from location /api/, location /b/
  more:    https://github.com/corslint/corslint/blob/main/rules/README.md#some-rule

1 file, 2 endpoints: 1 error, 0 warnings, 0 infos
";

#[test]
fn a_finding_shows_what_where_how_and_the_proof() {
    assert_eq!(written(&uncatalogued(), &sample::look()), WHOLE);
}

#[test]
fn ascii_is_ascii_and_colours_only_add_escape_sequences() {
    let mut report = uncatalogued();
    let ascii = Look { unicode: false, ..sample::look() };
    // The configuration's own text apart.
    assert!(written(&report, &ascii).replace("é漢", "").is_ascii());
    let color = written(&report, &Look { color: true, ..sample::look() });
    assert!(color.contains("\u{1b}[31m"));
    assert_eq!(anstream::adapter::strip_str(&color).to_string(), WHOLE);
    report.findings[0].severity = Severity::Info;
    assert!(!written(&report, &Look { color: true, ..sample::look() }).contains("\u{1b}[31m"));
}

#[test]
fn nothing_in_a_configuration_steers_the_terminal() {
    let mut report = sample::report(&[("a\u{1b}[2J.conf", "x \u{1b}]0;title\u{7} \u{9b}31m y\n")], &[]);
    let name = report.sources.iter().next().map(|(_, source)| source.name.clone()).expect("is there");
    let finding = &mut sample::full().findings.remove(0);
    finding.primary = sample::label(&report, &name, 0, 1, "\u{1b}[31m");
    finding.labels.clear();
    finding.message = "\u{1b}c".to_owned();
    finding.help = Some("\u{7}\n\u{8}".to_owned());
    finding.endpoints = vec!["location \u{1b}[5m".to_owned(), "\u{202e}".to_owned()];
    finding.assumptions = vec!["\u{1b}".to_owned()];
    finding.evidence[0].response.headers[0].1 = Some("\u{1b}[31m".to_owned());
    report.findings.push(finding.clone());
    report.errors.push(sample::error("\u{1b}", "\u{1b}"));
    report.notes.push("\u{1b}".to_owned());
    let text = written(&report, &Look { detail: Detail::Verbose, ..sample::look() });
    assert!(!text.contains(|c: char| c.is_control() && c != '\n'), "{text:?}");
    assert!(text.contains("[a\\u{1b}[2J.conf:1:1]"), "{text}");
}

#[test]
fn labels_in_other_files_have_snippets_of_their_own() {
    let text = "add_header A b;\n";
    let mut report = sample::report(&[("a.conf", text), ("inc/b.conf", text)], &[("a.conf", 13, 14)]);
    let there = sample::label(&report, "inc/b.conf", 0, 10, "and there");
    report.findings[0].labels = vec![there];
    let text = written(&report, &sample::look());
    let (here, there) = (text.find("[a.conf:1:14]"), text.find("[inc/b.conf:1:1]"));
    assert!(here.is_some() && here < there, "{text}");
}

#[test]
fn what_is_told_once_and_what_is_told_with_verbose() {
    let mut report = sample::full();
    let evidence = report.findings[0].evidence[0].clone();
    report.findings[0].evidence = vec![evidence; 3];
    report.findings[0].endpoints = (0..6).map(|n| format!("location /{n}")).collect();
    report.notes = vec!["`js_content` is not understood".to_owned()];
    let normal = written(&report, &sample::look());
    let verbose = written(&report, &Look { detail: Detail::Verbose, ..sample::look() });
    let quiet = written(&report, &Look { detail: Detail::Quiet, ..sample::look() });
    assert_eq!([&normal, &verbose].map(|text| text.matches("proof:").count()), [2, 3]);
    assert!(normal.contains("location /3 and 2 more\n") && verbose.contains("location /4, location /5\n"), "{normal}");
    assert!(!normal.contains("js_content") && verbose.contains("note: `js_content` is not understood\n"));
    assert!(normal.ends_with("infos\n") && !quiet.contains("infos"));
}

#[test]
fn the_last_line_counts() {
    let last = |report: &Report| written(report, &sample::look()).lines().last().map(str::to_owned);
    let one = sample::report(&[("a.conf", "x")], &[("a.conf", 0, 1)]);
    assert_eq!(last(&one).as_deref(), Some("1 file, 1 endpoint: 0 errors, 1 warning, 0 infos"));
    let mut two = sample::report(&[("a.conf", "x"), ("b.conf", "")], &[]);
    two.suppressed = sample::full().findings.into_iter().cycle().take(2).map(sample::suppressed).collect();
    two.endpoints = 5;
    assert_eq!(last(&two).as_deref(), Some("2 files, 5 endpoints: 0 errors, 0 warnings, 0 infos (2 suppressed)"));
    let mut none = Report::default();
    assert_eq!(last(&none).as_deref(), Some("no nginx, Apache or Express configuration found in ."));
    none.errors.push(sample::error("b.conf", "permission denied"));
    assert_eq!(last(&none).as_deref(), Some("error: b.conf: permission denied"));
}

proptest::proptest! {
    #[test]
    fn any_spans_of_any_text_can_be_shown(
        text in "([a-z\\t \\r\\n\\u{1b}é漢😀\u{301}]|x{130}){0,60}",
        spans in proptest::collection::vec((0_usize..200, 0_usize..200), 1..5),
        unicode in proptest::bool::ANY,
    ) {
        let mut report = sample::report(&[("a.conf", &text)], &[]);
        let mut finding = sample::full().findings.remove(0);
        let mut labels = spans.iter().map(|(start, length)| sample::label(&report, "a.conf", *start, start + length, "here"));
        finding.primary = labels.next().expect("there is one");
        finding.labels = labels.collect();
        let position = report.sources.get(finding.primary.location.source).position(finding.primary.location.span.start);
        report.findings.push(finding);
        let text = written(&report, &Look { unicode, ..sample::look() });
        let header = format!("[a.conf:{}:{}]", position.line, position.column);
        proptest::prop_assert!(text.contains(&header), "{text}");
        proptest::prop_assert!(!text.contains(char::from(0x1b)), "steers");
        proptest::prop_assert!(text.lines().all(|line| line.chars().count() < 400));
    }
}
