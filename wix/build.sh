#!/usr/bin/env bash
# Builds the Windows programs and their installer on Linux: target/windows/MobileSMARTSUpdater-<version>.msi.
#
#   wix/build.sh [--profile dev|release] [--version X.Y.Z]
#
# --version is the package's alone, to try an upgrade with; the programs keep the version of Cargo.toml.
# Debian: mingw-w64 cmake nasm wixl msitools, and without rustup's Windows target rustc-web
# rust-web-src (see windows-cargo).
set -euo pipefail
cd "$(dirname "$0")/.."

profile=release
own_version=$(sed -n 's/^version = "\(.*\)"/\1/p' Cargo.toml | head -n 1)
version=$own_version
while [ $# -gt 0 ]; do
    case $1 in
        --profile) profile=$2 ;;
        --version) version=$2 ;;
        *) printf 'Not understood: %s\n' "$1" >&2 && exit 2 ;;
    esac
    shift 2
done

# Takes minutes more and a tenth off the programs; without it the package is larger than it is to be.
export CARGO_PROFILE_RELEASE_LTO=fat
wix/windows-cargo build --locked --package smarts-updater --bins --profile "$profile"

built=target/windows/x86_64-pc-windows-gnu/$([ "$profile" = dev ] && echo debug || echo "$profile")
stage=target/windows/package
msi=target/windows/MobileSMARTSUpdater-$version.msi
rm -rf "$stage" "$msi"
mkdir -p "$stage"
cp "$built/mobile-smarts-updater.exe" "$stage/MobileSMARTSUpdater.exe"
cp "$built/smarts-tray.exe" "$stage/SmartsTray.exe"
cp "$built/smarts.exe" "$stage/smarts.exe"
cp assets/icons/app.ico assets/icons/app.png "$stage/"
# Of a release the linker has taken them out already.
x86_64-w64-mingw32-strip "$stage"/*.exe

# One code for each version: a package built anew is told from an upgrade, and never installed beside itself.
# A UUID made from a name (RFC 9562, version 5, by our own name space).
hash=$(printf 'MobileSMARTSUpdater %s' "$version" | sha1sum | tr '[:lower:]' '[:upper:]')
product_code={${hash:0:8}-${hash:8:4}-5${hash:13:3}-A${hash:17:3}-${hash:20:12}}
package_code={$(tr '[:lower:]' '[:upper:]' </proc/sys/kernel/random/uuid)}
# libmsi keeps texts in the code page of this language, and fails on letters that it lacks. Files are looked
# for where it runs. Of MajorUpgrade/@Schedule and Property/@Secure it
# says that it knows none.
export WINDOWS_LANGUAGE=ru
(cd "$stage" && wixl --arch x64 -D "Version=$version" -D "ProductCode=$product_code" \
    -o "../${msi##*/}" ../../../wix/main.wxs 2> >(grep -v 'WixlWixMajorUpgrade\|WixlWixProperty\|^$' >&2))

# What wixl leaves out: the code page itself; the old version goes first, and its files are known to be older;
# the rollback; a value that is expanded; properties that also count where Windows Installer asks for rights on the way.
printf '\r\n\r\n1251\t_ForceCodepage\r\n' >"$stage/codepage.idt"
msibuild "$msi" -i "$stage/codepage.idt"
msibuild "$msi" -s 'Mobile SMARTS Updater' 'Mobile SMARTS Updater' 'x64;0' "$package_code"
secure='WIX_DOWNGRADE_DETECTED;WIX_UPGRADE_DETECTED;WINDOWSBUILD;SOURCE_URL;TRUSTED_ROOT;CHECK_HOURS;NOTIFY;WHO_MAY_UPDATE;PROXY;PROXY_USER;CA_FILE;REPORT_DIR;BACKUP_DIR;INSTALLTASK;WORKING_HOURS;MAINTENANCE;OFFLINE'
msibuild "$msi" -q \
    "UPDATE Property SET Value = '$secure' WHERE Property = 'SecureCustomProperties'" \
    "UPDATE InstallExecuteSequence SET Sequence = 1501 WHERE Action = 'RemoveExistingProducts'" \
    "UPDATE CustomAction SET Type = 3410 WHERE Action = 'SetUpRollback'" \
    "UPDATE Registry SET Value = '#%%SystemRoot%\\System32\\EventCreate.exe' WHERE Name = 'EventMessageFile'" \
    "UPDATE File SET Version = '$own_version.0', Language = '1049'"

du --apparent-size --bytes "$stage"/*.exe "$msi" | while read -r bytes path; do
    printf '%6.1f MiB  %s\n' "$(echo "$bytes" | awk '{ print $1 / 1048576 }')" "$path"
done
