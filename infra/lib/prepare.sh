# Shared by infra/demo and infra/test: what the machine must have, and where the build goes.
# Sourced by bash; expects $here to be the folder of the checkout.

say() { printf '%s\n' "$*" >&2; }

# Debian packages that are not there yet, out of those named.
missing_packages() {
    local package
    for package in "$@"; do
        dpkg-query -W -f='${db:Status-Status}' "$package" 2>/dev/null | grep -qx installed || printf '%s ' "$package"
    done
}

# Runs a command as root: directly, or through sudo where it asks no password.
as_root() {
    if [ "$(id -u)" = 0 ]; then "$@"; else sudo -n "$@"; fi
}

may_be_root() { [ "$(id -u)" = 0 ] || sudo -n true 2>/dev/null; }

# Installs what is missing, or says what and how, and stops.
need_packages() {
    local missing
    missing=$(missing_packages "$@")
    missing=${missing% }
    [ -z "$missing" ] && return 0
    if ! may_be_root; then
        say "次の Debian パッケージが必要です / these Debian packages are needed: $missing"
        say "管理者に依頼するか、次を実行してください / ask an administrator, or run:"
        say "    sudo apt-get update && sudo apt-get install --no-install-recommends $missing"
        exit 1
    fi
    say "Debian パッケージを入れます / installing: $missing"
    as_root apt-get update -qq
    # Recommended packages are left out: the office needs the server, not a desktop.
    # shellcheck disable=SC2086
    as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $missing >/dev/null
}

need_rust() {
    if ! command -v cargo >/dev/null; then
        say "Rust (cargo) が見つかりません。https://rustup.rs の手順で入れてから、もう一度実行してください。"
        say "Rust (cargo) is not here. Install it as https://rustup.rs says, then run this again."
        exit 1
    fi
    command -v cc >/dev/null || need_packages gcc libc6-dev
}

# One target folder outside the clone, so that a clean checkout does not rebuild the world.
export CARGO_TARGET_DIR=${CARGO_TARGET_DIR:-${XDG_CACHE_HOME:-$HOME/.cache}/nenrin-target}
tools=${XDG_CACHE_HOME:-$HOME/.cache}/nenrin-tools
