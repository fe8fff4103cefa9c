app-name = Mobile SMARTS updates

### Numbers, dates, ages

size-bytes = { $value } B
size-kib = { $value } KB
size-mib = { $value } MB
size-gib = { $value } GB
size-of-total = { $done } of { $total }
speed = { $size }/s
duration-seconds = { $count } s
duration-minutes = { $count } min
duration-hours = { $count } h
time-left = { $duration } left
moment-today = today at { $time }
moment-yesterday = yesterday at { $time }
moment-date = { $date } at { $time }
moment-days-ago =
    { $date } at { $time } ({ $count ->
        [one] { $count } day ago
       *[other] { $count } days ago
    })

### What is wrong with a base, a file, a source

damage-duplicate-id = two bases have the id { $id }
damage-bad-folder = the list of bases names an unusable folder: { $folder }
damage-drive-missing = drive { $drive }: is not there
damage-folder-missing = the folder of the base is not there
damage-no-version = AppDescription.xml states no version
damage-bad-version = AppDescription.xml states an unusable version: { $error }
file-missing = { $file } is not there
file-unreadable = { $file } cannot be read: { $detail }
file-too-large = { $file } is larger than { $limit }
file-encoding = { $file } is not text in { $encoding }
file-not-xml = { $file } is damaged in line { $line }
file-wrong-root = { $file } is another file: <{ $found }> in place of <{ $expected }>
file-not-registry = { $file } is not a registry export: { $detail }
version-empty = empty
version-too-long = too long
version-not-one = “{ $text }”
source-not-found = the source has no such file
source-connection = no connection to { $host }
source-tls = the identity of { $host } is not confirmed
source-timeout = { $host } does not answer
source-status = { $host } answered with error { $status }
source-redirect = { $host } redirects to an address that is not allowed: { $target }
source-too-large = the answer is larger than { $limit }
source-folder = the folder of the source cannot be read: { $detail }
catalogue-version = { $element }: unusable version, { $error }
catalogue-duplicate = version { $version } is listed twice
catalogue-other-version = description of version { $found } in place of { $expected }
catalogue-value = { $element }: value not understood, “{ $text }”
catalogue-path = { $element }: path not allowed, “{ $text }”
catalogue-address = the file lies at an address that is not allowed: { $address }
unknown-no-feed = the base does not say which product it is
not-managed-cloud = updated in the web account
not-managed-remote = updated on the computer that runs its server
not-managed-damaged = Cannot be updated: { $reason }
not-managed-switched-off = the check is switched off in common.config
block-no-file = no file has been published for version { $version }
warning-needs-platform = needs platform { $minimum } or newer
warning-needs-platform-available = needs platform { $minimum } or newer; { $available } is out
warning-devices-stop =
    { $count ->
        [one] { $count } device will not connect until its app is updated
       *[other] { $count } devices will not connect until their app is updated
    }
warning-devices-may-stop =
    { $count ->
        [one] { $count } device, judging by the version of its base, will not connect until its app is updated
       *[other] { $count } devices, judging by the versions of their bases, will not connect until their app is updated
    }
warning-unreachable = { $version } is out too, but cannot be installed over the present version
proof-signed = the file is genuine: digital signature and checksum are right
proof-publisher = the file is signed by its publisher
proof-hash = the checksum of the file is right
proof-none = nothing proves that the file is genuine
trust-signed = proved genuine
trust-https = secure connection
trust-folder = folder

### Header

tab-updates = Updates
tab-updates-count =
    { $count ->
        [one] Updates, { $count } new
       *[other] Updates, { $count } new
    }
check-now = Check now
check-running = Checking…
check-running-count = Checking… { $done } of { $total }
headline-never-checked = Updates have not been checked yet
headline-nothing-known = Could not find out about updates
headline-checking-first = Finding out what is new
headline-platform = A new platform is out
headline-bases =
    { $count ->
        [1] An update for 1 base
        [one] Updates for { $count } base
       *[other] Updates for { $count } bases
    }
headline-platform-and-bases =
    { $count ->
        [1] A new platform and an update for 1 base
        [one] A new platform and updates for { $count } base
       *[other] A new platform and updates for { $count } bases
    }
headline-only-blocked = Updates are out, but cannot be installed yet
headline-incomplete = Not everything could be checked
headline-up-to-date = No updates
headline-up-to-date-then = No updates as of { $date }
headline-nothing-managed = Nothing is updated here
status-checked = checked { $when }
status-unknown =
    { $count ->
        [one] could not be checked: { $count }
       *[other] could not be checked: { $count }
    }
