//! The program under test, as it is called from outside.

use std::collections::BTreeSet;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};
use std::thread;

use serde_json::Value;

/// Ids of the rules that it has.
pub(crate) fn rules() -> Result<BTreeSet<String>, String> {
    let text = run(&["rules", "--format", "json"], None, "")?;
    let list: Vec<Value> = serde_json::from_str(&text).map_err(|error| format!("corslint rules: {error}"))?;
    Ok(list.iter().filter_map(|rule| rule["id"].as_str()).map(str::to_owned).collect())
}

/// Ids of the rules that it reports of a site.
pub(crate) fn check(site: &Path) -> Result<BTreeSet<String>, String> {
    let text = run(&["check", "--format", "json"], Some(site), "")?;
    let report: Value = serde_json::from_str(&text).map_err(|error| format!("corslint check: {error}: {text}"))?;
    if let Some(error) = report["errors"].as_array().and_then(|errors| errors.first()) {
        return Err(format!("corslint check: {error}"));
    }
    let findings = report["findings"].as_array().ok_or("corslint check: no findings in the report")?;
    Ok(findings.iter().filter_map(|finding| finding["rule"].as_str()).map(str::to_owned).collect())
}

/// What it predicts for each of the requests, in their order.
pub(crate) fn simulate(site: &Path, requests: &[Value]) -> Result<Vec<Value>, String> {
    let lines: Vec<String> = requests.iter().map(Value::to_string).collect();
    let text = run(&["simulate", "--requests", "-", "--format", "json"], Some(site), &lines.join("\n"))?;
    let replies: Result<Vec<Value>, _> = text.lines().map(serde_json::from_str).collect();
    let replies = replies.map_err(|error| format!("corslint simulate: {error}: {text}"))?;
    if replies.len() == requests.len() {
        Ok(replies)
    } else {
        Err(format!("corslint simulate: {} replies to {} requests", replies.len(), requests.len()))
    }
}

/// Runs it and returns its standard output. Findings are no failure here.
fn run(arguments: &[&str], path: Option<&Path>, input: &str) -> Result<String, String> {
    let problem = |error: std::io::Error| format!("corslint {}: {error}", arguments[0]);
    let mut child = Command::new(env!("CARGO_BIN_EXE_corslint"))
        .args(arguments)
        .args(path)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .map_err(problem)?;
    let stdin = child.stdin.take();
    let output = thread::scope(|scope| {
        // It may stop reading when it cannot go on; its exit code tells, not the broken pipe.
        scope.spawn(move || stdin.map(|mut stdin| stdin.write_all(input.as_bytes())));
        child.wait_with_output()
    });
    let output = output.map_err(problem)?;
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    if text.trim().is_empty() && !output.status.success() {
        let said = String::from_utf8_lossy(&output.stderr);
        return Err(format!("corslint {} ends with {}: {}", arguments[0], output.status, said.trim()));
    }
    Ok(text)
}
