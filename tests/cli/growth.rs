//! Input that is small and comes to much: what doubles, what goes round in circles, what is there by the thousand.
//! Nothing of it may take long, and nothing may be lost.

use crate::findings::APACHE_ECHO;
use crate::harness::Folder;
use crate::input::{checked, found, host};

#[test]
fn what_doubles_with_every_step_ends() {
    let doubling: Vec<String> =
        (0..60).map(|step| format!("map $m{step} $m{} {{ \"~(.*)\" \"$1$1\"; }}\n", step + 1)).collect();
    let maps = format!(
        "map $http_origin $m0 {{ default xxxx; }}\n{}server {{ location / {{ {} }} }}\n",
        doubling.concat(),
        "add_header Access-Control-Allow-Origin $m60; proxy_pass http://app;"
    );
    let mut folder = Folder::new().with("maps/maps.conf", &maps);
    for step in 0..40 {
        let include = format!("include f{0}.conf; include f{0}.conf;\n", step + 1);
        folder = folder.with(&format!("bomb/f{step}.conf"), &include);
    }
    let folder = folder
        .with("bomb/f40.conf", "add_header Access-Control-Allow-Origin *;\n")
        .with("bomb/nginx.conf", "http { server { location / { include f0.conf; proxy_pass http://app; } } }\n");
    let (_, json) = checked(folder, &["."]);
    let rules: Vec<&str> =
        json["findings"].as_array().expect("is a list").iter().filter_map(|finding| finding["rule"].as_str()).collect();
    assert!(rules.contains(&"unresolved-include"), "{rules:?}");
}

/// `line(0)`, `line(1)` …
fn lines(count: usize, line: impl Fn(usize) -> String) -> String {
    (0..count).map(|index| line(index) + "\n").collect()
}

/// What is written is found in a virtual host and in a `.htaccess`, behind these lines.
fn is_found_behind(text: &str) {
    for (file, text) in
        [("a.conf", host(&format!("{text}{APACHE_ECHO}"))), ("a/.htaccess", format!("{text}{APACHE_ECHO}"))]
    {
        let (run, json) = checked(Folder::new().with(file, &text), &[]);
        let rules = found(&json, file);
        assert!(rules.contains(&"unvalidated-origin-echo"), "{rules:?} {} {}", run.err, &text[..text.len().min(200)]);
    }
}

#[test]
fn what_doubles_with_every_line_of_httpd_ends() {
    let rules = lines(60, |i| format!("RewriteRule .* - [E=V{}:%{{ENV:V{i}}}%{{ENV:V{i}}}]", i + 1));
    is_found_behind(&format!("RewriteEngine On\n{rules}Header set X-V %{{V60}}e\n"));
    let variables = lines(60, |i| format!("SetEnvIf V{i} (.*) V{}=$1$1", i + 1));
    is_found_behind(&format!("SetEnvIf Host .* V0=$0\n{variables}Header set X-V %{{V60}}e env=none\n"));
    is_found_behind(&"Header edit* X-V (.*) $1$1\n".repeat(60));
}

#[test]
fn what_doubles_with_every_definition_or_macro_ends() {
    let definitions = lines(60, |i| format!("Define A{} ${{A{i}}}${{A{i}}}", i + 1));
    let texts = lines(60, |i| format!("<Macro T{i} $a>\nUse T{} $a$a\n</Macro>", i + 1));
    let uses = lines(40, |i| format!("<Macro U{i} $a>\nUse U{0} $a\nUse U{0} $a\n</Macro>", i + 1));
    for text in [
        format!("Define A0 xxxxxxxx\n{definitions}{}", host(&format!("Header set X-A ${{A60}}\n{APACHE_ECHO}"))),
        format!("{texts}<Macro T60 $a>\nHeader set X-A $a\n</Macro>\n{}", host(&format!("Use T0 xxxx\n{APACHE_ECHO}"))),
        format!("{uses}<Macro U40 $a>\nHeader set X-A $a\n</Macro>\n{}", host(&format!("Use U0 x\n{APACHE_ECHO}"))),
    ] {
        let (_, json) = checked(Folder::new().with("a.conf", text), &[]);
        assert_eq!(found(&json, "a.conf"), ["unvalidated-origin-echo"]);
    }
}

