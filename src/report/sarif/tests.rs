use std::sync::LazyLock;
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use super::super::sample;
use super::*;
use crate::finding::{Label, SuppressedBy};
use crate::source::{Location, SourceId, Span};

/// The standard's own schema; testdata/sarif/README.md says where it is from.
static SCHEMA: LazyLock<jsonschema::Validator> = LazyLock::new(|| {
    let schema = include_str!("../../../testdata/sarif/sarif-schema-2.1.0.json");
    let mut schema: Value = serde_json::from_str(schema).expect("is JSON");
    // Two patterns have a bracket too many, at which the crate stops; they are about a key that is not written.
    for holder in ["run", "toolComponent"] {
        let language = schema["definitions"][holder]["properties"]["language"].as_object_mut();
        language.expect("is an object").remove("pattern").expect("is there");
    }
    jsonschema::validator_for(&schema).expect("is a schema")
});

/// What is written, which is valid.
fn written(report: &Report, detail: Detail) -> Value {
    let value = sample::json(write, report, &Look { detail, ..sample::look() });
    let errors: Vec<String> =
        SCHEMA.iter_errors(&value).take(3).map(|error| format!("{}: {error}", error.instance_path())).collect();
    assert!(errors.is_empty(), "{errors:#?}");
    value
}

fn run(report: &Report, detail: Detail) -> Value {
    written(report, detail)["runs"][0].take()
}

#[test]
fn the_schema_rejects_what_the_standard_does_not_know() {
    let mut value = written(&sample::full(), Detail::Normal);
    assert!(SCHEMA.is_valid(&value));
    value["runs"][0]["results"][0]["kind"] = json!("notapplicable");
    assert!(!SCHEMA.is_valid(&value));
}

#[test]
fn a_finding_is_a_result_with_everything() {
    let mut report = sample::full();
    report.findings[0].fingerprint = "0123456789abcdef".to_owned();
    let run = run(&report, Detail::Normal);
    assert_eq!(run["columnKind"], "unicodeCodePoints");
    assert_eq!(run["automationDetails"]["id"], "corslint/");
    assert_eq!(run["invocations"], json!([{"executionSuccessful": true}]));
    let result = &run["results"][0];
    let rule = run.pointer(&format!("/tool/driver/rules/{}", result["ruleIndex"])).expect("is in the list");
    assert_eq!((&result["ruleId"], &rule["id"]), (&json!("unvalidated-origin-echo"), &result["ruleId"]));
    let file = json!({"uri": "deploy/api.conf", "uriBaseId": "%SRCROOT%"});
    let block = json!({
        "physicalLocation": {
            "artifactLocation": file,
            "region": {"startLine": 2, "startColumn": 1, "endLine": 2, "endColumn": 9},
        },
        "message": {"text": "the answer's own block"},
    });
    let mut related = block.clone();
    related["id"] = json!(1);
    let region = json!({"startLine": 3, "startColumn": 41, "endLine": 3, "endColumn": 53});
    let mut primary = json!({
        "physicalLocation": {"artifactLocation": file, "region": region},
        "message": {"text": "sends back whatever Origin was sent"},
    });
    let last = primary.clone();
    primary["physicalLocation"]["region"]["snippet"] = json!({"text": "$http_origin"});
    assert_eq!(result["level"], "error");
    assert_eq!(result["locations"], json!([primary]));
    assert_eq!(result["relatedLocations"], json!([related]));
    assert_eq!(
        result["codeFlows"][0]["threadFlows"],
        json!([{"locations": [{"location": block}, {"location": last}]}])
    );
    assert_eq!(result["partialFingerprints"]["corslint/v1"], "0123456789abcdef");
    assert!(result["partialFingerprints"]["primaryLocationLineHash"].as_str().is_some_and(|hash| hash.ends_with(":1")));
    let absent = |key: &str| result.get(key).is_none();
    assert!(absent("kind") && absent("suppressions") && absent("baselineState"), "{result}");
}

