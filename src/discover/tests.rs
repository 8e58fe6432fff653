//! Classification as a table, and discovery on a tree in a temporary folder.

use std::fs;

use super::*;

fn what(name: &str, text: &str) -> Option<Dialect> {
    classify(name::hint(name), text, false)
}

#[test]
fn nginx_is_recognised_by_its_words() {
    for text in [
        "add_header Access-Control-Allow-Origin * always;\n",
        "  add_header 'Access-Control-Allow-Origin' '*'; # why not\n",
        "add_header Access-Control-Allow-Origin *\n",
        "add_header Access-Control-Allow-Origin\n    $http_origin;\n",
        "location /api/ { proxy_pass http://app; }",
        "server {\n  listen 80;\n}\n",
        "map $http_origin $cors {\n  default '';\n  ~^https://a$ $http_origin;\n}\n",
        "if ($request_method = OPTIONS) {\n  return 204;\n}\n",
        "{% if cors %}\nadd_header X {{ y }};\n{% endif %}\n",
        "\u{feff}server_name example.com;\r\n",
        "upstream app { server 10.0.0.1:80; }",
        "return 301 https://$host$request_uri;",
        "location / {\n content_by_lua_block {\n local a = 1\n local b = 2\n local c = 3\n }\n}\n",
    ] {
        assert_eq!(what("cors.conf", text), Some(Dialect::Nginx), "{text}");
    }
}

#[test]
fn apache_is_told_from_nginx() {
    for text in [
        "<VirtualHost *:80>\n  ServerName a.example\n</VirtualHost>\n",
        "Header set Access-Control-Allow-Origin \"*\"\n",
        "header always set Access-Control-Allow-Origin *\n",
        "RewriteEngine on\nRewriteRule ^ index.php [L]\n",
        "<IfModule mod_headers.c>\nHeader add X \"a;b\"\n</IfModule>",
        "Header always set Content-Security-Policy \"default-src 'self'; img-src *\"\n",
        "Header set Access-Control-Allow-Origin \"*\";\n",
        "ServerName {{ host }}\n",
        "  Header <%= header %>\n",
        "Alias /api \"/srv/api\"\n",
    ] {
        assert_eq!(what("site.conf", text), Some(Dialect::Apache), "{text}");
    }
}

#[test]
fn what_configures_something_else_is_left_alone() {
    for (name, text) in [
        ("supervisord.conf", "[program:nginx]\ncommand=/usr/sbin/nginx -g 'daemon off;'\nautostart = true\n"),
        ("nginx.conf", "[program:nginx]\ncommand=/usr/sbin/nginx -g 'daemon off;'\n"),
        ("redis.conf", "bind 127.0.0.1\nport 6379\nappendonly yes\n"),
        ("www.conf", "[www]\nuser = www-data\nlisten = 127.0.0.1:9000\n;listen.backlog = 511\n"),
        ("override.conf", "[Service]\nEnvironment=\"A=b;c\"\n"),
        (
            "nginx/logrotate.d/nginx",
            "/var/log/nginx/*.log {\n  daily\n  rotate 5\n  postrotate\n    kill -USR1 x;\n  endscript\n}\n",
        ),
        ("haproxy.conf", "global\n  daemon\nfrontend web\n  bind *:80\n  option httplog\n  default_backend app\n"),
        ("lighttpd.conf", "server.document-root = \"/srv\"\n$HTTP[\"host\"] == \"a\" {\n  server.port = 80\n}\n"),
        ("caddy.conf", "example.com {\n  root * /srv\n  reverse_proxy localhost:9000\n}\n"),
        ("dnsmasq.conf", "address=/a.example/127.0.0.1\nserver=8.8.8.8\n"),
        ("application.conf", "http {\n  server {\n    port = 8080\n    host = \"x\"\n  }\n}\n"),
        ("named.conf", "zone \"a.example\" {\n  type master;\n  file \"a\";\n};\n"),
        (
            "dhcpd.conf",
            "option domain-name \"a\";\nsubnet 10.0.0.0 netmask 255.0.0.0 {\n  range 10.0.0.1 10.0.0.9;\n}\n",
        ),
        ("logstash.conf", "input { beats { port => 5044 } }\nfilter { if [a] == \"b\" { mutate { } } }\n"),
        ("dbus.conf", "<!DOCTYPE busconfig>\n<busconfig>\n<limit name=\"a\">1</limit>\n</busconfig>\n"),
        ("tmpfiles.d/nginx.conf", "d /run/nginx 0755 nginx nginx -\n"),
        ("proftpd.conf", "ServerType standalone\nDefaultServer on\nServerName \"a\"\n"),
        ("ftp.conf", "ServerName \"a\"\n<Directory /*>\n  <Limit WRITE>\n    DenyAll\n  </Limit>\n</Directory>\n"),
        ("tls.conf", "<IfModule mod_tls.c>\n  TLSEngine on\n  TLSLog /var/log/a\n</IfModule>\n"),
        ("collectd.conf", "Hostname a\nLoadPlugin df\n<Plugin df>\n  MountPoint \"/\"\n</Plugin>\n"),
        (
            "conf.d/count.conf",
            "<Plugin filecount>\n  <Directory \"/tmp\">\n    Instance a\n  </Directory>\n</Plugin>\n",
        ),
        ("fluent.conf", "<source>\n  @type forward\n</source>\n<match **>\n  @type stdout\n</match>\n"),
        (
            "cupsd.conf",
            "ServerAdmin a@b.example\n<Location />\n  Order allow,deny\n</Location>\n<Policy default>\n  <Limit All>\n    \
             Order deny,allow\n  </Limit>\n</Policy>\n",
        ),
        ("httpd.conf", "check process httpd with pidfile /run/httpd.pid\n  group www\n"),
        (
            "ossec.conf",
            "<ossec_config>\n  <localfile>\n    <location>/var/log/a</location>\n  </localfile>\n</ossec_config>\n",
        ),
        ("redis.conf", "timeout 0\nloglevel notice\nmaxclients 10000\n"),
        ("modules.conf", "alias /dev/tty1 /dev/tty\nalias /dev/sound sound-slot-0\n"),
        ("vsftpd.conf", "anonymous_enable=NO\nssl_enable=YES\nssl_tlsv1=YES\n"),
        ("postgresql.conf", "ssl = on\nlisten_addresses = '*'\nssl_ciphers = 'HIGH'\n"),
    ] {
        assert_eq!(what(name, text), None, "{name}");
    }
}