#[test]
fn a_macro_that_uses_itself_keeps_httpd_from_starting() {
    let uses = "<Macro Cors $x>\nHeader set Access-Control-Allow-Origin $x\nUse Cors $x\n</Macro>\n";
    let (run, json) = checked(Folder::new().with("a.conf", format!("{uses}{}", host("Use Cors *\n"))), &[]);
    assert_eq!((run.code, found(&json, "a.conf")), (Some(1), vec!["rejected-configuration"]));
}

#[test]
fn what_leads_round_in_circles_ends() {
    for text in [
        "ErrorDocument 403 /403.html\n<Files 403.html>\nRequire all denied\n</Files>\n<Files x>\nRequire all denied\n</Files>\n",
        "ErrorDocument 404 /404.html\nErrorDocument 500 /404.html\n<Files 404.html>\nRedirect 404 /\n</Files>\n",
        "FallbackResource /index.html\n<Files index.html>\nFallbackResource /index.html\n</Files>\n",
        "RewriteEngine On\nRewriteRule ^zz(.*)$ yy$1\nRewriteRule ^yy(.*)$ zz$1 [N]\n",
        "RewriteEngine On\nRewriteRule ^x(.*)$ $1$1 [N=30000]\n",
        "DirectoryIndex disabled\nDirectoryIndex / // ../../ index.php \"\"\nDirectoryIndex\n",
    ] {
        is_found_behind(text);
    }
    // All answers are redirects or errors: there is nothing to find, but an end.
    for text in [
        "RewriteEngine On\nRewriteRule (.*) $1/$1 [N]\n",
        "RewriteEngine On\nRewriteRule ^(.*)$ /$1/$1 [L]\n",
        "Redirect / /\n",
    ] {
        checked(Folder::new().with("a/.htaccess", format!("{text}{APACHE_ECHO}")), &[]);
    }
}

#[test]
fn aliases_and_includes_that_lead_round_in_circles_end() {
    let aliases = "Alias /a /b\nAlias /b /a\nAlias / /\nAlias /a /a/a\nAlias \"\" \"\"\nAliasMatch ^(.*)$ $1$1\n";
    let includes =
        "Include a.conf\nInclude .\nInclude ..\nInclude conf.d\nInclude conf.d/\nInclude *\nInclude \"\"\nInclude /\n";
    let folder = Folder::new()
        .with("a.conf", format!("{includes}{}", host(&format!("{aliases}{APACHE_ECHO}"))))
        .with("conf.d/b.conf", format!("Include ../a.conf\n{}", host("")));
    let (_, json) = checked(folder, &[]);
    assert!(found(&json, "a.conf").contains(&"unvalidated-origin-echo"), "{json}");
}

#[test]
fn includes_that_double_each_other_end() {
    let folder = (0..40).fold(Folder::new(), |folder, step| {
        folder.with(&format!("f{step}.conf"), format!("Include f{0}.conf\nInclude f{0}.conf\n", step + 1))
    });
    let folder = folder
        .with("f40.conf", "Header set X-One 1\n")
        .with("httpd.conf", format!("ServerRoot /etc\n{}", host(&format!("{APACHE_ECHO}Include f0.conf\n"))));
    let (_, json) = checked(folder, &["."]);
    assert_eq!(found(&json, "httpd.conf"), ["unvalidated-origin-echo"]);
    assert!(json["findings"].as_array().into_iter().flatten().any(|finding| finding["rule"] == "unresolved-include"));
}

#[test]
fn patterns_that_take_for_ever_are_given_up() {
    is_found_behind(concat!(
        "RewriteEngine On\n",
        "RewriteRule ^(([a-z])+.)+[A-Z]([a-z])+$ /x [L]\n",
        "RewriteRule ^(?=(a+)+$)(.*?,){11}P(.*)*$ /y\n",
        "SetEnvIf Origin \"^(https?://(([a-z0-9]+-?)+\\.?)+)+$\" A=$1\n",
        "Header set X-A \"%{A}e\"\n",
    ));
    // What such a pattern says of an Origin is not known, and so is what follows from it.
    let huge = "SetEnvIf Origin \"^((((a{1,500}){1,500}){1,500}){1,500})$\" B=$1\nHeader set X-B %{B}e\n";
    checked(Folder::new().with("a/.htaccess", format!("{huge}{APACHE_ECHO}")), &[]);
}