#[test]
fn columns_count_code_points_and_lines_end_in_three_ways() {
    let text = "# x\r\né漢😀\tadd_header A *;\r\n\"é\r漢😀\"\n";
    let at = |needle: &str| text.find(needle).expect("is in the text");
    let mut report =
        sample::report(&[("a.conf", text)], &[("a.conf", at("add"), at(";")), ("a.conf", at("\"é"), at("\"\n") + 1)]);
    let label = sample::label(&report, "a.conf", at("漢"), at("\t"), "two characters");
    report.findings[0].labels.push(label);
    let run = run(&report, Detail::Normal);
    let region = |number: usize| run["results"][number]["locations"][0]["physicalLocation"]["region"].clone();
    assert_eq!(
        region(0),
        json!({"startLine": 2, "startColumn": 5, "endLine": 2, "endColumn": 19, "snippet": {"text": "add_header A *"}})
    );
    assert_eq!(
        region(1),
        json!({"startLine": 3, "startColumn": 1, "endLine": 4, "endColumn": 4, "snippet": {"text": "\"é\r漢😀\""}})
    );
    assert_eq!(
        run["results"][0]["relatedLocations"][0]["physicalLocation"]["region"],
        json!({"startLine": 2, "startColumn": 2, "endLine": 2, "endColumn": 4})
    );
}

#[test]
fn the_demo_is_valid_and_its_results_lead_to_files_that_are_there() {
    let demo = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("testdata/demo");
    let report = crate::lint(&[demo], &crate::Options::default());
    let run = run(&report, Detail::Verbose);
    let results = run["results"].as_array().expect("is a list");
    assert_eq!(results.len(), report.findings.len());
    for result in results {
        let file = &result["locations"][0]["physicalLocation"]["artifactLocation"];
        let uri = file["uri"].as_str().expect("is a text");
        let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
        assert!(file["uriBaseId"] == BASE && root.join(uri).is_file(), "{file}");
        assert!(result["partialFingerprints"].as_object().is_some_and(|names| names.len() == 2), "{result}");
    }
    assert!(results.iter().filter(|result| result.get("codeFlows").is_some()).count() >= 6);
}

#[test]
fn an_empty_run_has_results_and_rules() {
    let run = run(&Report::default(), Detail::Normal);
    assert_eq!(run["results"], json!([]));
    assert_eq!(run["tool"]["driver"]["rules"].as_array().map(Vec::len), Some(rules::rules().len()));
}

#[test]
fn what_could_not_be_read_or_parsed_is_told() {
    let mut report = sample::report(&[("a.conf", "x {"), ("b.conf", "y")], &[("a.conf", 0, 1), ("a.conf", 2, 3)]);
    report.findings.iter_mut().for_each(|finding| finding.rule = SYNTAX_ERROR);
    report.errors = vec![sample::error("../c d.conf", "permission denied"), sample::error("b.conf", "odd\nbyte")];
    report.errors[1].fatal = false;
    report.errors[1].location = Some(Location { source: SourceId(1), span: Span::new(0, 1) });
    report.notes.push("`x` is not understood".to_owned());
    let run = run(&report, Detail::Verbose);
    assert_eq!(run["results"].as_array().map(Vec::len), Some(2));
    // GitHub would drop the results of a run that failed.
    assert_eq!(run["invocations"][0]["executionSuccessful"], true);
    let told = run["invocations"][0]["toolExecutionNotifications"].as_array().expect("is a list");
    let told: Vec<_> = told.iter().map(|told| (&told["level"], &told["message"]["text"])).collect();
    assert_eq!(
        json!(told),
        json!([
            ["error", "../c d.conf: permission denied."],
            ["warning", "b.conf: odd byte."],
            ["error", "Allow-Origin depends on Origin."],
            ["note", "`x` is not understood."],
        ])
    );
    report.findings.clear();
    report.errors.remove(0);
    let told = self::run(&report, Detail::Normal)["invocations"][0]["toolExecutionNotifications"].take();
    assert_eq!(told.as_array().map(Vec::len), Some(1), "{told}");
}