status-source = { $source }, { $trust }
check-failed = The check failed.
check-failed-known = { $reason }. Shown is what was known { $when }.
check-failed-nothing = { $reason }. What is new is not known.
check-again = Try again

### Platform

platform-name = Mobile SMARTS platform
platform-missing = No Mobile SMARTS platform was found on this computer
platform-missing-hint = updates of bases are checked without it too
platform-up-to-date = no updates
which-devices = Which devices
devices-title = Devices whose app needs an update
devices-hint = Until their app is updated, these devices cannot work with the new platform.
devices-hint-assumed = The app's version is taken from the descriptions of the bases; the devices themselves may differ.

### List of bases

bases-title = Mobile SMARTS bases
bases-here =
    { $count ->
        [one] { $count } on this computer
       *[other] { $count } on this computer
    }
bases-remote =
    { $count ->
        [one] { $count } on another
       *[other] { $count } on others
    }
bases-cloud =
    { $count ->
        [one] { $count } in the cloud
       *[other] { $count } in the cloud
    }
bases-found =
    { $count ->
        [one] { $count } found
       *[other] { $count } found
    }
filter-name = Which bases to show
filter-all = All
filter-with-updates = With updates
search-hint = Find a base…
search-name = Find a base
search-clear = Clear the search
list-name = List of bases
empty-no-bases = There are no Mobile SMARTS bases on this computer
empty-no-bases-hint = They appear here as soon as they are created in the base manager.
empty-no-match = Nothing found
empty-no-match-hint = The search looks at names, products and folders.
empty-no-updates = No bases with updates
empty-no-known-updates = No updates known
empty-no-updates-hint = The other bases are under “All”.
empty-loading = Reading the list of bases…
show-all = Show all

### Row of a base

product-exchange = { $product } · Internet exchange
row-not-checked = updates not checked yet
row-up-to-date = no updates
row-unknown = could not be checked: { $reason }
row-released = { $date } · { $size }
row-steps =
    { $count ->
        [2] in two steps: { $steps }
        [3] in three steps: { $steps }
        [4] in four steps: { $steps }
       *[other] { $count } steps: { $steps }
    }
row-came-out = { $version } is out
row-damaged-works = whether the base itself works cannot be seen from here
chip-no-subscription-data = Subscription: no data
chip-covered = Covered by subscription
chip-covered-until = Covered: { $version }
chip-cloud = Cloud
chip-remote = Other computer
chip-off = Switched off
group-title =
    { $count ->
        [one] { $product } — { $count } base
       *[other] { $product } — { $count } bases
    }
group-names = { $names } and { $more } more
group-one-download = one download
group-one-download-size = one download, { $size }
group-unfold = Show bases: { $name }
group-fold = Hide bases: { $name }

### Buttons of a row; the second is the name for screen readers

button-update = Update…
button-update-name = Update base { $name }
button-update-platform-name = Update the platform
button-prepare = Prepare…
button-prepare-name = Prepare the platform update
button-update-group = Update bases…
button-update-group-name = Update bases: { $name }
button-install = Install…
button-install-name = Install the update: { $name }
button-pause = Pause
button-pause-name = Pause the download: { $name }
button-resume = Continue
button-resume-name = Continue the download: { $name }
button-cancel-name = Cancel the download: { $name }
button-stop = Stop
button-stop-name = Stop the update: { $name }
button-retry = Try again…
button-retry-name = Try the update again: { $name }
button-dismiss-name = Remove the message: { $name }
link-notes = What’s new
link-notes-name = What’s new: { $name }
link-details = Details
link-details-name = Details: { $name }
link-left = What to do
link-left-name = What to do: { $name }
button-open-folder = Open folder
button-open-folder-name = Open the folder of base { $name }
menu-name = More: { $name }
menu-open-folder = Open the folder of the base
menu-notes-page = Page with release notes
menu-support-page = Support page
menu-downloads = Open “Downloads” on the site

### Life of an update

