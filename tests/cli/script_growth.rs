//! JavaScript that is small and comes to much, or that is there by the thousand: nothing of it may take long, and what
//! stands beside it is found.

use crate::harness::Folder;
use crate::input::found;
use crate::script::{FOUND, HEAD, application, checked};

/// For each of a number of steps a line.
fn lines(count: usize, line: impl Fn(usize) -> String) -> String {
    (0..count).map(|step| line(step) + "\n").collect()
}

/// Checks an application in which these lines precede the finding: it ends, whatever is known of it then.
fn ends(text: &str) {
    checked(Folder::new().with("server.js", application(text)), &[]);
}

/// The same, where the finding is to be there.
fn is_found_behind(text: &str) {
    let (run, json) = checked(Folder::new().with("server.js", application(text)), &[]);
    let rules = found(&json, "server.js");
    assert!(rules.contains(&FOUND), "{rules:?} {} {}", run.err, &text[..text.len().min(200)]);
}

/// Middleware that does this.
fn middleware(body: &str) -> String {
    format!("app.use((req, res, next) => {{\n{body}\nnext();\n}});\n")
}

#[test]
fn programs_that_never_end_end() {
    for text in [
        "function f(n) { return f(n + 1); }\nf(0);",
        "const a = n => b(n) + b(n); const b = n => a(n) + a(n); a(1);",
        "while (true) {}\nfor (;;) {}\ndo {} while (1);",
        "for (let i = 0, n = 0; i < 1e9; i++) { n += i; }",
        "class A extends A {} class B extends C {} class C extends B {} new A().x(); new B().y();",
        "class A { a = new A(); static b = A.b; } new A(); A.b;",
        "const o = { get a() { return this.a + this.b; }, get b() { return this.a; } }; o.a;",
        "const a = {}; a.__proto__ = a; a.x; const b = {}, c = Object.create(b); b.__proto__ = c; b.x();",
        "let p = {}; for (let i = 0; i < 1e5; i++) p = Object.create(p); p.x;",
        "const o = {}; o.o = o; Object.assign(o, o, o.o); const q = { ...o, ...o.o }; JSON.stringify(o);",
        "const p = new Promise(r => r(p)); const q = Promise.resolve().then(() => q); (async () => await p)();",
        "function* g() { while (true) yield* g(); } for (const x of g()) {} const [a, ...b] = g();",
        "eval('app.use(cors())'); new Function('return this')(); (0, eval)('x');",
        "(x => x(x))(x => x(x)); const Y = f => (x => x(x))(x => f(y => x(x)(y)));",
    ] {
        is_found_behind(text);
    }
}

#[test]
fn middleware_that_never_ends_ends() {
    for body in [
        "const f = n => (req.query['a' + n] ? f(n + 1) : f(n + 2)); res.set('X-A', f(0));",
        "const f = n => { if (req.query['a' + n]) { res.set('X-' + n, 'a'); f(n + 1); } else { f(n + 2); } }; f(0);",
        "while (true) { res.set('X-A', 'b'); }",
        "for (;;) { if (req.query.x) break; res.append('X-A', 'b'); }",
        "let i = 0; while (req.headers['x' + i]) { i++; if (req.query['q' + i]) res.append('X-' + i, 'b'); }",
        "for (let i = 0; i < 1e6; i++) { if (req.headers.origin === 'https://a' + i) res.set('X-A', 'b'); }",
    ] {
        ends(&middleware(body));
    }
}

#[test]
fn patterns_that_take_for_ever_in_a_program_are_given_up() {
    is_found_behind(concat!(
        "app.use('/a', cors({ origin: [/^(a+)+$/, /^(https?:\\/\\/(([a-z0-9]+-?)+\\.?)+)+$/] }));\n",
        "app.use('/b', cors({ origin: (origin, callback) => callback(null, /^(([a-z:\\/.]+)+)+$/.test(origin)) }));\n",
    ));
    ends(&middleware("if (req.headers.origin.match(/^(.*)*\\.(.*)*example!$/)) res.set('X-A', 'b');"));
    let long = "a".repeat(200);
    is_found_behind(&format!("/^(a+)+$/.test('{long}!'); '{long}!'.replace(/(a+)+$/, '');"));
    ends("app.use(cors({ origin: /^((((a{1,500}){1,500}){1,500}){1,500})$/ }));");
}

