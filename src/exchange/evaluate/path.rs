//! Paths as a server looks at them.

/// Decodes `%2F` and the like, resolves `.` and `..`, and merges slashes (`ngx_http_parse_complex_uri`;
/// httpd: `MergeSlashes`).
pub(in crate::exchange) fn normalize(path: &str) -> String {
    let decoded = decode(path);
    let mut kept: Vec<&str> = Vec::new();
    let parts: Vec<&str> = decoded.split('/').skip(1).collect();
    let ends_with_slash = matches!(parts.last(), Some(&("" | "." | "..")));
    for part in parts {
        match part {
            "" | "." => {}
            ".." => {
                kept.pop();
            }
            part => kept.push(part),
        }
    }
    let mut normal = String::from("/");
    normal.push_str(&kept.join("/"));
    if ends_with_slash && !kept.is_empty() {
        normal.push('/');
    }
    normal
}

fn decode(path: &str) -> String {
    let mut bytes = Vec::with_capacity(path.len());
    let mut rest = path.as_bytes();
    while let [first, tail @ ..] = rest {
        let code = (*first == b'%').then(|| tail.get(..2)).flatten().and_then(|hex| std::str::from_utf8(hex).ok());
        if let Some(byte) = code.and_then(|hex| u8::from_str_radix(hex, 16).ok()) {
            bytes.push(byte);
            rest = &tail[2..];
        } else {
            bytes.push(*first);
            rest = tail;
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

#[cfg(test)]
mod tests {
    use super::normalize;

    #[test]
    fn paths_are_taken_as_servers_take_them() {
        let cases = [
            ("/", "/"),
            ("/a//b", "/a/b"),
            ("/a/./b/../c", "/a/c"),
            ("/a/%2e%2e/b", "/b"),
            ("/a/b/..", "/a/"),
            ("/../..", "/"),
            ("/a%20b%zz%", "/a b%zz%"),
            ("/a/", "/a/"),
        ];
        for (path, expected) in cases {
            assert_eq!(normalize(path), expected, "{path}");
        }
    }
}
