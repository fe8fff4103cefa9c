app-name = Mobile SMARTS updates

## Units

unit-bytes = { $amount } B
unit-kilobytes = { $amount } KB
unit-megabytes = { $amount } MB
unit-gigabytes = { $amount } GB

## What is wrong with a base

damage-duplicate-id = two bases in the list have the id { $id }
damage-no-folder = the list of bases names no folder for it
damage-bad-folder = the list of bases names what is not a folder: { $folder }
damage-drive-missing = drive { $drive }: is not there
damage-folder-missing = the base's folder is not there
damage-no-version = AppDescription.xml states no version
damage-bad-version = AppDescription.xml states an unusable version: { $why }

## What is wrong with a file

file-missing = { $file } is not there
file-unreadable = { $file } cannot be read: { $detail }
file-too-large = { $file } is larger than { $limit }
file-encoding = { $file } is not written in { $encoding }
file-not-xml = { $file } is damaged at line { $line }, column { $column } ({ $detail })
file-wrong-root = { $file } begins with <{ $found }> in place of <{ $expected }>
file-not-registry = { $file } is not a registry export: { $detail }

machine-platform-version = the registry states an unusable platform version: { $why }
machine-base-without-id = entry { $position } of the list of bases has no id
machine-no-settings = settings.xml is not there; taken for a local base
machine-optional-version = { $name } is unusable and left out: { $why }
machine-devices = the list of devices cannot be read: { $detail }
machine-custom-update-path = the address in CustomUpdatePath is not used, because others than administrators may have written it: { $address }

version-empty = empty
version-too-long = too long
version-parts = two to four numbers with dots are needed, not “{ $text }”
version-not-a-number = not a number in “{ $text }”
version-too-large = too large a number in “{ $text }”

## What is wrong with a source

source-not-found = the source has no such list of versions
source-connection = no connection to { $host } ({ $detail })
source-tls = { $host } could not prove to be the right server ({ $detail })
source-timeout = { $host } does not answer
source-status = { $host } answered with error { $status }
source-redirect = { $host } redirects to an address that is not followed: { $target }
source-too-large = the answer is larger than { $limit }
source-unopened = the source cannot be opened: { $detail }
source-folder = the source's folder cannot be read: { $detail }

catalogue-version = { $element }: unusable version, { $why }
catalogue-duplicate = version { $version } is listed twice
catalogue-other-version = the description of version { $found } lies in the folder of version { $expected }
catalogue-value = { $element }: “{ $text }” is not understood
catalogue-path = { $element } leads where no file may lie: “{ $text }”
catalogue-address = the file lies at an address that is not used: { $address }

unknown-unread = { $version } is out, but its description cannot be read
unknown-no-feed = the base does not say which product it is, so there is no telling where its updates are

## What stands in the way, and what to know

not-managed-cloud = updated in the web account
not-managed-remote = updated on the PC that runs its server
not-managed-switched-off = checking is switched off in common.config
block-no-file = the source has no file of version { $version }
warning-needs-platform-offered = needs platform { $minimum } or newer, { $installed } is installed; update the platform to { $available } first
warning-needs-platform = needs platform { $minimum } or newer, { $installed } is installed
warning-needs-platform-none = needs platform { $minimum } or newer, and this PC has no platform
warning-devices-stop = { $count ->
    [one] { $count } device will not connect until its app is updated
   *[other] { $count } devices will not connect until their app is updated
}
warning-unreachable = { $version } is out, but it cannot be installed over the installed version
