//! Configurations of other programs beside those of the servers: told apart, by name and by what they say.

use crate::findings::{APACHE_ECHO, ECHO};
use crate::harness::Folder;
use crate::input::{found, host};

/// Files of other programs, each ending in `.conf` or lying where a server's configurations do.
const FOREIGN: [(&str, &str); 12] = [
    ("supervisord.conf", "[supervisord]\nnodaemon=true\n\n[program:web]\ncommand=/usr/sbin/apache2ctl -DFOREGROUND\n"),
    ("redis.conf", "bind 127.0.0.1 ::1\nport 6379\nappendonly yes\nsave 900 1\nloglevel notice\n"),
    ("php-fpm.conf", "[global]\npid = /run/php-fpm.pid\n\n[www]\nlisten = 9000\nuser = www-data\npm = dynamic\n"),
    ("conf.d/www.conf", "[www]\nlisten = /run/php.sock\nphp_admin_value[error_log] = /var/log/php.log\n"),
    ("override.conf", "[Service]\nExecStart=\nExecStart=/usr/sbin/nginx -g 'daemon off;'\nRestart=always\n"),
    ("my.conf", "[mysqld]\nbind-address = 0.0.0.0\nmax_connections = 100\n!includedir /etc/mysql/conf.d/\n"),
    ("sysctl.conf", "net.core.somaxconn = 1024\nvm.overcommit_memory = 1\n"),
    ("logrotate.conf", "/var/log/apache2/*.log {\n    weekly\n    rotate 4\n    postrotate\n    endscript\n}\n"),
    ("resolv.conf", "nameserver 127.0.0.11\noptions ndots:0\nsearch example.com\n"),
    ("rsyslog.conf", "$ModLoad imuxsock\n*.* /var/log/syslog\n$IncludeConfig /etc/rsyslog.d/*.conf\n"),
    (
        "fonts.conf",
        "<?xml version=\"1.0\"?>\n<!DOCTYPE fontconfig>\n<fontconfig>\n<dir>/usr/share/fonts</dir>\n</fontconfig>\n",
    ),
    ("haproxy.conf", "frontend web\n    bind *:80\n    http-response set-header Access-Control-Allow-Origin *\n"),
];

#[test]
fn servers_are_told_apart_and_other_programs_left_alone() {
    let folder = FOREIGN.into_iter().fold(Folder::new(), |folder, (name, text)| folder.with(name, text));
    let folder = folder
        .with("nginx.conf", "events {}\nhttp {\n    include api.conf;\n}\n")
        .with("api.conf", ECHO)
        .with("httpd.conf", "ServerRoot /etc/httpd\nListen 80\nInclude vhost.conf\n")
        .with("vhost.conf", host(APACHE_ECHO))
        .with("www/.htaccess", APACHE_ECHO);
    let run = folder.run(&["--format", "json", "."]);
    let json = run.json();
    assert_eq!((run.code, json["errors"].as_array().map(Vec::len)), (Some(1), Some(0)), "{run:?}");
    for file in ["api.conf", "vhost.conf", "www/.htaccess"] {
        assert_eq!(found(&json, file), ["unvalidated-origin-echo"], "{run:?}");
    }
    assert_eq!(json["findings"].as_array().map(Vec::len), Some(3), "{run:?}");
    assert_eq!(json["summary"]["files"], 5, "{run:?}");
}