#[test]
fn where_the_name_says_nothing_the_words_have_to_leave_no_doubt() {
    let server = "# {{ ansible_managed }}\nserver {\n  listen 80;\n  location / {\n    proxy_pass http://a;\n  }\n}\n";
    assert_eq!(what("config/example.org", server), Some(Dialect::Nginx));
    assert_eq!(what("templates/proxy.j2", server), Some(Dialect::Nginx));
    for (name, text) in [
        ("entrypoint", format!("#!/bin/sh\nset -e\ncat > a.conf <<X\n{server}X\n")),
        ("Dockerfile", format!("FROM nginx\nCOPY <<X /etc/nginx/nginx.conf\n{server}X\n")),
        ("configmap.tpl", format!("data:\n  a.conf: |\n{server}")),
        ("Makefile", "all:\n\troot x;\n".to_owned()),
        ("snippet.j2", "add_header A b;\n".to_owned()),
    ] {
        assert_eq!(what(name, &text), None, "{name}");
        assert!(name::hint(name) == Hint::Silent, "{name}");
    }
}

#[test]
fn apache_is_found_under_any_name() {
    let vhost =
        "# {{ ansible_managed }}\n<VirtualHost *:80>\n  Header set Access-Control-Allow-Origin *\n</VirtualHost>\n";
    for name in
        ["templates/default/apache.erb", "idp/httpd-people.erb", "config/example.org", "apache-final.txt", "site.vhost"]
    {
        assert_eq!(what(name, vhost), Some(Dialect::Apache), "{name}");
    }
    for (name, text) in [
        ("entrypoint", format!("#!/bin/sh\ncat > a.conf <<X\n{vhost}X\n")),
        ("notes-on-apache.txt", format!("Put this into your site:\n{vhost}")),
        ("vhosts/index.html.en", format!("<!DOCTYPE html>\n<pre>\n{vhost}")),
        ("page.j2", "<If condition=\"x\">\n<Else>\n<Location path=\"/\">\n".to_owned()),
    ] {
        assert_eq!(what(name, &text), None, "{name}");
    }
    // Prose, a makefile and a script in a folder of Apache's.
    for (name, text) in [
        ("apache/LICENSE", "You may\nuse this,\nif you want.\nOptions all\n"),
        ("apache-config/Makefile.in", "all: a\n\tinclude $(top)/a.mk\n\ta b\nRewriteEngine on\n"),
        ("apache/vhosts/add", "#!/bin/sh\n<VirtualHost *:80>\n"),
    ] {
        assert_eq!(what(name, text), None, "{name}");
    }
    let epp = "<%- |\n  String $name,\n| -%>\nHeader set Access-Control-Allow-Origin *\n";
    assert_eq!(what("apache/templates/_cors.epp", epp), Some(Dialect::Apache));
    // Few words, in the right place.
    assert_eq!(what("apache2/ports.conf", "Listen 80\n"), Some(Dialect::Apache));
    assert_eq!(what("ports.conf", "Listen 80\n"), None);
}

