# Sourced by the run scripts: a server, a place to build in, and things to wait for.
# usage of each script: compat/NAME/run [KUBECONFIG]   without one, it starts a server of its own on free ports
# CACHE: where clients are built and kept (default: slipway-compat in the temporary folder)
set -u
COMPAT=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
CACHE=${CACHE:-${TMPDIR:-/tmp}/slipway-compat}
WORK=$(mktemp -d -t slipway-compat-XXXXXX)
PIDS=() PASSED=0 FAILED=0
mkdir -p "$CACHE"

free_port() { python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])'; }

# keep PID: it is ended when the script ends, the last one first
keep() { PIDS=("$1" "${PIDS[@]:-}"); }
cleanup() {
  trap - EXIT
  local pid; for pid in "${PIDS[@]:-}"; do [ -n "$pid" ] && kill "$pid" 2>/dev/null && wait "$pid" 2>/dev/null; done
  [ -n "${KEEP:-}" ] && echo "# kept: $WORK" || rm -rf "$WORK"
}
trap cleanup EXIT
trap 'exit 130' INT TERM

# server KUBECONFIG [OPTION...]: uses that server, or starts one with these options
server() {
  if [ -n "$1" ]; then export KUBECONFIG=$1; return; fi
  shift; local port; port=$(free_port)
  (cd "$COMPAT/.." && exec ./slipway serve --empty --data "$WORK/data" --portal "127.0.0.1:$(free_port)" --api "127.0.0.1:$port" "$@") > "$WORK/server.log" 2>&1 < /dev/null &
  keep $!
  within 60 curl -skf -o "$WORK/ready" "https://127.0.0.1:$port/readyz" || { cat "$WORK/server.log"; exit 1; }
  export KUBECONFIG=$WORK/data/kubeconfig
}

# go_client MODULE@VERSION PACKAGE [OTHER@VERSION...]: builds it once, with these versions of others where the module replaces
# them; its path in BIN, the module's files in SRC
go_client() {
  local module=${1%@*} version=${1#*@} package=$2; local dir=$CACHE/${module##*/}-$version
  BIN=$dir/bin; mkdir -p "$dir"; shift 2
  export GOFLAGS="${GOFLAGS:-} -mod=mod"
  (cd "$dir" && { [ -f go.mod ] || go mod init compat; } && { [ -x "$BIN" ] || { go get "$module@$version" "$package@$version" "$@" && go build -p "${JOBS:-1}" -o "$BIN" "$package"; }; }) > "$dir/log" 2>&1 ||
    { echo "cannot build $module@$version:"; tail -5 "$dir/log"; exit 1; }
  SRC=$(module_files "$module@$version")
}

# module_files MODULE@VERSION: where its files are
module_files() { (cd "$CACHE" && go mod download -json "$1") | sed -n 's/^\t"Dir": "\(.*\)",$/\1/p'; }

# within SECONDS COMMAND...: until it succeeds
within() {
  local end=$((SECONDS + $1)) out; shift
  until out=$( "$@" 2>&1 ); do [ $SECONDS -lt $end ] || { echo "not in time: $*: $out"; return 1; }; sleep 0.2; done
}
is() { [ "$1" = "$2" ] || { echo "expected \"$2\", got \"$1\""; return 1; }; }
has() { case "$1" in *"$2"*) ;; *) echo "no \"$2\" in: $1"; return 1 ;; esac; }

# t NAME COMMAND...: one case; ONLY=regex leaves others out
t() {
  local name=$1 rc; shift
  [ -n "${ONLY:-}" ] && [[ ! $name =~ $ONLY ]] && return 0
  ( set -e; "$@" ) > "$WORK/out" 2>&1; rc=$?
  if [ $rc = 0 ]; then PASSED=$((PASSED + 1)); echo "ok $name"
  else FAILED=$((FAILED + 1)); echo "not ok $name: $(tail -4 "$WORK/out" | tr '\n\t' '  ' | cut -c1-600)"; fi
}
finish() { echo "$PASSED passed, $FAILED failed"; [ $FAILED = 0 ] && [ $PASSED -gt 0 ]; exit $?; }
