//! A name for a finding that stays when lines move: for baselines, and for what compares two runs.

use std::collections::HashMap;

use crate::finding::Finding;
use crate::source::Sources;

/// Names each finding, in their order: 16 hexadecimal digits over rule, file, text of the primary span and endpoints; of
/// several findings that agree in all of these, the place among them counts as well.
pub fn fingerprint(sources: &Sources, findings: &mut [Finding]) {
    let mut seen: HashMap<u64, u64> = HashMap::new();
    for finding in findings {
        let location = finding.primary.location;
        let source = sources.get(location.source);
        let mut hash = Hash::new();
        hash.text(finding.rule);
        hash.text(&source.name);
        hash.text(source.slice(location.span));
        for endpoint in &finding.endpoints {
            hash.text(endpoint);
        }
        let occurrence = seen.entry(hash.0).or_default();
        let mut named = Hash(hash.0);
        named.text(&occurrence.to_string());
        *occurrence += 1;
        finding.fingerprint = format!("{:016x}", named.0);
    }
}

/// FNV-1a, 64 bits: the same on every machine and in every release, which the standard library's hasher does not
/// promise.
struct Hash(u64);

impl Hash {
    fn new() -> Self {
        Self(0xcbf2_9ce4_8422_2325)
    }

    /// A text and an end mark that no text contains, so that `ab, c` is not `a, bc`.
    fn text(&mut self, text: &str) {
        for byte in text.bytes().chain([0xFF]) {
            self.0 = (self.0 ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::sample;

    fn fingerprints(files: &[(&str, &str)], spans: &[(&str, usize, usize)]) -> Vec<String> {
        let mut report = sample::report(files, spans);
        fingerprint(&report.sources, &mut report.findings);
        report.findings.into_iter().map(|finding| finding.fingerprint).collect()
    }

    #[test]
    fn the_same_finding_twice_has_two_fingerprints_and_moved_lines_change_none() {
        let text = "add_header A *;\nadd_header A *;\n";
        let before = fingerprints(&[("a.conf", text)], &[("a.conf", 11, 12), ("a.conf", 27, 28)]);
        assert_ne!(before[0], before[1]);
        let moved = format!("# new\n{text}");
        let after = fingerprints(&[("a.conf", &moved)], &[("a.conf", 17, 18), ("a.conf", 33, 34)]);
        assert_eq!(before, after);
        let elsewhere = fingerprints(&[("b.conf", text)], &[("b.conf", 11, 12)]);
        assert_ne!(before[0], elsewhere[0]);
    }

    #[test]
    fn the_hash_is_fnv_1a() {
        let mut hash = Hash::new();
        // The published value for "a" is af63dc4c8601ec8c; the end mark follows it.
        hash.text("a");
        assert_eq!(hash.0, (0xaf63_dc4c_8601_ec8c_u64 ^ 0xFF).wrapping_mul(0x0000_0100_0000_01b3));
    }
}