#[test]
fn a_htaccess_is_the_servers_whatever_is_in_it() {
    for name in [".htaccess", "htaccess.txt", "_htaccess", "dot-htaccess", ".htaccess.dist"] {
        for text in ["", "gibberish } {", "<html>\n", "add_header A b;\n", "server {\n  listen 80;\n}\n"] {
            assert_eq!(what(name, text), Some(Dialect::Apache), "{name}: {text}");
        }
    }
    assert_eq!(what("bin/htaccess", "#!/bin/sh\nHeader set A b\n"), None);
    assert_eq!(what("bin/htaccess", "#!/usr/bin/env php\n<?php\nreturn $a;\n"), None);
    assert_eq!(what("bin/add_vhost", "#!/bin/sh\ncat <<X\n<VirtualHost *:80>\n</VirtualHost>\nX\n"), None);
    assert_eq!(what("etc/roundcube/htaccess", "Header set A b\n"), Some(Dialect::Apache));
    assert_eq!(what("templates/htaccess.tpl", "<article>\n<if $a == 1>\n<h2>A</h2>\n</if>\n</article>\n"), None);
    assert_eq!(what("web/.htaccess-local", "Header set A b\n"), Some(Dialect::Apache));
    assert_eq!(what("templates/htaccess_edit.tpl", "<form>\n</form>\n"), None);
}

#[test]
fn a_name_may_be_enough_and_scripts_have_to_speak_of_cors() {
    assert_eq!(what("nginx.conf", "# nothing yet\n"), Some(Dialect::Nginx));
    assert_eq!(what("nginx.conf", "gibberish } {"), Some(Dialect::Nginx));
    assert_eq!(what("etc/nginx/inc/common", "include a;"), Some(Dialect::Nginx));
    assert_eq!(what(".htaccess", ""), Some(Dialect::Apache));
    assert_eq!(what("cors.conf", "gibberish"), None);
    assert_eq!(what("server.js", "res.setHeader('access-control-allow-origin', '*')"), Some(Dialect::Express));
    assert_eq!(what("server.ts", "import cors from 'cors'"), Some(Dialect::Express));
    assert_eq!(what("server.js", "console.log(1)"), None);
}

/// A folder of its own below the system's temporary one, removed at the end.
struct Tree(PathBuf);

impl Tree {
    fn new(test: &str, files: &[(&str, &str)]) -> Self {
        let root = std::env::temp_dir().join(format!("corslint-discover-{test}-{}", std::process::id()));
        let _ = fs::remove_dir_all(&root);
        let tree = Self(root);
        for (name, text) in files {
            tree.write(name, text.as_bytes());
        }
        tree
    }

    fn write(&self, name: &str, bytes: &[u8]) {
        let path = self.0.join(name);
        fs::create_dir_all(path.parent().expect("is below the root")).expect("folder can be made");
        fs::write(path, bytes).expect("file can be written");
    }

    /// Names of the files found, relative to the root, and the errors likewise.
    fn find(&self, paths: &[&str], options: &Options) -> (Vec<String>, Vec<(String, String)>) {
        let paths: Vec<PathBuf> = paths.iter().map(|path| self.0.join(path)).collect();
        let found = discover(&paths, options);
        let root = format!("{}/", shown(&self.0));
        let relative = |name: &str| name.strip_prefix(&root).unwrap_or(name).to_owned();
        let names = found.files.iter().map(|(id, _)| relative(&found.sources.get(*id).name)).collect();
        (names, found.errors.iter().map(|error| (relative(&error.file), error.message.clone())).collect())
    }
}