#[test]
fn rules_by_the_thousand_are_read_to_the_last() {
    for text in [
        lines(500, |i| format!("RewriteRule ^/?p{i}/(.*)$ /q{i}/$1 [S={}]\nRewriteRule ^/?c{i} - [C]", i % 7)),
        lines(1000, |i| format!("RewriteRule ^/?p{i} - [S={}]", 1000 - i)),
        lines(1000, |i| format!("RewriteRule ^/?p{i} - [C]")),
    ] {
        is_found_behind(&format!("RewriteEngine On\n{text}"));
    }
}

#[test]
fn sections_and_tests_by_the_hundred_are_read_to_the_last() {
    let requires = format!(
        "{}Require ip 10.0.0.0/8\n{}",
        "<RequireAny>\nRequire all granted\n".repeat(100),
        "</RequireAny>\n".repeat(100)
    );
    let defined = lines(100, |i| format!("<IfDefine D{i}>\nHeader set X-{i} 1\n</IfDefine>"));
    let many = (0..500).map(|i| format!("%{{HTTP:Origin}} != 'https://a{i}.example'")).collect::<Vec<_>>().join(" && ");
    let conditional = format!("<If \"{many}\">\nHeader set X-One 1\n</If>\n");
    for text in
        [requires, defined, conditional, lines(1000, |i| format!("SetEnvIf Origin ^https://h{i}\\.example$ O{i}=$0"))]
    {
        is_found_behind(&text);
    }
}

#[test]
fn directives_by_the_ten_thousand_are_read_to_the_last() {
    is_found_behind(&"Header set X-One 1\n".repeat(20_000));
}

#[test]
fn locations_with_many_headers_are_all_read() {
    let headers = lines(200, |i| format!("Header set X-{i} 1"));
    let locations = lines(100, |i| format!("<Location /p{i}>\n{headers}</Location>"));
    let last = format!("<Location /last>\n{APACHE_ECHO}</Location>\n");
    let (_, json) = checked(Folder::new().with("a.conf", host(&format!("{locations}{last}"))), &[]);
    assert_eq!(found(&json, "a.conf"), ["unvalidated-origin-echo"]);
}

#[test]
fn a_line_of_ten_million_bytes_is_no_line_that_is_read() {
    let long = format!("Header set X-One \"{}\"\n", "a".repeat(10_000_000));
    let wordy = format!("Header set X-One {}\n", "a ".repeat(1_000_000));
    for (file, line) in [("a/.htaccess", long), ("a/.htaccess", wordy)] {
        let (run, json) = checked(Folder::new().with(file, format!("{line}{APACHE_ECHO}")), &[]);
        assert_eq!(run.code, Some(2), "{}", run.err);
        assert!(found(&json, file).contains(&"syntax-error"));
    }
}

#[test]
fn files_that_lie_deep_in_each_others_folders_are_all_read() {
    // As deep as a path may be written.
    let deepest = 1500;
    let mut folder = Folder::new();
    for depth in [1, 2, 31, 32, 33, 64, 65, deepest] {
        folder = folder.with(&format!("top/{}.htaccess", "a/".repeat(depth)), APACHE_ECHO);
    }
    let text = "Header set X-One 1\n";
    for depth in (0..200).filter(|depth| ![1, 2, 31, 32, 33, 64, 65].contains(depth)) {
        folder = folder.with(&format!("top/{}.htaccess", "a/".repeat(depth)), text);
    }
    let (_, json) = checked(folder, &["."]);
    for depth in [1, 31, 32, 33, 65, deepest] {
        let file = format!("top/{}.htaccess", "a/".repeat(depth));
        assert!(found(&json, &file).contains(&"unvalidated-origin-echo"), "{depth}");
    }
}