#[test]
fn modules_that_import_each_other_are_read() {
    let (_, json) = checked(
        Folder::new()
            .with("a.js", format!("const b = require('./b');\nexports.o = b.o;\n{}", application("")))
            .with("b.js", "const a = require('./a');\nexports.o = a.o;\nconst cors = require('cors');\n"),
        &[],
    );
    assert_eq!(found(&json, "a.js"), [FOUND]);
    is_found_behind("const me = require('./server'); me.x; require('.'); require('./'); require('');");
    is_found_behind(
        "const n = process.argv[2]; require(n); require('./' + n); require(`./${n}`).go(app); require(42);",
    );
}

#[test]
fn modules_in_a_long_row_are_read() {
    let folder = (0..1000).fold(Folder::new(), |folder, step| {
        folder.with(&format!("m{step}.js"), format!("module.exports = require('./m{}');\n", step + 1))
    });
    let folder = folder
        .with("m1000.js", "module.exports = require('cors')();\n")
        .with("server.js", application("app.use(require('./m0'));"));
    let (_, json) = checked(folder, &[]);
    assert_eq!(found(&json, "server.js"), [FOUND]);
}

#[test]
fn origins_by_the_thousand_are_read() {
    let origins = lines(5_000, |i| format!("'https://a{i}.example',"));
    is_found_behind(&format!("app.use('/a', cors({{ origin: [\n{origins}] }}));"));
    let pushed = lines(2_000, |i| format!("origins.push('https://a{i}.example');"));
    is_found_behind(&format!("const origins = [];\n{pushed}app.use('/a', cors({{ origin: origins }}));"));
    let keys = lines(1_000, |i| format!("'https://a{i}.example': true,"));
    is_found_behind(&format!("const keys = {{\n{keys}}};\napp.use('/a', cors({{ origin: Object.keys(keys) }}));"));
    let endless = "const all = []; for (let i = 0; i < 1e9; i++) all.push('https://a' + i + '.example');";
    ends(&format!("{endless}\napp.use('/a', cors({{ origin: all }}));"));
}

#[test]
fn middleware_and_tests_by_the_hundred_are_read() {
    is_found_behind(&"app.use((req, res, next) => { res.set('X-A', 'b'); next(); });\n".repeat(2_000));
    let equal = lines(500, |i| format!("if (origin === 'https://a{i}.example') {{ res.set('X-A', origin); }}"));
    is_found_behind(&middleware(&format!("const origin = req.headers.origin;\n{equal}")));
    let cases = lines(500, |i| format!("case 'https://a{i}.example': res.set('X-A', 'b'); break;"));
    is_found_behind(&middleware(&format!("switch (req.headers.origin) {{\n{cases}}}")));
    let routers = lines(40, |i| format!("const r{i} = express.Router();"));
    let mounts = lines(39, |i| format!("r{i}.use('/a', r{0}); r{i}.use('/b', r{0});", i + 1));
    is_found_behind(&format!("{routers}{mounts}app.use('/r', r0);"));
}

#[test]
fn variables_of_the_environment_by_the_hundred_are_read() {
    let conditional =
        lines(200, |i| format!("if (process.env.A{i}) app.use('/a{i}', cors({{ origin: process.env.B{i} }}));"));
    ends(&conditional);
    let listed = lines(200, |i| format!("process.env.A{i} || 'https://a{i}.example',"));
    let text =
        format!("{HEAD}app.use(cors({{ origin: [\n{listed}] }}));\napp.get('/', (req, res) => res.json({{}}));\n");
    checked(Folder::new().with("server.js", text), &[]);
}
