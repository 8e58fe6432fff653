//! What is read, and what of it is told.

use crate::findings::ECHO;
use crate::harness::Folder;
use crate::input::found;

const PLAIN: &str =
    "add_header Access-Control-Allow-Origin $http_origin;\nadd_header Access-Control-Allow-Credentials true;\n";

#[test]
fn patterns_leave_out_what_folders_hold_and_not_what_is_named() {
    let folder = Folder::new().with("a.conf", ECHO).with("old/b.conf", ECHO).with("old/keep/c.conf", ECHO);
    let files = |arguments: &[&str]| {
        let run = folder.run(&[&["--show-files"], arguments].concat());
        assert_eq!((run.code, &*run.err), (Some(0), ""), "{run:?}");
        run.out
    };
    assert_eq!(files(&[]), "a.conf: nginx\nold/b.conf: nginx\nold/keep/c.conf: nginx\n");
    assert_eq!(files(&["--exclude", "old/b.*"]), "a.conf: nginx\nold/keep/c.conf: nginx\n");
    assert_eq!(files(&["--exclude", "old", "--exclude", "a.conf", "old/b.conf"]), "old/b.conf: nginx\n");
    let bad = folder.run(&["--exclude", "a[", "."]);
    assert_eq!(bad.code, Some(2));
    assert!(bad.err.contains("a pattern of --exclude is no glob"), "{bad:?}");
}

#[test]
fn ignore_files_are_heeded_unless_somebody_says_otherwise() {
    let folder = Folder::new().with(".gitignore", "build/\n").with("a.conf", ECHO).with("build/b.conf", ECHO);
    assert_eq!(folder.run(&["--show-files"]).out, "a.conf: nginx\n");
    assert_eq!(folder.run(&["--show-files", "--no-respect-gitignore"]).out, "a.conf: nginx\nbuild/b.conf: nginx\n");
    assert_eq!(folder.run(&["--show-files", "build/b.conf"]).out, "build/b.conf: nginx\n");
}

#[test]
fn a_missing_path_is_told_beside_the_files() {
    let run = Folder::new().with("a.conf", ECHO).run(&["--show-files", ".", "nowhere"]);
    assert_eq!(
        (run.code, &*run.out, &*run.err),
        (Some(2), "a.conf: nginx\n", "error: nowhere: no such file or folder\n")
    );
}

#[test]
fn a_fragment_is_the_inside_of_what_is_said() {
    let folder = Folder::new().with("cors.inc", PLAIN);
    let endpoints = |context: &str| {
        let json = folder.run(&["--context", context, "--format", "json", "cors.inc"]).json();
        assert!(found(&json, "cors.inc").contains(&"unvalidated-origin-echo"), "{context}");
        json["findings"][0]["endpoints"][0].as_str().unwrap_or_default().to_owned()
    };
    assert_eq!(endpoints("location"), "fragment");
    assert_eq!(endpoints("server"), "server");
    // Of a whole server it says nothing.
    let whole = Folder::new().with("site.conf", ECHO).run(&["--context", "location", "--format", "json", "site.conf"]);
    assert_eq!(found(&whole.json(), "site.conf"), ["unvalidated-origin-echo"]);
}

#[test]
fn httpd_reads_a_fragment_folder_by_folder_where_that_is_said() {
    // Nothing of a server's own may stand in a `.htaccess`.
    let text = "Header always set Access-Control-Allow-Origin *\nKeepAlive On\n";
    let folder = Folder::new().with("cors.conf", text);
    let rules = |context: &str| {
        let run = folder.run(&["--dialect", "apache", "--context", context, "--format", "json", "cors.conf"]);
        found(&run.json(), "cors.conf").into_iter().map(str::to_owned).collect::<Vec<_>>()
    };
    assert!(!rules("server").iter().any(|rule| rule == "rejected-configuration"));
    assert_eq!(rules("location"), ["rejected-configuration"]);
}

#[test]
fn statistics_count_and_the_exit_code_stays() {
    let folder = Folder::new().with("a.conf", ECHO).with("b/b.conf", ECHO).with("c.conf", "server {\n}\n}\n");
    let run = folder.run(&["--statistics", "-q", "."]);
    assert_eq!(run.out, "2  error    unvalidated-origin-echo\n1  error    syntax-error\n", "{run:?}");
    assert_eq!(run.code, Some(2));
    assert_eq!(folder.run(&["--statistics", "a.conf"]).code, Some(1));
}