impl Drop for Tree {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

fn nginx_only() -> Options {
    Options { dialects: vec![Dialect::Nginx], ..Options::default() }
}

const CORS: &str = "add_header Access-Control-Allow-Origin *;\n";

#[test]
fn a_walk_minds_ignore_files_and_hidden_folders_and_named_files_are_always_read() {
    let tree = Tree::new(
        "walk",
        &[
            (".gitignore", "ignored/\n"),
            ("b.conf", CORS),
            ("a.conf", CORS),
            (".hidden/c.conf", CORS),
            (".git/d.conf", CORS),
            ("node_modules/x/e.conf", CORS),
            ("ignored/f.conf", CORS),
            ("notes.md", CORS),
            (".htaccess", "Header set X y\n"),
            ("server.js", "cors"),
        ],
    );
    let options = nginx_only();
    assert_eq!(tree.find(&[""], &options).0, [".hidden/c.conf", "a.conf", "b.conf"]);
    assert_eq!(
        tree.find(&["ignored/f.conf", "notes.md", "", "a.conf"], &options).0,
        [".hidden/c.conf", "a.conf", "b.conf", "ignored/f.conf", "notes.md"]
    );
    let everything = Options::default();
    assert_eq!(tree.find(&[""], &everything).0, [".hidden/c.conf", ".htaccess", "a.conf", "b.conf", "server.js"]);
    let apache_only = Options { force: Some(Dialect::Apache), ..everything };
    assert_eq!(tree.find(&["", "a.conf"], &apache_only).0, [".htaccess", "a.conf"]);
}

#[test]
fn what_cannot_be_read_is_said() {
    let tree = Tree::new("errors", &[("odd.conf", "gibberish"), ("ok.conf", CORS), (".htaccess", "")]);
    tree.write("binary.conf", b"\0\x01");
    tree.write("latin.conf", b"# caf\xE9\nadd_header X caf\xE9;\n");
    let say = |file: &str, message: &str| (file.to_owned(), message.to_owned());
    let binary = say("binary.conf", "is binary, not a configuration");
    let latin = say("latin.conf", "not UTF-8 (byte 0xE9); read with `?` in its place");
    let (names, errors) = tree.find(&[""], &nginx_only());
    assert_eq!(names, ["latin.conf", "ok.conf"]);
    assert_eq!(errors, [binary, latin]);
    let (_, errors) = tree.find(&["missing", "odd.conf", ".htaccess"], &nginx_only());
    assert_eq!(
        errors,
        [
            say(".htaccess", "is for Apache, which is not analysed"),
            say("missing", "no such file or folder"),
            say("odd.conf", CANNOT_TELL)
        ]
    );
    let forced = Options { force: Some(Dialect::Nginx), ..Options::default() };
    assert_eq!(
        tree.find(&["odd.conf", ".htaccess"], &forced),
        (vec![".htaccess".to_owned(), "odd.conf".to_owned()], vec![])
    );
}

#[cfg(unix)]
#[test]
fn links_are_followed_once_and_loops_end() {
    use std::os::unix::fs::symlink;
    let tree = Tree::new("links", &[("sites-available/a", CORS), ("n/0/x.conf", CORS)]);
    fs::create_dir_all(tree.0.join("sites-enabled")).expect("folder can be made");
    symlink("../sites-available/a", tree.0.join("sites-enabled/a")).expect("link can be made");
    symlink("../nowhere", tree.0.join("sites-enabled/gone")).expect("link can be made");
    symlink("..", tree.0.join("n/up")).expect("link can be made");
    symlink("/", tree.0.join("n/all")).expect("link can be made");
    // A dozen folders that all link to each other: more paths than atoms.
    for from in 0..12 {
        fs::create_dir_all(tree.0.join(format!("n/{from}"))).expect("folder can be made");
        for to in 0..12 {
            symlink(format!("../{to}"), tree.0.join(format!("n/{from}/to{to}"))).expect("link can be made");
        }
    }
    let (names, errors) = tree.find(&[""], &Options::default());
    assert_eq!(names, ["n/0/x.conf", "sites-available/a"]);
    let dangling = ("sites-enabled/gone".to_owned(), "is a symbolic link to a file that is not there".to_owned());
    assert_eq!(errors, [dangling]);
    // The same dozen, from outside: reached through links alone.
    let outside = Tree::new("links-outside", &[("y.conf", CORS)]);
    symlink(tree.0.join("n/0"), outside.0.join("in")).expect("link can be made");
    symlink(tree.0.join("n/1"), outside.0.join("in2")).expect("link can be made");
    assert_eq!(outside.find(&[""], &Options::default()).0.len(), 2);
}

#[test]
fn standard_input_is_read_as_a_named_file() {
    let read = |name: Option<&str>, force, text: &str| {
        let options = Options { stdin_name: name.map(str::to_owned), force, ..Options::default() };
        let found = discover_with(&[PathBuf::from("-")], &options, &mut text.as_bytes());
        let names: Vec<String> = found.sources.iter().map(|(_, source)| source.name.clone()).collect();
        (names, found.errors.into_iter().map(|error| error.message).collect::<Vec<_>>())
    };
    assert_eq!(read(None, None, CORS).0, ["<stdin>"]);
    assert_eq!(read(Some("deploy/x.conf"), None, CORS).0, ["deploy/x.conf"]);
    assert_eq!(read(None, None, "gibberish").1, [CANNOT_TELL]);
    assert_eq!(read(None, Some(Dialect::Nginx), "gibberish").0, ["<stdin>"]);
}