#[test]
fn what_is_suppressed_is_only_written_on_demand() {
    let mut report = sample::full();
    let comment = report.findings[0].labels[0].location;
    let finding = report.findings[0].clone();
    report.suppressed = vec![
        sample::suppressed(finding.clone()),
        Suppressed { finding, by: SuppressedBy::Comment(comment), reason: None },
    ];
    assert_eq!(run(&report, Detail::Normal)["results"].as_array().map(Vec::len), Some(1));
    let run = run(&report, Detail::Verbose);
    let suppressions: Vec<&Value> =
        run["results"].as_array().expect("is a list").iter().map(|result| &result["suppressions"]).collect();
    assert_eq!(*suppressions[0], json!([]));
    let reason = "to be mended with the next release";
    assert_eq!(*suppressions[1], json!([{"kind": "external", "justification": reason}]));
    assert_eq!(suppressions[2][0]["kind"], "inSource");
    assert_eq!(suppressions[2][0]["location"]["physicalLocation"]["region"]["startLine"], 2);
}

/// As many findings as that, with everything that one can have; every hundredth is an error.
fn many(count: usize) -> Report {
    let mut report = sample::full();
    let line = "\tadd_header Access-Control-Allow-Origin $http_origin always; # é\n";
    let name = "many.conf".to_owned();
    let source = report.sources.add(crate::source::Source::new(name.clone().into(), name, line.repeat(count)));
    let one = report.findings.remove(0);
    report.findings = (0..count)
        .map(|number| {
            let location = Location { source, span: Span::new(number * line.len() + 1, number * line.len() + 60) };
            let severity = if number % 100 == 99 { Severity::Error } else { Severity::Warning };
            let primary = Label { location, ..one.primary.clone() };
            Finding { severity, primary, ..one.clone() }
        })
        .collect();
    report
}

#[test]
fn ten_thousand_findings_are_written_in_no_time() {
    let report = many(10_000);
    let mut bytes = Vec::new();
    let begun = Instant::now();
    write(&report, &sample::look(), &mut bytes).expect("a vector takes everything");
    // A build without optimization on a busy machine; what is quadratic takes minutes.
    assert!(begun.elapsed() < Duration::from_secs(20), "{:?}", begun.elapsed());
    let value: Value = serde_json::from_slice(&bytes).expect("is JSON");
    assert!(SCHEMA.is_valid(&value));
    let results = value["runs"][0]["results"].as_array().expect("is a list");
    assert_eq!(results.len(), 10_000);
    let hash = |number: usize| results[number]["partialFingerprints"]["primaryLocationLineHash"].clone();
    assert_ne!(hash(0), hash(1));
    assert_eq!(results[9_999]["locations"][0]["physicalLocation"]["region"]["startLine"], 10_000);
}

#[test]
fn of_too_many_findings_the_most_severe_are_kept() {
    let report = many(MOST_RESULTS + 50);
    let kept = gravest(&report.findings, MOST_RESULTS);
    assert_eq!(kept.len(), MOST_RESULTS);
    let errors =
        |findings: &mut dyn Iterator<Item = &Finding>| findings.filter(|f| f.severity == Severity::Error).count();
    assert_eq!(errors(&mut kept.iter().copied()), errors(&mut report.findings.iter()));
    assert!(kept.is_sorted_by_key(|finding| finding.primary.location));
    let places = Places::new(&report);
    let told = invocation(&report, &places, Detail::Normal).tool_execution_notifications;
    assert_eq!(told.len(), 1);
    assert_eq!(told[0].message.text, "There are 50 more findings; the 25000 that are listed are the most severe.");
}