life-queued = waiting to download
life-paused = download paused, { $amount }
life-verifying = checking the file
life-waiting = waits until “{ $pilot }” is updated
life-preparing = preparing the update
life-permission = Waiting for permission from Windows
life-permission-hint = its window may be below other windows
life-copying = copying and checking the base, { $amount }
life-copying-hint = nothing is changed yet
life-replacing = replacing files, { $done } of { $total }
life-replacing-hint = please keep the computer on
life-installer = The installer is open
life-installer-hint = answer its questions; its window may be below other windows
life-restoring = putting the base back from its copy
life-reading = reading the version back
life-done = Updated to { $version } at { $time }
life-done-left = left to do: { $what }
life-done-nothing-left = the version was read from the base itself
life-done-platform = the version was read on this computer
left-processing = load the new processing into 1C
left-devices =
    { $count ->
        [one] update the app on { $count } device
       *[other] update the app on { $count } devices
    }
left-restart = restart the computer
failed-works = Work can go on:
failed-broken = Work cannot go on yet:
failed-download = download failed: { $reason }

### What's new

notes-title = What’s new: { $name }
notes-version = Version { $version }
notes-version-date = Version { $version } · { $date }
notes-empty = No description
close = Close

### Sheet before an update

sheet-title-base = Update base “{ $name }”?
sheet-title-bases =
    { $count ->
        [one] Update { $count } base?
       *[other] Update { $count } bases?
    }
sheet-title-platform = Update the Mobile SMARTS platform?
sheet-subtitle = { $product }: { $from } → { $to } · { $proof } · nothing is changed yet
sheet-subtitle-unlooked = { $product }: { $from } → { $to } · nothing is changed yet
sheet-version-none = none
sheet-looking = Looking at what will change…
sheet-stops = In the way
sheet-attention = Please note
sheet-fine = In order
sheet-replaced =
    { $count ->
        [one] { $count } file will be replaced
       *[other] { $count } files will be replaced
    }
sheet-replaced-nothing = No files are replaced
sheet-folder-files =
    { $count ->
        [one] { $path } · { $count } file
       *[other] { $path } · { $count } files
    }
sheet-removed = removed
sheet-stays = Kept: documents of devices, settings, licences
sheet-copy = Copy of the base
sheet-copies = Copies of the bases
sheet-copy-text = { $size }, made and checked before the update in { $folder }. If anything goes wrong, the base is put back from it by itself.
sheet-copies-text = { $size }, made and checked before the update in { $folder }. If anything goes wrong, a base is put back from its copy by itself.
sheet-bases = Which bases to update
sheet-pilot = first: it shows whether all is well
sheet-pilot-hint = Bases are updated one after another. If one does not succeed, the rest is not touched.
sheet-installer = What will happen
sheet-installer-text = The installer { $file } opens. It asks its own questions and for permission; it installs nothing by itself.
sheet-installer-stop = While the platform is updated, the bases on this computer do not work.
sheet-installer-after = When it closes, we read the version again and show what came of it.
sheet-consent = I understand: the publisher states neither a signature nor a checksum for this file. Install it all the same
sheet-cancel = Cancel
sheet-confirm = Copy and update
sheet-confirm-installer = Open the installer
sheet-why-looking = Looking at what will change…
sheet-why-unknown = Could not find out what will change; looking again
sheet-why-nothing = Tick at least one base
sheet-why-stop = The update can start as soon as nothing is in the way
sheet-why-consent = The consent above is needed
sheet-why-busy = Please wait for the other update to end

### After a wizard

wizard-title = A new template is installed: { $product } { $version }
wizard-text = The bases themselves are unchanged so far. Which of them should be updated?
wizard-confirm = Prepare the update…
wizard-later = Not now

### Details of a failure, and what is left to do

failure-title = The update failed: { $name }
failure-title-download = The download failed: { $name }
failure-what = What happened
failure-kept = What is kept
failure-next = What to do
failure-detail = For support
failure-copy = Copy
left-title = Left to do: { $name }
left-processing-text = Load the processing from the folder of the updated base into 1C: the former one may not work with the new version.
left-devices-text =
    { $count ->
        [one] Update the app on { $count } device: with the former version it may not connect to the base.
       *[other] Update the app on { $count } devices: with the former version they may not connect to the base.
    }
left-restart-text = Restart the computer: until then some files stay as they were.

### Closing the window

leave-title = Close the window?
leave-download = A download is under way. It goes on from the same place when you open the window again.
leave-apply = An update is under way. The window can close when it has ended: it must not be interrupted.
leave-stay = Stay
leave-now = Close
leave-when-done = Close when it has ended
leave-will-close = The window closes when the update has ended
