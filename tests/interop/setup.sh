#!/bin/sh
# Installs the readers that the tests under Category=Interop compare with.
set -e
cd "$(dirname "$0")"
npm install --no-audit --no-fund
# polars names Node 22 as its minimum, so npm leaves its native part out on older ones, where it works as well.
version=$(node -p 'require("./node_modules/nodejs-polars/package.json").version')
platform=$(node -p 'process.platform + "-" + process.arch + (process.platform === "linux" ? "-gnu" : process.platform === "win32" ? "-msvc" : "")')
npm install --no-audit --no-fund --no-save "nodejs-polars-$platform@$version"
